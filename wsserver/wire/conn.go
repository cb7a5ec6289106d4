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

// Conn is a network connection as the WebSocket library gets it.
type Conn struct {
	net.Conn
	writeTimeout time.Duration
	started      time.Time
	heard        atomic.Int64 // when the peer last sent anything, in nanoseconds since started
	in, out      atomic.Int64

	strict   strict
	partial  []byte                    // header or control frame, see read
	violated atomic.Pointer[Violation] // what Read returns once the good bytes are used
	inflate  inflater

	write struct {
		sync.Mutex
		hold    bool
		reading bool // the reader is waiting for the peer, so nothing may be held back
		held    []byte
		err     error // of the network; what follows would come after half a frame
	}
	taps atomic.Pointer[taps]
}

// Options are a connection's limits and what was negotiated for it.
type Options struct {
	WriteTimeout time.Duration // for the peer to take what is written; 0 for no limit
	MaxMessage   int64         // bytes of a message, compressed or not; 0 for no limit
}

// NewConn wraps c.
func NewConn(c net.Conn, options Options) *Conn {
	return &Conn{Conn: c, writeTimeout: options.WriteTimeout, started: time.Now(),
		strict: strict{Limit: options.MaxMessage}, inflate: inflater{limit: options.MaxMessage}}
}

// Read reads, and checks what was read. Its error is a *Violation once the peer broke the
// protocol.
func (c *Conn) Read(p []byte) (int, error) {
	for {
		if v := c.violated.Load(); v != nil {
			return 0, v
		}
		if n, err := c.read(p); n > 0 || err != nil {
			return n, err
		}
	}
}

// read keeps headers and control frames back until they are whole. The library (v1.8.15) hangs up
// without a word when it sees the length with its highest bit set (RFC 6455, section 5.2), before
// strict has all of the header; and it cuts a peer that takes more than five seconds over a control
// frame, which no section lets it do.
func (c *Conn) read(p []byte) (int, error) {
	kept := copy(p, c.partial)
	c.partial = c.partial[:copy(c.partial, c.partial[kept:])]
	if kept == len(p) {
		return kept, nil
	}
	n, err := c.receive(p[kept:])
	good, violation := c.strict.scan(p[kept : kept+n])
	if violation != nil {
		c.violated.Store(violation)
		if good == 0 {
			return 0, nil // what was kept is part of it
		}
		return kept + good, nil
	}
	good += kept
	if unfinished := c.strict.unfinished(); unfinished > 0 && unfinished <= good {
		good -= unfinished
		c.partial = append(c.partial[:0], p[good:good+unfinished]...)
	}
	return good, c.truncated(err)
}

// receive reads from the network.
func (c *Conn) receive(p []byte) (int, error) {
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
	return n, err
}

// truncated tells an end within a message from one between messages. The library (v1.8.15) takes
// io.EOF for the end of the message, and hands out half of one as if it were whole.
func (c *Conn) truncated(err error) error {
	if err == io.EOF && !c.strict.between() {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Silence is how long ago the peer was last heard.
func (c *Conn) Silence() time.Duration {
	return time.Since(c.started) - time.Duration(c.heard.Load())
}

// Bytes is how many bytes came in and went out since the handshake, frame headers included.
func (c *Conn) Bytes() (in, out int64) { return c.in.Load(), c.out.Load() }

// Violated returns how the peer broke the protocol, if err is due to that.
func Violated(err error) (*Violation, bool) {
	var v *Violation
	ok := errors.As(err, &v)
	return v, ok
}
