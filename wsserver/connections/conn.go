// Package connections keeps every open WebSocket connection: how many there may be, which have
// gone silent, and how all of them are told that the server stops.
package connections

import (
	"context"
	"errors"
	"io"
	"sync/atomic"

	"github.com/coder/websocket"

	"wslab/wsserver/wire"
)

// Conn is an open connection, as the endpoints use it. One goroutine may read while others write.
type Conn struct {
	ID       uint64
	ws       *websocket.Conn
	wire     *wire.Conn
	cancel   context.CancelFunc
	deflate  bool         // permessage-deflate was negotiated
	sent     atomic.Int32 // the close code that this side sent first, or 0
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
	data, err := c.readAll(typ, r)
	if err != nil {
		return typ, nil, c.end(err)
	}
	c.messages.in.Add(1)
	return typ, data, nil
}

// readAll checks text that was compressed; wire checks all else as it comes.
func (c *Conn) readAll(typ websocket.MessageType, r io.Reader) ([]byte, error) {
	if typ != websocket.MessageText || !c.deflate {
		return io.ReadAll(r)
	}
	var text wire.UTF8
	data := make([]byte, 0, 512)
	for {
		n, err := r.Read(data[len(data):cap(data)])
		fresh := data[len(data) : len(data)+n]
		data = data[:len(data)+n]
		if text.Check(fresh) < n || err == io.EOF && !text.Whole() {
			return nil, wire.NotUTF8
		}
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// end closes a connection whose peer broke the protocol, and returns err.
func (c *Conn) end(err error) error {
	if v, ok := wire.Violated(err); ok {
		c.Close(v.Code, v.Reason)
		return v
	}
	if errors.Is(err, websocket.ErrMessageTooBig) { // the library has sent the close frame
		c.sent.CompareAndSwap(0, int32(websocket.StatusMessageTooBig))
		c.wire.Linger()
	}
	return err
}

// Hold makes the connection put answers to messages that came together into one write. It is for
// endpoints that do nothing that takes time between a Read and the Write in answer to it.
func (c *Conn) Hold() { c.wire.Hold() }

// Write sends a whole message. A peer that does not take it within the write timeout loses the
// connection.
func (c *Conn) Write(typ websocket.MessageType, data []byte) error {
	c.messages.out.Add(1)
	return c.ws.Write(context.Background(), typ, data)
}

// Close starts the closing handshake (RFC 6455, section 7.1.2) and waits up to five seconds for
// the peer's part. Only the first call's code is sent.
func (c *Conn) Close(code websocket.StatusCode, reason string) error {
	c.sent.CompareAndSwap(0, int32(code))
	c.cancel()
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
