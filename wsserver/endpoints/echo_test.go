package endpoints_test

import (
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

const emoji = "héllo 👩‍🚀 wörld"

func TestEcho(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 20)
	for _, tc := range []struct {
		name string
		typ  websocket.MessageType
		data string
	}{
		{"empty", websocket.MessageText, ""},
		{"emoji", websocket.MessageText, emoji},
		{"binary that is not UTF-8", websocket.MessageBinary, "\x00\xff\xfe"},
		{"longest of the short form", websocket.MessageText, strings.Repeat("a", 125)},
		{"shortest of the 16-bit form", websocket.MessageText, strings.Repeat("b", 126)},
		{"longest of the 16-bit form", websocket.MessageBinary, strings.Repeat("c", 65535)},
		{"shortest of the 64-bit form", websocket.MessageBinary, strings.Repeat("d", 65536)},
		{"as long as is allowed", websocket.MessageText, strings.Repeat("€x", 1<<18)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := server.Dial(t, "/echo")
			for range 2 {
				testserver.Send(t, c, tc.typ, tc.data)
				testserver.Expect(t, c, tc.typ, tc.data)
			}
		})
	}
}

func TestEchoTooBig(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/echo")
	go c.Write(testserver.Context(t), websocket.MessageBinary, make([]byte, 1<<20+1))
	testserver.ExpectClose(t, c, websocket.StatusMessageTooBig)
}

func TestEchoNotUTF8(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/echo")
	testserver.Send(t, c, websocket.MessageText, "half a rune: \xf0\x9f")
	testserver.ExpectClose(t, c, websocket.StatusInvalidFramePayloadData)
}

func TestEchoClose(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/echo")
	if err := c.Close(4321, "enough"); err != nil {
		t.Fatalf("the server did not answer the close with the same code: %v", err)
	}
}
