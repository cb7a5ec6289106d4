package listen_test

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"wslab/services/listen"
)

func TestServerLog(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	server, client := tlsConfig(t, "http/1.1")
	s := listen.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("out of luck") }),
		slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), server)
	r := serve(t, s, time.Second, nil)
	if conn, err := tls.Dial("tcp", r.secure, &tls.Config{ServerName: "localhost"}); err == nil {
		conn.Close()
		t.Fatal("a client trusted the certificate")
	}
	if _, err := (&http.Client{Transport: &http.Transport{TLSClientConfig: client}}).Get("https://" + r.secure); err == nil {
		t.Fatal("an answer in spite of the panic")
	}
	r.stop()
	r.end(t, 3*time.Second)
	for level, what := range map[string]string{"DEBUG": "TLS handshake error", "ERROR": "out of luck"} {
		if got := log.lineWith(what); !strings.Contains(got, "level="+level) {
			t.Errorf("%q is not logged at %s: %q", what, level, got)
		}
	}
}
