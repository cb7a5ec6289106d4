package cat

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/coder/websocket"

	"wslab/wsclient/closing"
	"wslab/wsclient/strict"
)

var errPrint = errors.New("cannot write to standard output")

// receive prints messages until the connection ends, and returns why it did.
func (s *Session) receive() error {
	for {
		typ, data, err := s.Conn.Read(context.Background())
		switch {
		case err != nil:
			if strict.Found(err) {
				s.Conn.Close(websocket.StatusProtocolError, "")
			}
			return err
		case typ == websocket.MessageText && !utf8.Valid(data): // the library does not look
			s.Conn.Close(websocket.StatusInvalidFramePayloadData, "text is not UTF-8")
			return closing.ErrNotUTF8
		}
		s.received.Add(1)
		if err := s.Print.Message(typ, data); err != nil {
			return fmt.Errorf("%w: %w", errPrint, err)
		}
	}
}
