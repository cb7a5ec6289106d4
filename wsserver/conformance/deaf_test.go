package conformance

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"wslab/wsserver/testserver"
)

// cramped starts a server whose connections have little room for what is not read.
func cramped(s *httptest.Server) {
	s.Config.ConnState = func(c net.Conn, state http.ConnState) {
		if tcp, ok := c.(*net.TCPConn); ok && state == http.StateNew {
			tcp.SetReadBuffer(8 << 10)
			tcp.SetWriteBuffer(8 << 10)
		}
	}
	s.Start()
}

// deaf is a client that is not going to read, and has little room for what it does not.
func deaf(t *testing.T, server *testserver.Server, path string) *Client {
	t.Helper()
	c := Open(t, server.URL, path)
	conn := c.Conn
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = secure.NetConn()
	}
	conn.(*net.TCPConn).SetReadBuffer(4096)
	return c
}

// fill writes b until the server cuts the connection.
func fill(t *testing.T, c *Client, b []byte) {
	t.Helper()
	c.SetDeadline(time.Now().Add(Patience))
	for {
		if _, err := c.Write(b); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("the server keeps a client that does not read")
			return
		} else if err != nil {
			return
		}
	}
}

// wantStill waits until the server reads no more: everybody who is to stall does.
func wantStill(t *testing.T, server *testserver.Server) {
	t.Helper()
	for deadline, last := time.Now().Add(Patience), int64(-1); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		in := server.Connections.Totals().BytesIn
		if in == last {
			return
		}
		last = in
	}
	t.Error("the server goes on reading from those who do not read")
}
