// Package peer makes servers for the client's tests, good ones and broken ones, on real sockets.
package peer

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/services/testcert"
)

// Talk has a connection to itself until it returns.
type Talk func(ctx context.Context, c *websocket.Conn)

// WS serves ws://, and returns its URL with no path.
func WS(t testing.TB, talk Talk) string {
	t.Helper()
	return HTTP(t, Handler(talk))
}

// HTTP serves anything on plain HTTP, and returns its URL as ws://.
func HTTP(t testing.TB, h http.Handler) string {
	t.Helper()
	server := httptest.NewUnstartedServer(h)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	return "ws" + strings.TrimPrefix(server.URL, "http")
}

// WSS serves wss:// with this certificate, and returns its URL with no path.
func WSS(t testing.TB, pair testcert.Pair, talk Talk) string {
	t.Helper()
	cert, err := tls.X509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(Handler(talk))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"http/1.1"}}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return "wss" + strings.TrimPrefix(server.URL, "https")
}

// Lab serves wss:// with a good certificate, and returns where the CA's is.
func Lab(t testing.TB, talk Talk) (url, ca string) {
	t.Helper()
	authority := testcert.New(t, "peer test CA")
	return WSS(t, authority.Issue(t, testcert.Leaf{}), talk), CA(t, authority)
}

// CA writes an authority's certificate to a file.
func CA(t testing.TB, authority *testcert.Authority) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(name, authority.PEM, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TCP serves whatever serve writes, and returns the address. Connections are cut after it.
func TCP(t testing.TB, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	context.AfterFunc(ctx, func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			context.AfterFunc(ctx, func() { c.Close() })
			go func() {
				defer c.Close()
				serve(c)
			}()
		}
	}()
	return l.Addr().String()
}

// Free is an address on which nothing listens.
func Free(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
