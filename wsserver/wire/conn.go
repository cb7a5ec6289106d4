// Package wire is the one place between the WebSocket library and the network. Here a connection
// is counted, its peer is held to the protocol, small writes are put together, frames are watched
// where somebody asked for a trace, and nobody who stops reading can block the server for ever.
package wire

import (
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// holdAtMost is how much is held back before it is written, in bytes.
const holdAtMost = 64 << 10

// Conn is a network connection as the WebSocket library gets it.
type Conn struct {
	net.Conn
	writeTimeout time.Duration
	started      time.Time
	heard        atomic.Int64 // when the peer last sent anything, in nanoseconds since started
	in, out      atomic.Int64

	strict   strict
	violated atomic.Pointer[Violation] // what Read returns once the good bytes are used

	write struct {
		sync.Mutex
		hold    bool
		reading bool // the reader is waiting for the peer, so nothing may be held back
		held    []byte
	}
	taps atomic.Pointer[taps]
}

// Options are a connection's limits and what was negotiated for it.
type Options struct {
	WriteTimeout time.Duration // for the peer to take what is written; 0 for no limit
	MaxMessage   int64         // bytes of a message as it is sent; 0 for no limit
}

// NewConn wraps c.
func NewConn(c net.Conn, options Options) *Conn {
	return &Conn{Conn: c, writeTimeout: options.WriteTimeout, started: time.Now(), strict: strict{Limit: options.MaxMessage}}
}

// Deflate tells the connection that permessage-deflate was negotiated (RFC 7692), before the
// first Read.
func (c *Conn) Deflate() { c.strict.Deflate = true }

// Hold makes the connection keep small writes back until its reader waits for the peer. It is for
// those who write in answer to what they read, and do nothing between the two that takes time:
// then nothing is ever late, and messages that came together are answered together.
func (c *Conn) Hold() {
	c.write.Lock()
	defer c.write.Unlock()
	c.write.hold = true
}

// Read reads, and checks what was read. Its error is a *Violation once the peer broke the
// protocol.
func (c *Conn) Read(p []byte) (int, error) {
	if v := c.violated.Load(); v != nil {
		return 0, v
	}
	if err := c.startReading(); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	c.stopReading()
	if n == 0 {
		return 0, err
	}
	c.in.Add(int64(n))
	c.heard.Store(int64(time.Since(c.started)))
	if t := c.taps.Load(); t != nil {
		t.in.write(p[:n])
	}
	good, violation := c.strict.scan(p[:n])
	if violation == nil {
		return n, err
	}
	c.violated.Store(violation)
	if good == 0 {
		return 0, violation
	}
	return good, nil
}

func (c *Conn) startReading() error {
	c.write.Lock()
	defer c.write.Unlock()
	if !c.write.hold {
		return nil
	}
	c.write.reading = true
	return c.flush()
}

func (c *Conn) stopReading() {
	c.write.Lock()
	defer c.write.Unlock()
	c.write.reading = false
}

// Write writes, or holds back.
func (c *Conn) Write(p []byte) (int, error) {
	c.write.Lock()
	defer c.write.Unlock()
	if t := c.taps.Load(); t != nil {
		t.out.write(p)
	}
	if c.write.hold && !c.write.reading && len(c.write.held)+len(p) <= holdAtMost {
		c.write.held = append(c.write.held, p...)
		return len(p), nil
	}
	if err := c.flush(); err != nil {
		return 0, err
	}
	return c.send(p)
}

// flush writes what was held back.
func (c *Conn) flush() error {
	if len(c.write.held) == 0 {
		return nil
	}
	_, err := c.send(c.write.held)
	c.write.held = c.write.held[:0]
	if cap(c.write.held) > 4<<10 { // an idle connection is not to keep what a busy one needed
		c.write.held = nil
	}
	return err
}

// send has a deadline on the connection, because a context for each write costs more than half of
// the write itself.
func (c *Conn) send(p []byte) (int, error) {
	if c.writeTimeout > 0 {
		if err := c.Conn.SetWriteDeadline(time.Now().Add(c.writeTimeout)); err != nil {
			return 0, err
		}
	}
	n, err := c.Conn.Write(p)
	c.out.Add(int64(n))
	return n, err
}

// Silence is how long ago the peer was last heard.
func (c *Conn) Silence() time.Duration {
	return time.Since(c.started) - time.Duration(c.heard.Load())
}

// Bytes is how many bytes came in and went out since the handshake, frame headers included.
func (c *Conn) Bytes() (in, out int64) { return c.in.Load(), c.out.Load() }

// Bounds of Linger.
const (
	lingerFor  = time.Second
	lingerRead = 16 << 20 // bytes
)

// Close writes what was held back, and closes. After a violation it lingers, for the peer is
// likely to be sending still.
func (c *Conn) Close() error {
	c.write.Lock()
	c.flush() // should the peer not take it, closing is still right
	c.write.Unlock()
	if c.violated.Load() != nil {
		c.Linger()
	}
	return c.Conn.Close()
}

// Abort closes at once, even while others write.
func (c *Conn) Abort() error { return c.Conn.Close() }

// Linger closes the writing side and reads on for a while, so that the peer sees what was written
// last: a socket that is closed with unread data in it is reset, and a peer that is still sending
// would find "connection reset" instead of the close frame.
func (c *Conn) Linger() {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	c.Conn.SetReadDeadline(time.Now().Add(lingerFor))
	io.CopyN(io.Discard, c.Conn, lingerRead)
}

// Violated returns how the peer broke the protocol, if err is due to that.
func Violated(err error) (*Violation, bool) {
	var v *Violation
	ok := errors.As(err, &v)
	return v, ok
}
