package endpoints

import (
	"context"
	"sync"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
)

// Bounds of what waits for one member. The bytes are shared by all members of the room that wait
// for the same message.
const (
	mostWaiting      = 4096    // messages
	mostWaitingBytes = 1 << 20 // bytes
	mostOwnWaiting   = 64      // messages, beyond which a member that sends is not read from
)

const (
	tooSlow   = "too slow"
	dropGrace = 5 * time.Second // for a slow member to take its close frame
)

// member is who is in a room: a queue, and a goroutine that writes what is in it.
type member struct {
	c    *connections.Conn
	name string // set by room.enter

	mu      sync.Mutex
	waiting [][]byte
	bytes   int
	stopped bool

	wake  chan struct{} // something is waiting
	taken chan struct{} // nothing is, any more
}

func newMember(c *connections.Conn) *member {
	return &member{c: c, wake: make(chan struct{}, 1), taken: make(chan struct{}, 1)}
}

// push queues a message. It never waits; it returns false where the queue is full, once: from
// then on the member gets nothing more.
func (m *member) push(data []byte) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stopped {
		return true
	}
	if len(m.waiting) >= mostWaiting || m.bytes+len(data) > mostWaitingBytes {
		m.stopped, m.waiting = true, nil
		return false
	}
	m.waiting = append(m.waiting, data)
	m.bytes += len(data)
	signal(m.wake)
	return true
}

// take empties the queue.
func (m *member) take() [][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.waiting
	m.waiting, m.bytes = nil, 0
	signal(m.taken)
	return all
}

func (m *member) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stopped, m.waiting = true, nil
}

// deliver writes what waits, all of it in one go: what came while it wrote is ready together.
func (m *member) deliver(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-m.wake:
		}
		if err := m.c.WriteAll(websocket.MessageText, m.take()); err != nil {
			cutUnlessClosing(ctx, m.c)
			return
		}
	}
}

// caughtUp waits until little is waiting for the member. It returns false once ctx is done.
func (m *member) caughtUp(ctx context.Context) bool {
	for {
		m.mu.Lock()
		little := len(m.waiting) < mostOwnWaiting
		m.mu.Unlock()
		if little {
			return true
		}
		select {
		case <-m.taken:
		case <-ctx.Done():
			return false
		}
	}
}

// drop closes the connection of a member that is too slow. It may be too slow for that as well.
func (m *member) drop() {
	defer time.AfterFunc(dropGrace, m.c.Cut).Stop()
	m.c.Close(websocket.StatusPolicyViolation, tooSlow+": too many messages were waiting for you")
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
