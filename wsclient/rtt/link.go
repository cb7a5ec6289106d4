package rtt

import (
	"context"
	"time"

	"github.com/coder/websocket"
)

// link is one connection. It is read all the time, also between two round trips, so that pings
// get their pongs and the end is noticed.
type link struct {
	conn     *websocket.Conn
	arrivals chan arrival // closed when the connection has ended
	done     chan struct{}
	ended    chan error // what ended it
	answered int
	cause    error
}

type arrival struct {
	data []byte
	at   time.Time
}

func newLink(conn *websocket.Conn) *link {
	l := &link{conn: conn, arrivals: make(chan arrival), done: make(chan struct{}), ended: make(chan error, 1)}
	go l.read()
	return l
}

func (l *link) read() {
	defer close(l.arrivals)
	for {
		_, data, err := l.conn.Read(context.Background())
		at := time.Now() // here, because whoever waits for it wakes up later
		if err != nil {
			l.ended <- err
			return
		}
		select {
		case l.arrivals <- arrival{data, at}:
		case <-l.done:
			return
		}
	}
}

// err is what ended the connection, or nil while nothing has.
func (l *link) err() error {
	select {
	case l.cause = <-l.ended:
	default:
	}
	return l.cause
}

// spent tells that the server closed in good order after it had answered, as /rtt does: the next
// round trip needs another connection.
func (l *link) spent() bool {
	return l.answered > 0 && websocket.CloseStatus(l.err()) == websocket.StatusNormalClosure
}

// drain reads until the connection has ended, and cuts it where that takes too long.
func (l *link) drain(patience time.Duration) {
	defer time.AfterFunc(patience, func() { l.conn.CloseNow() }).Stop()
	for range l.arrivals {
	}
}

// close is the closing handshake. How it goes says nothing about round trips.
func (l *link) close(code websocket.StatusCode) {
	close(l.done)
	l.conn.Close(code, "")
}
