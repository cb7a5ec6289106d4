package conformance

import (
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

// offers of extensions, and whether permessage-deflate is accepted (RFC 7692, section 7.1).
var offers = []struct {
	offer    string
	accepted bool
}{
	{"permessage-deflate", true},
	{"permessage-deflate;client_max_window_bits", true},
	{"permessage-deflate; client_max_window_bits=10", true},
	{"permessage-deflate; client_no_context_takeover", true},
	{"permessage-deflate; server_no_context_takeover", true},
	{"permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits", true},
	{"permessage-deflate; server_max_window_bits=15", true},
	{"permessage-deflate; server_max_window_bits=10", false}, // this server cannot
	{"permessage-deflate; server_max_window_bits=10, permessage-deflate", true},
	{"x-webkit-deflate-frame, permessage-deflate; client_max_window_bits", true},
	{"permessage-deflate; server_max_window_bits=10\r\nSec-WebSocket-Extensions: permessage-deflate", true},
	{"permessage-deflate; unknown", false},
	{"permessage-deflate; unknown=1, permessage-deflate", true},
	{"permessage-deflate; server_max_window_bits", false},
	{"permessage-deflate; server_max_window_bits=16", false},
	{"permessage-deflate; server_no_context_takeover=1", false},
	{"permessage-deflated", false},
	{"permessage-bzip2", false},
	{"deflate-frame", false},
	{"", false},
	{",", false},
}

func TestExtensions(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		for _, tc := range offers {
			c := Open(t, server.URL, "/echo", "Sec-WebSocket-Extensions: "+tc.offer)
			answer := c.Response.Header.Values("Sec-WebSocket-Extensions")
			if accepted := len(answer) > 0; accepted != (tc.accepted && m.deflates()) {
				t.Errorf("%q: answered with %q", tc.offer, answer)
			}
			checkAnswer(t, server.Compression, tc.offer, strings.Join(answer, ", "))
			c.Send(Frame{Opcode: Text, Payload: []byte("open")}.Bytes())
			c.Want(Text, []byte("open"))
		}
	})
}

// checkAnswer checks an answer's parameters: what was asked for is granted, and nothing is said
// that only a client may say.
func checkAnswer(t *testing.T, mode websocket.CompressionMode, offer, answer string) {
	t.Helper()
	if answer == "" {
		return
	}
	name, params, _ := strings.Cut(answer, ";")
	seen := map[string]bool{}
	for param := range strings.SplitSeq(params, ";") {
		param = strings.TrimSpace(param)
		if seen[param] || param != "" && param != "server_no_context_takeover" && param != "client_no_context_takeover" {
			t.Errorf("%q: answered with %q", offer, answer)
		}
		seen[param] = true
	}
	if name != "permessage-deflate" {
		t.Errorf("%q: answered with %q", offer, answer)
	}
	for _, side := range []string{"server", "client"} {
		want := mode == websocket.CompressionNoContextTakeover || strings.Contains(offer, side+"_no_context_takeover")
		if seen[side+"_no_context_takeover"] != want {
			t.Errorf("%q: answered with %q", offer, answer)
		}
	}
}
