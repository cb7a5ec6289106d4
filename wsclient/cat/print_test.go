package cat

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

func TestTerminal(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		typ        websocket.MessageType
		data, want string
	}{
		{websocket.MessageText, "hi 👩‍🚀\n\tthere", "< hi 👩‍🚀\n\tthere\n"},
		{websocket.MessageText, "\x1b]0;title\a", "< \ufffd]0;title\ufffd\n"},
		{websocket.MessageText, "", "< \n"},
		{websocket.MessageBinary, "\x1b\xff", "< binary, 2 bytes: 1bff\n"},
		{websocket.MessageBinary, strings.Repeat("a", 33), "< binary, 33 bytes: " + strings.Repeat("61", 32) + "…\n"},
	} {
		var out strings.Builder
		if err := (Terminal{&out, "< "}).Message(tc.typ, []byte(tc.data)); err != nil || out.String() != tc.want {
			t.Errorf("%q: %q, %v", tc.data, out.String(), err)
		}
	}
}

// What is no failure would go unseen by a person otherwise; the rest is said on stderr.
func TestTerminalEnd(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]string{
		websocket.CloseError{Code: 1000}: "closed by the server: 1000 normal closure\n",
		websocket.CloseError{Code: 4000}: "",
		io.EOF:                           "",
		errors.New("other"):              "",
	} {
		var out strings.Builder
		if (Terminal{&out, ""}).End(err); out.String() != want {
			t.Errorf("%v: %q, want %q", err, out.String(), want)
		}
	}
}
