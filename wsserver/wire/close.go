package wire

import (
	"io"
	"net"
	"time"
)

// Bounds of linger.
const (
	lingerFor  = 2 * time.Second
	lingerRead = 64 << 20 // bytes
)

// Close writes what was held back, and closes in order: the last thing written may be a close
// frame that the peer is to see, and the peer's own may still be on its way behind what the
// library did not read (v1.8.15 gives up on a ping that comes after the close frame it sent).
func (c *Conn) Close() error {
	c.write.Lock()
	c.flush() // should the peer not take it, closing is still right
	broken := c.write.err != nil
	c.write.Unlock()
	if !broken {
		c.linger()
	}
	return c.Abort()
}

// Abort closes at once, even while others write. On TLS it goes under it: a close_notify waits up
// to five seconds for a peer that does not read, and a server that stops has no time for that.
func (c *Conn) Abort() error {
	conn := c.Conn
	if e, ok := conn.(*early); ok {
		conn = e.Conn
	}
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = secure.NetConn()
	}
	return conn.Close()
}

// linger closes as RFC 6455, section 7.1.1, says: the writing side first, then reading to the
// end. A socket that is closed with unread data in it is reset, and a peer that was still sending
// would find "connection reset" instead of the close frame.
func (c *Conn) linger() {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	c.Conn.SetReadDeadline(time.Now().Add(lingerFor))
	io.CopyN(io.Discard, c.Conn, lingerRead)
}
