package listen_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"wslab/services/listen"
	"wslab/services/testcert"
)

// running is a server with one plain and, where it has TLS, one secure listener.
type running struct {
	*listen.Server
	plain, secure string
	stop          context.CancelFunc
	ended         chan error
}

func serve(t *testing.T, s *listen.Server, grace time.Duration, stop func(context.Context)) *running {
	t.Helper()
	var err error
	if s.Plain, err = listen.Open(listen.Addrs{"127.0.0.1:0"}, "plain"); err != nil {
		t.Fatal(err)
	}
	r := &running{Server: s, plain: s.Plain[0].Addr().String(), ended: make(chan error, 1)}
	if s.TLSConfig != nil {
		if s.Secure, err = listen.Open(listen.Addrs{"127.0.0.1:0"}, "secure"); err != nil {
			t.Fatal(err)
		}
		r.secure = s.Secure[0].Addr().String()
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.stop = cancel
	go func() { r.ended <- s.Serve(ctx, grace, stop) }()
	t.Cleanup(cancel)
	return r
}

// end waits for Serve, and fails when that takes longer than limit.
func (r *running) end(t *testing.T, limit time.Duration) error {
	t.Helper()
	select {
	case err := <-r.ended:
		return err
	case <-time.After(limit):
		t.Fatalf("Serve did not end within %v", limit)
		return nil
	}
}

func (r *running) dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", r.plain)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	return conn
}

var quiet = slog.New(slog.DiscardHandler)

func hello(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello over ", r.Proto) }

func tlsConfig(t *testing.T, protocols ...string) (server, client *tls.Config) {
	authority := testcert.New(t, "CA")
	p := authority.Issue(t, testcert.Leaf{})
	pair, err := tls.X509KeyPair(p.Cert, p.Key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: protocols}, &tls.Config{RootCAs: authority.Pool()}
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) lineWith(text string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for line := range strings.Lines(b.String()) {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}
