package closing

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsclient/exit"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		err  error
		says string // "" for no error
	}{
		{websocket.CloseError{Code: 1000, Reason: "bye"}, ""},
		{websocket.CloseError{Code: 1005}, ""},
		{websocket.CloseError{Code: 1013}, "closed with 1013 try again later (the server has too much to do): the server gave no reason"},
		{websocket.CloseError{Code: 3001, Reason: "a\nb"}, `3001 registered (a code of a library or framework: see IANA's WebSocket Close Code Number Registry): the server's reason: "a\nb"`},
		{websocket.CloseError{Code: 1000, Reason: "\xff"}, `1000 and a reason that is not UTF-8, against RFC 6455, section 7.1.6: "\xff"`},
		{websocket.ErrMessageTooBig, "1009 message too big"},
		{ErrNotUTF8, "1007 invalid payload data"},
		{io.EOF, "1006 abnormal closure"},
		{io.ErrUnexpectedEOF, "1006 abnormal closure"},
		{net.ErrClosed, "1006 abnormal closure"},
		{&net.OpError{Op: "read", Err: errors.New("reset")}, "1006 abnormal closure"},
		{errors.New("received \x1b"), "1002 protocol error (the other side broke the WebSocket protocol): it was this client that closed: received \ufffd"},
	} {
		err := Explain(fmt.Errorf("failed to get reader: %w", tc.err))
		switch {
		case tc.says == "" && err != nil:
			t.Errorf("%v: %v", tc.err, err)
		case tc.says != "" && (!errors.Is(err, exit.ErrClosed) || !strings.Contains(err.Error(), tc.says)):
			t.Errorf("%v: %v, want %q", tc.err, err, tc.says)
		}
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	for code, want := range map[websocket.StatusCode]string{
		999: "unassigned", 1000: "normal closure", 1006: "abnormal closure", 1015: "TLS handshake", 1016: "unassigned",
		2999: "unassigned", 3000: "registered", 3999: "registered", 4000: "private use", 4999: "private use", 5000: "unassigned",
	} {
		if got := Name(code); got != want {
			t.Errorf("%d: %q, want %q", code, got, want)
		}
	}
}
