// Package testserver runs the endpoints on a real socket for tests.
package testserver

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/endpoints"
	"wslab/wsserver/handshake"
)

// Server is a running server. Change Handler's fields only before the first connection.
type Server struct {
	*handshake.Handler
	URL string // ws://127.0.0.1:port, or wss://
}

// New starts a server with room for limit connections, and stops it when the test ends.
func New(t testing.TB, limit int) *Server {
	t.Helper()
	return Start(t, limit, (*httptest.Server).Start)
}

// NewTLS is New for wss://, with a certificate that nobody trusts.
func NewTLS(t testing.TB, limit int) *Server {
	t.Helper()
	return Start(t, limit, (*httptest.Server).StartTLS)
}

// Start is New for those who have something to change about the server before it starts.
func Start(t testing.TB, limit int, start func(*httptest.Server)) *Server {
	t.Helper()
	h := &handshake.Handler{
		Connections:  connections.NewRegistry(limit, 0),
		MaxMessage:   1 << 20,
		WriteTimeout: 5 * time.Second,
		Log:          slog.New(slog.DiscardHandler),
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e, ok := endpoints.Lookup(r.URL.Path)
		if !ok {
			http.NotFound(w, r)
			return
		}
		h.Serve(w, r, e)
	}))
	start(server)
	t.Cleanup(server.Close)
	return &Server{Handler: h, URL: "ws" + strings.TrimPrefix(server.URL, "http")}
}

// Dial connects to a path, and cuts the connection when the test ends.
func (s *Server) Dial(t testing.TB, path string) *websocket.Conn {
	t.Helper()
	c, _, err := websocket.Dial(Context(t), s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.SetReadLimit(-1)
	t.Cleanup(func() { c.CloseNow() })
	return c
}

// Context ends with the test, or when it takes too long.
func Context(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// Expect reads one message and compares it.
func Expect(t testing.TB, c *websocket.Conn, typ websocket.MessageType, want string) {
	t.Helper()
	gotType, got, err := c.Read(Context(t))
	if err != nil {
		t.Fatal(err)
	}
	if gotType != typ || string(got) != want {
		t.Fatalf("read %v of %d bytes %.80q, want %v of %d bytes %.80q", gotType, len(got), got, typ, len(want), want)
	}
}

// Send writes one message.
func Send(t testing.TB, c *websocket.Conn, typ websocket.MessageType, data string) {
	t.Helper()
	if err := c.Write(Context(t), typ, []byte(data)); err != nil {
		t.Fatal(err)
	}
}

// ExpectClose reads until the connection ends and compares the close code.
func ExpectClose(t testing.TB, c *websocket.Conn, want websocket.StatusCode) {
	t.Helper()
	for {
		_, _, err := c.Read(Context(t))
		if err == nil {
			continue
		}
		if got := websocket.CloseStatus(err); got != want {
			t.Fatalf("closed with %v, want %v (%v)", got, want, err)
		}
		return
	}
}
