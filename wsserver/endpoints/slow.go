package endpoints

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/slow",
		Group:   Trials,
		Summary: "sends every message back, late",
		Details: "Pings are answered at once, unless 64 messages or 256 KiB are waiting: then it reads on only as they go, and what you send piles up.",
		Params:  []params.Param{params.Duration("delay", "2s", 0, 10*time.Minute, "how late")},
		Example: "/slow?delay=2s",
		Serve:   slow,
	})
}

// Bounds of what waits on one connection. A single message may be longer than that.
const (
	lateMessages = 64
	lateBytes    = 256 << 10
)

func slow(ctx context.Context, c *connections.Conn, r Request) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	q := &lateQueue{messages: make(chan lateMessage, lateMessages), space: make(chan struct{}, 1)}
	go q.deliver(ctx, c)
	for {
		typ, data, err := c.Read()
		if err != nil {
			return err
		}
		q.put(ctx, lateMessage{typ, data, time.Now().Add(r.Params.Duration("delay"))})
	}
}

type lateMessage struct {
	typ  websocket.MessageType
	data []byte
	due  time.Time
}

type lateQueue struct {
	messages chan lateMessage
	bytes    atomic.Int64
	space    chan struct{} // something was taken out
}

// put waits for space. Once ctx is done it throws the message away, so that its caller reads on:
// somebody has to see the close frame.
func (q *lateQueue) put(ctx context.Context, m lateMessage) {
	for held := q.bytes.Load(); held > 0 && held+int64(len(m.data)) > lateBytes; held = q.bytes.Load() {
		select {
		case <-q.space:
		case <-ctx.Done():
			return
		}
	}
	q.bytes.Add(int64(len(m.data)))
	select {
	case q.messages <- m:
	case <-ctx.Done():
	}
}

func (q *lateQueue) deliver(ctx context.Context, c *connections.Conn) {
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-q.messages:
			if sleep(ctx, time.Until(m.due)) != nil {
				return
			}
			if c.Write(m.typ, m.data) != nil {
				cutUnlessClosing(ctx, c)
				return
			}
			q.took(m)
		}
	}
}

func (q *lateQueue) took(m lateMessage) {
	q.bytes.Add(-int64(len(m.data)))
	signal(q.space)
}
