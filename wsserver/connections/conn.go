// Package connections keeps every open WebSocket connection: how many there may be, which have
// gone silent, and how all of them are told that the server stops.
package connections

import (
	"context"
	"net"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/wire"
)

// Conn is an open connection, as the endpoints use it. One goroutine may read while others write.
type Conn struct {
	ID       uint64
	ws       *websocket.Conn
	wire     *wire.Conn
	cancel   context.CancelFunc
	deflate  bool          // permessage-deflate was negotiated
	sent     atomic.Int32  // the close code that this side sent first, or 0
	closed   chan struct{} // closed at the end of Close
	messages struct{ in, out atomic.Int64 }
}

// Read returns the next whole message. Its error holds the peer's close code, see
// websocket.CloseStatus; or it is a wire.Violation, and then the connection is closed already.
func (c *Conn) Read() (websocket.MessageType, []byte, error) {
	// No deadline here: silence is Registry.KeepAlive's business, and a context for each read
	// costs more than the read.
	typ, r, err := c.ws.Reader(context.Background())
	if err != nil {
		return typ, nil, c.end(err)
	}
	data, err := c.wire.ReadMessage(typ, r)
	if err != nil {
		return typ, nil, c.end(err)
	}
	c.messages.in.Add(1)
	return typ, data, nil
}

// end closes a connection whose peer broke the protocol, and returns err.
func (c *Conn) end(err error) error {
	if v, ok := wire.Violated(err); ok {
		c.Close(v.Code, v.Reason)
		return v
	}
	if c.closing() { // who gets this error is not to cut it short
		<-c.closed
	}
	return err
}

// Hold makes the connection put answers to messages that came together into one write. It is for
// endpoints that do nothing that takes time between a Read and the Write in answer to it.
func (c *Conn) Hold() { c.wire.Hold() }

// Write sends a whole message. A peer that does not take it within the write timeout loses the
// connection. While the connection is being closed, Write waits for the end of that and fails: those
// whom its error makes cut the connection are not to cut the closing handshake short.
func (c *Conn) Write(typ websocket.MessageType, data []byte) error {
	c.messages.out.Add(1)
	err := c.ws.Write(context.Background(), typ, data)
	if err != nil && c.closing() {
		<-c.closed
	}
	return err
}

// closing tells whether Close is at work, or has been. It has time limits of its own.
func (c *Conn) closing() bool { return c.sent.Load() != 0 }

// closeTimeout is for the peer's part of the closing handshake. The library waits as long.
const closeTimeout = 5 * time.Second

// Close starts the closing handshake (RFC 6455, section 7.1.2) and waits up to five seconds for
// the peer's part. Only the first call's code is sent; the others wait for it.
func (c *Conn) Close(code websocket.StatusCode, reason string) error {
	if !c.sent.CompareAndSwap(0, int32(code)) {
		<-c.closed
		return net.ErrClosed
	}
	defer close(c.closed)
	c.cancel()
	// The library (v1.8.15) has no time limit for the rest of a frame that the peer has begun.
	c.wire.SetReadDeadline(time.Now().Add(closeTimeout))
	return c.ws.Close(code, reason)
}

// Cut ends the connection with no closing handshake. It works while a Close is waiting, which
// the library's CloseNow does not.
func (c *Conn) Cut() {
	c.cancel()
	c.wire.Abort()
}

// Code is the close code that the connection ended with, given what Read or Write returned last:
// the one that this side sent, else the peer's, else 1006 (RFC 6455, section 7.4.1).
func (c *Conn) Code(err error) websocket.StatusCode {
	if sent := c.sent.Load(); sent != 0 {
		return websocket.StatusCode(sent)
	}
	if code := websocket.CloseStatus(err); code != -1 {
		return code
	}
	return websocket.StatusAbnormalClosure
}

// Subprotocol is what was negotiated, or "".
func (c *Conn) Subprotocol() string { return c.ws.Subprotocol() }

// Messages is how many messages came in and went out.
func (c *Conn) Messages() (in, out int64) { return c.messages.in.Load(), c.messages.out.Load() }

// Bytes is how many bytes came in and went out, frame headers included.
func (c *Conn) Bytes() (in, out int64) { return c.wire.Bytes() }
