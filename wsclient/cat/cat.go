// Package cat joins standard input and output with a WebSocket connection, as netcat does with
// a TCP connection.
package cat

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/closing"
)

// Options say what becomes a message, and when to end.
type Options struct {
	Binary  bool // binary messages, not text
	Whole   bool // all of the input is one message, not each line
	Linger  time.Duration
	Timeout time.Duration // for the server to have read all
	Longest int64         // bytes of a message that is sent
}

// Session is a connection and what it is joined with.
type Session struct {
	Options
	Conn  *websocket.Conn
	In    io.Reader
	Print Printer

	received atomic.Int64
}

// Run joins both until the server closes, the input has ended and been answered, or ctx is done.
func (s *Session) Run(ctx context.Context) error {
	reading, sending := make(chan error, 1), make(chan error, 1)
	open, ended := context.WithCancel(ctx)
	go func() {
		defer ended()
		reading <- s.receive()
	}()
	go func() { sending <- s.send() }() // stays behind where the input does not end
	select {
	case err := <-reading:
		return s.explain(err)
	case err := <-sending:
		if errors.Is(err, errWrite) {
			return s.explain(s.cut(reading, time.Second))
		}
		if err == nil {
			s.catchUp(open)
			return s.finish(ctx, reading)
		}
		s.Conn.Close(websocket.StatusNormalClosure, "")
		return err
	case <-ctx.Done():
		s.Conn.Close(websocket.StatusGoingAway, "")
		return nil
	}
}

// finish is for when the input has ended.
func (s *Session) finish(ctx context.Context, reading chan error) error {
	linger := time.NewTimer(s.Linger)
	defer linger.Stop()
	code := websocket.StatusNormalClosure
	select {
	case err := <-reading:
		return s.explain(err)
	case <-ctx.Done():
		code = websocket.StatusGoingAway
	case <-linger.C:
	}
	closed := s.Conn.Close(code, "")
	if ctx.Err() != nil || closed == nil {
		return nil
	}
	return s.explain(s.cut(reading, time.Second))
}

// catchUp waits until the server has read all that was sent. It reads in order, so the pong comes
// after the answers to what it got before the ping, at least from a server that answers at once.
func (s *Session) catchUp(open context.Context) {
	for open.Err() == nil {
		before := s.received.Load()
		waiting, cancel := context.WithTimeout(open, s.Timeout)
		err := s.Conn.Ping(waiting)
		cancel()
		if err == nil || s.received.Load() == before {
			return
		}
	}
}

// cut returns what ended the reading, and sees to it that something does.
func (s *Session) cut(reading chan error, patience time.Duration) error {
	defer time.AfterFunc(patience, func() { s.Conn.CloseNow() }).Stop()
	return <-reading
}

func (s *Session) explain(err error) error {
	if errors.Is(err, errPrint) {
		s.Conn.Close(websocket.StatusGoingAway, "")
		return err
	}
	if printed := s.Print.End(err); printed != nil {
		return printed
	}
	return closing.Explain(err)
}
