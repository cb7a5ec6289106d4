// Package closing tells how a connection came to its end.
package closing

import (
	"errors"
	"fmt"
	"io"
	"net"
	"unicode/utf8"

	"github.com/coder/websocket"

	"wslab/wsclient/exit"
	"wslab/wsclient/printable"
)

// ErrNotUTF8 means that the server sent text that is none (RFC 6455, section 8.1).
var ErrNotUTF8 = errors.New("text that is not UTF-8")

// Explain turns what ended the reading of a connection into nil where the server closed it in
// good order, else into an error that says code, name, meaning and reason.
func Explain(err error) error {
	var closed websocket.CloseError
	var network *net.OpError
	switch {
	case errors.As(err, &closed):
		return explainClose(closed)
	case errors.Is(err, websocket.ErrMessageTooBig):
		return ended(websocket.StatusMessageTooBig, "it was this client that closed: give a larger `--max-message`")
	case errors.Is(err, ErrNotUTF8):
		return ended(websocket.StatusInvalidFramePayloadData, "it was this client that closed, because the server sent "+ErrNotUTF8.Error())
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed), errors.As(err, &network):
		return ended(websocket.StatusAbnormalClosure, "look at what the server logged: `make logs`")
	}
	// What is left is what the library found wrong with a frame.
	return ended(websocket.StatusProtocolError, fmt.Sprintf("it was this client that closed: %v", innermost(err)))
}

func explainClose(closed websocket.CloseError) error {
	switch {
	case !utf8.ValidString(closed.Reason):
		return fmt.Errorf("%w with %d and a reason that is not UTF-8, against RFC 6455, section 7.1.6: %q", exit.ErrClosed, closed.Code, closed.Reason)
	case closed.Code == websocket.StatusNormalClosure, closed.Code == websocket.StatusNoStatusRcvd:
		return nil
	case closed.Reason == "":
		return ended(closed.Code, "the server gave no reason")
	}
	return ended(closed.Code, fmt.Sprintf("the server's reason: %q", closed.Reason))
}

func ended(code websocket.StatusCode, more string) error {
	name, meaning := lookup(code)
	return fmt.Errorf("%w with %d %s (%s): %s", exit.ErrClosed, code, name, meaning, more)
}

// innermost spares people the library's chain of "failed to".
func innermost(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return printable.Line(err.Error())
		}
		err = inner
	}
}
