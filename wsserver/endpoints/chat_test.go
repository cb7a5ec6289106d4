package endpoints_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

type event struct {
	Type    string `json:"type"`
	Room    string `json:"room"`
	Name    string `json:"name"`
	Text    string `json:"text"`
	Members int    `json:"members"`
	Reason  string `json:"reason"`
}

// expectEvents reads from every client what each is to get.
func expectEvents(t *testing.T, clients []*websocket.Conn, want event) {
	t.Helper()
	for i, c := range clients {
		if got := readJSON[event](t, c); !reflect.DeepEqual(got, want) {
			t.Fatalf("client %d got %+v, want %+v", i, got, want)
		}
	}
}

func TestChat(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	ann := server.Dial(t, "/chat?room=talk&name=ann")
	expectEvents(t, []*websocket.Conn{ann}, event{Type: "join", Room: "talk", Name: "ann", Members: 1})
	bob := server.Dial(t, "/chat?room=talk&name=bob")
	both := []*websocket.Conn{ann, bob}
	expectEvents(t, both, event{Type: "join", Room: "talk", Name: "bob", Members: 2})
	elsewhere := server.Dial(t, "/chat?room=elsewhere&name=ann")
	for _, text := range []string{"hi", "", emoji, `<b>"quoted"</b> & so on`, "\x00\x1f"} {
		testserver.Send(t, bob, websocket.MessageText, text)
		expectEvents(t, both, event{Type: "message", Room: "talk", Name: "bob", Text: text})
	}
	bob.Close(websocket.StatusNormalClosure, "")
	expectEvents(t, both[:1], event{Type: "leave", Room: "talk", Name: "bob", Members: 1})
	expectEvents(t, []*websocket.Conn{elsewhere}, event{Type: "join", Room: "elsewhere", Name: "ann", Members: 1})
	elsewhere.CloseNow() // and nothing of the other room came there
}

// What people see is readable: no \u003c, no text where there is none.
func TestChatJSON(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/chat?room=json&name=ann")
	testserver.Expect(t, c, websocket.MessageText, `{"type":"join","room":"json","name":"ann","members":1}`)
	testserver.Send(t, c, websocket.MessageText, "<3 é")
	testserver.Expect(t, c, websocket.MessageText, `{"type":"message","room":"json","name":"ann","text":"<3 é"}`)
	testserver.Send(t, c, websocket.MessageText, "")
	testserver.Expect(t, c, websocket.MessageText, `{"type":"message","room":"json","name":"ann","text":""}`)
}

func TestChatNames(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	for i, tc := range []struct{ asked, got string }{
		{"ann", "ann"}, {"ann", "ann-2"}, {"ann", "ann-3"}, {"", "guest-1"}, {"guest-2", "guest-2"}, {"", "guest-2-2"}, {"j%C3%B6", "jö"},
	} {
		c := server.Dial(t, "/chat?room=names&name="+tc.asked)
		want := event{Type: "join", Room: "names", Name: tc.got, Members: i + 1}
		if got := readJSON[event](t, c); got != want {
			t.Errorf("asked for %q: %+v, want %+v", tc.asked, got, want)
		}
	}
	if got := readJSON[event](t, server.Dial(t, "/chat?room=&name=alone")); got.Room != "lobby" {
		t.Errorf("no room is %+v, want the lobby", got)
	}
	for _, query := range []string{"room=" + strings.Repeat("a", 33), "name=" + strings.Repeat("a", 33), "name=%00", "nick=ann"} {
		if resp, _ := refused(t, server.URL+"/chat?"+query, nil); resp.StatusCode != 400 {
			t.Errorf("%s got %s", query, resp.Status)
		}
	}
}

func TestChatRefusesMessages(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	for name, tc := range map[string]struct {
		typ  websocket.MessageType
		data string
		want websocket.StatusCode
	}{
		"binary":   {websocket.MessageBinary, "x", websocket.StatusUnsupportedData},
		"too long": {websocket.MessageText, strings.Repeat("a", 16<<10+1), websocket.StatusMessageTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := server.Dial(t, "/chat?room=refuses")
			testserver.Send(t, c, tc.typ, tc.data)
			testserver.ExpectClose(t, c, tc.want)
		})
	}
}
