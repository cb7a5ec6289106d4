// Package connections keeps every open WebSocket connection: how many there may be, which have
// gone silent, and how all of them are told that the server stops.
package connections

import (
	"context"
	"errors"
	"sync/atomic"
	"unicode/utf8"

	"github.com/coder/websocket"

	"wslab/wsserver/wire"
)

// ErrNotUTF8 means that a text message was not UTF-8, which RFC 6455, section 8.1, makes the end
// of the connection.
var ErrNotUTF8 = errors.New("text message is not UTF-8")

// Conn is an open connection, as the endpoints use it. One goroutine may read while others write.
type Conn struct {
	ID       uint64
	ws       *websocket.Conn
	wire     *wire.Conn
	cancel   context.CancelFunc
	sent     atomic.Int32 // the close code that this side sent first, or 0
	messages struct{ in, out atomic.Int64 }
}

// Read returns the next whole message. Its error holds the peer's close code, see
// websocket.CloseStatus.
func (c *Conn) Read() (websocket.MessageType, []byte, error) {
	// No deadline here: silence is Registry.KeepAlive's business, and a context for each read
	// costs more than the read.
	typ, data, err := c.ws.Read(context.Background())
	if err != nil {
		return typ, nil, err
	}
	c.messages.in.Add(1)
	// The library does not check (v1.8.15).
	if typ == websocket.MessageText && !utf8.Valid(data) {
		c.Close(websocket.StatusInvalidFramePayloadData, "text is not UTF-8")
		return typ, nil, ErrNotUTF8
	}
	return typ, data, nil
}

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
	c.wire.Close()
}

// Code is the close code that the connection ended with, given what Read or Write returned last:
// the one that this side sent, else the peer's, else 1006 (RFC 6455, section 7.4.1).
func (c *Conn) Code(err error) websocket.StatusCode {
	if sent := c.sent.Load(); sent != 0 {
		return websocket.StatusCode(sent)
	}
	if errors.Is(err, websocket.ErrMessageTooBig) {
		return websocket.StatusMessageTooBig
	}
	if code := websocket.CloseStatus(err); code != -1 {
		return code
	}
	return websocket.StatusAbnormalClosure
}

// Messages is how many messages came in and went out.
func (c *Conn) Messages() (in, out int64) { return c.messages.in.Load(), c.messages.out.Load() }

// Bytes is how many bytes came in and went out, frame headers included.
func (c *Conn) Bytes() (in, out int64) { return c.wire.Bytes() }
