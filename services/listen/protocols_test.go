package listen_test

import (
	"crypto/tls"
	"net/http"
	"strings"
	"testing"
	"time"

	"wslab/services/listen"
)

func TestServeProtocols(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ server, client, want string }{
		"HTTP/1 server":                 {"http/1.1", "h2,http/1.1", "http/1.1"},
		"HTTP/1 server, HTTP/2 client":  {"http/1.1", "h2", "refused"},
		"HTTP/2 server":                 {"h2,http/1.1", "h2,http/1.1", "h2"},
		"HTTP/2 server, HTTP/1 client":  {"h2,http/1.1", "http/1.1", "http/1.1"},
		"HTTP/2 server, silent client":  {"h2,http/1.1", "", ""},
		"HTTP/1 server, foreign client": {"http/1.1", "acme-tls/1", "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, client := tlsConfig(t, strings.Split(tc.server, ",")...)
			r := serve(t, listen.NewServer(http.HandlerFunc(hello), quiet, server), time.Second, nil)
			client.ServerName = "localhost"
			if tc.client != "" {
				client.NextProtos = strings.Split(tc.client, ",")
			}
			got := "refused"
			if conn, err := tls.Dial("tcp", r.secure, client); err == nil {
				got = conn.ConnectionState().NegotiatedProtocol
				conn.Close()
			}
			if got != tc.want {
				t.Errorf("negotiated %q, want %q", got, tc.want)
			}
		})
	}
}
