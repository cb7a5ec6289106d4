package endpoints_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

func TestSubprotocol(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 20)
	for _, tc := range []struct{ accept, offer, chosen string }{
		{"?accept=a,b", "b,a", "a"}, // the server's preference
		{"?accept=a,b", "c,b", "b"},
		{"?accept=a,b", "c", ""},
		{"?accept=a,b", "", ""},
		{"?accept=", "a", ""},
		{"", "superchat", "superchat"},
	} {
		t.Run(tc.accept+" "+tc.offer, func(t *testing.T) {
			t.Parallel()
			offered := []string{}
			if tc.offer != "" {
				offered = strings.Split(tc.offer, ",")
			}
			c := dial(t, server.URL+"/subprotocol"+tc.accept, &websocket.DialOptions{Subprotocols: offered})
			if got := readJSON[negotiated](t, c); !reflect.DeepEqual(got, negotiated{offered, tc.chosen}) {
				t.Errorf("the server reports %+v", got)
			}
			if c.Subprotocol() != tc.chosen {
				t.Errorf("the client was told %q, want %q", c.Subprotocol(), tc.chosen)
			}
			expectEcho(t, c)
		})
	}
}

func TestSubprotocolOfferedInSeveralLines(t *testing.T) {
	t.Parallel()
	c := dial(t, testserver.New(t, 1).URL+"/subprotocol", &websocket.DialOptions{
		HTTPHeader: http.Header{"Sec-Websocket-Protocol": {"x , y", "z"}},
	})
	if got := readJSON[negotiated](t, c); !reflect.DeepEqual(got.Offered, []string{"x", "y", "z"}) {
		t.Errorf("the server saw %q", got.Offered)
	}
}

func TestSubprotocolBad(t *testing.T) {
	t.Parallel()
	resp, body := refused(t, testserver.New(t, 1).URL+"/subprotocol?accept=a%20b", nil)
	if resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"accept"`) {
		t.Errorf("got %s %q", resp.Status, body)
	}
}
