package cat

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/coder/websocket"
)

var (
	errWrite = errors.New("cannot send")
	// ErrInput means that the input cannot be sent as it is.
	ErrInput = errors.New("input not sent")
)

// send sends the input until it ends.
func (s *Session) send() error {
	if s.Whole {
		data, err := io.ReadAll(io.LimitReader(s.In, s.Longest+1))
		if err != nil {
			return fmt.Errorf("%w: %w", ErrInput, err)
		}
		return s.message(data, "the input")
	}
	lines := bufio.NewScanner(s.In)
	lines.Buffer(nil, int(s.Longest)+2) // and its end of line
	n := 0
	for lines.Scan() {
		n++
		if err := s.message(lines.Bytes(), fmt.Sprintf("line %d", n)); err != nil {
			return err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return s.tooLong(fmt.Sprintf("line %d", n+1))
	case err != nil:
		return fmt.Errorf("%w: %w", ErrInput, err)
	}
	return nil
}

func (s *Session) message(data []byte, what string) error {
	typ := websocket.MessageBinary
	if !s.Binary {
		typ = websocket.MessageText
	}
	switch {
	case int64(len(data)) > s.Longest:
		return s.tooLong(what)
	case !s.Binary && !utf8.Valid(data): // RFC 6455, section 5.6
		return fmt.Errorf("%w: %s is not UTF-8, which text must be: give `--binary`", ErrInput, what)
	}
	if err := s.Conn.Write(context.Background(), typ, data); err != nil {
		return fmt.Errorf("%w: %w", errWrite, err)
	}
	return nil
}

func (s *Session) tooLong(what string) error {
	return fmt.Errorf("%w: %s is longer than %d bytes: give a larger `--max-message`", ErrInput, what, s.Longest)
}
