// Package wire is the one place between the WebSocket library and the network: a connection that
// counts, that knows when it last heard from its peer, and that no slow reader can block for ever.
package wire

import (
	"net"
	"sync/atomic"
	"time"
)

// Conn is a network connection as the WebSocket library gets it.
type Conn struct {
	net.Conn
	writeTimeout time.Duration
	heard        atomic.Int64 // when the peer last sent anything, in nanoseconds since started
	in, out      atomic.Int64
	started      time.Time
}

// NewConn wraps c. A write that its peer does not take within writeTimeout fails and with it the
// connection; zero means no limit.
func NewConn(c net.Conn, writeTimeout time.Duration) *Conn {
	return &Conn{Conn: c, writeTimeout: writeTimeout, started: time.Now()}
}

// Read counts, and notes the time.
func (c *Conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.in.Add(int64(n))
		c.heard.Store(int64(time.Since(c.started)))
	}
	return n, err
}

// Write counts. The deadline is on the connection because a context for each write costs more
// than half of the write itself.
func (c *Conn) Write(p []byte) (int, error) {
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
