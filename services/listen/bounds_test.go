package listen_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"wslab/services/listen"
)

func TestServeBounds(t *testing.T) {
	t.Parallel()
	s := listen.NewServer(http.HandlerFunc(hello), quiet, nil)
	if s.ReadHeaderTimeout != listen.HeaderTimeout || s.IdleTimeout != listen.IdleTimeout || s.MaxHeaderBytes != listen.MaxHeaderBytes {
		t.Errorf("bounds %v %v %v", s.ReadHeaderTimeout, s.IdleTimeout, s.MaxHeaderBytes)
	}
	s.ReadHeaderTimeout, s.IdleTimeout = 100*time.Millisecond, 100*time.Millisecond
	r := serve(t, s, time.Second, nil)
	t.Run("slow header", func(t *testing.T) {
		conn := r.dial(t)
		fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: ")
		wantEnd(t, conn)
	})
	t.Run("idle", func(t *testing.T) {
		conn := r.dial(t)
		fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		if answer := wantEnd(t, conn); !strings.HasSuffix(answer, "hello over HTTP/1.1") {
			t.Errorf("answer %q", answer)
		}
	})
	t.Run("long header", func(t *testing.T) {
		conn := r.dial(t)
		go fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n", strings.Repeat("x", 2*listen.MaxHeaderBytes))
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.Contains(line, "431") {
			t.Errorf("%q, %v", line, err)
		}
	})
}

// wantEnd reads to the end, which must come by the server's hand and not by the deadline.
func wantEnd(t *testing.T, conn net.Conn) string {
	t.Helper()
	answer, err := io.ReadAll(conn)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the server let it be")
	}
	return string(answer)
}
