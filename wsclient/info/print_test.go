package info

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// Nothing that a server can choose makes a line of its own or reaches the terminal.
func TestTextIsSafe(t *testing.T) {
	t.Parallel()
	bad := "a\n\x1b[1mb"
	f := Facts{
		URL: "ws://h", Status: "HTTP/1.1 101 Switching Protocols", Subprotocol: bad, Extensions: []string{bad},
		Header: http.Header{"X": {bad}}, Certificate: &Certificate{}, TLS: &TLS{Version: "TLS 1.3"},
	}
	var out strings.Builder
	if err := f.Text(&out); err != nil || strings.Contains(out.String(), "\x1b") || strings.Count(out.String(), "\n") != 10 {
		t.Errorf("%v:\n%s", err, out.String())
	}
	for _, line := range []string{"names        none\n", "tls          TLS 1.3, , ALPN none\n", "(expired)\n"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no %q in:\n%s", line, out.String())
		}
	}
}

func TestLeft(t *testing.T) {
	t.Parallel()
	for until, want := range map[time.Duration]string{-time.Second: "expired", time.Hour: "0 days left", 49 * time.Hour: "2 days left"} {
		if got := left(time.Now().Add(until)); got != want {
			t.Errorf("%v: %q, want %q", until, got, want)
		}
	}
}
