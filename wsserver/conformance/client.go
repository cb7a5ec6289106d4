package conformance

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// Hello is a handshake as in RFC 6455, section 1.3, without the empty line at its end.
const Hello = "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"

// Patience is how long anything may take. It is generous, for busy machines: only what fails
// comes near it.
const Patience = 20 * time.Second

// Client is a raw connection.
type Client struct {
	net.Conn
	Response *http.Response // the handshake's

	t       testing.TB
	r       *bufio.Reader
	inflate inflater
}

// Connect connects to a ws:// or wss:// address and sends nothing. The connection ends with the
// test.
func Connect(t testing.TB, url string) *Client {
	t.Helper()
	address, secure := strings.CutPrefix(url, "wss://")
	address, _, _ = strings.Cut(strings.TrimPrefix(address, "ws://"), "/")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	if secure {
		conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true}) // of a test's own server
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(Patience))
	return &Client{Conn: conn, t: t, r: bufio.NewReader(conn)}
}

// Open connects and makes the handshake for a path, with further header lines.
func Open(t testing.TB, url, path string, header ...string) *Client {
	t.Helper()
	c := Connect(t, url)
	c.Shake(strings.Replace(Hello, "/echo", path, 1)+strings.Join(append(header, ""), "\r\n")+"\r\n", http.StatusSwitchingProtocols)
	return c
}

// Shake sends a handshake and expects the status.
func (c *Client) Shake(request string, want int) {
	c.t.Helper()
	c.Send([]byte(request))
	c.WantStatus(want)
}

// WantStatus reads the handshake's answer.
func (c *Client) WantStatus(want int) {
	c.t.Helper()
	var err error
	if c.Response, err = http.ReadResponse(c.r, nil); err != nil {
		c.t.Fatal(err)
	}
	if c.Response.StatusCode != want {
		c.t.Fatalf("the handshake got %s, want %d", c.Response.Status, want)
	}
}

// Send writes all of it at once.
func (c *Client) Send(b []byte) {
	c.t.Helper()
	if _, err := c.Write(b); err != nil {
		c.t.Fatal(err)
	}
}

// Chop writes b in pieces, whose lengths next gives.
func (c *Client) Chop(b []byte, next func() int) {
	c.t.Helper()
	for len(b) > 0 {
		n := min(next(), len(b))
		c.Send(b[:n])
		b = b[n:]
	}
}

// ReadFrame reads one frame.
func (c *Client) ReadFrame() Frame {
	c.t.Helper()
	f, err := readFrame(c.r)
	if err != nil {
		c.t.Fatal(err)
	}
	return f
}

// Want reads one frame and compares it.
func (c *Client) Want(opcode byte, payload []byte) {
	c.t.Helper()
	if f := c.ReadFrame(); f.Opcode != opcode || f.More || f.RSV != 0 || !bytes.Equal(f.Payload, payload) {
		c.t.Fatalf("read %s, want opcode %d with %s", describe(f), opcode, clip(payload))
	}
}

// WantMessage reads a message, in whatever frames, compressed or not.
func (c *Client) WantMessage(opcode byte, want []byte) {
	c.t.Helper()
	got := c.ReadFrame()
	for f := got; f.More; {
		f = c.ReadFrame()
		if f.Opcode != Continuation {
			c.t.Fatalf("read %s within a message", describe(f))
		}
		got.Payload = append(got.Payload, f.Payload...)
	}
	if got.RSV == 4 {
		var err error
		if got.Payload, err = c.inflate.bytes(got.Payload); err != nil {
			c.t.Fatal(err)
		}
	}
	if got.Opcode != opcode || !bytes.Equal(got.Payload, want) {
		c.t.Fatalf("read %s, want opcode %d with %s", describe(got), opcode, clip(want))
	}
}

// WantClose reads a close frame with the code (0 for none), and then the end of the connection: in
// order, for a client that finds "connection reset" may not find what came before.
func (c *Client) WantClose(code int) {
	c.t.Helper()
	f := c.ReadFrame()
	got := 0
	if len(f.Payload) >= 2 {
		got = int(binary.BigEndian.Uint16(f.Payload))
	}
	if f.Opcode != Close || got != code {
		c.t.Fatalf("read %s, want a close frame with %d", describe(f), code)
	}
	c.WantEnd()
}

// WantEnd expects that nothing more comes, and an end in order, and ends its own side.
func (c *Client) WantEnd() {
	c.t.Helper()
	defer c.Conn.Close()
	if rest, err := io.ReadAll(c.r); err != nil || len(rest) > 0 {
		c.t.Fatalf("read %s and %v, want the end", clip(rest), err)
	}
}

// AtEnd waits for more, and tells whether the connection ended instead.
func (c *Client) AtEnd() bool {
	c.t.Helper()
	_, err := c.r.Peek(1)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		c.t.Fatal("the connection was not cut")
	}
	return err != nil
}

// WantSilence expects that for a while neither anything comes nor the connection ends.
func (c *Client) WantSilence(d time.Duration) {
	c.t.Helper()
	c.SetReadDeadline(time.Now().Add(d))
	if b, err := c.r.Peek(1); !errors.Is(err, os.ErrDeadlineExceeded) {
		c.t.Fatalf("read %q and %v, want nothing", b, err)
	}
	c.SetReadDeadline(time.Now().Add(Patience))
}

// WantCut expects that nothing more comes, and that the connection ends, in order or not.
func (c *Client) WantCut() {
	c.t.Helper()
	rest, err := io.ReadAll(c.r)
	if len(rest) > 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		c.t.Fatalf("read %s and %v, want the end", clip(rest), err)
	}
}
