package wire

import (
	"io"
	"net"
	"testing"
	"time"
)

// pair is both ends of a TCP connection; the first is for a Conn.
func pair(t *testing.T) (server, client *net.TCPConn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dialled, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	accepted, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []net.Conn{dialled, accepted} {
		c.SetDeadline(time.Now().Add(20 * time.Second))
		t.Cleanup(func() { c.Close() })
	}
	return accepted.(*net.TCPConn), dialled.(*net.TCPConn)
}

// stall makes the connection one whose peer takes nothing more.
func stall(t *testing.T, server, client *net.TCPConn) {
	t.Helper()
	client.SetReadBuffer(4096)
	server.SetWriteBuffer(4096)
	server.SetWriteDeadline(time.Now().Add(100 * time.Millisecond))
	for {
		if _, err := server.Write(make([]byte, 64<<10)); err != nil {
			server.SetWriteDeadline(time.Time{})
			return
		}
	}
}

func wantRead(t *testing.T, r io.Reader, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if n, err := io.ReadFull(r, got); err != nil || string(got) != want {
		t.Fatalf("read %q, %v; want %q", got[:n], err, want)
	}
}

// writes counts the writes that reach the network.
type writes struct {
	net.Conn
	n int
}

func (w *writes) Write(p []byte) (int, error) {
	w.n++
	return w.Conn.Write(p)
}
