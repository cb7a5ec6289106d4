package main

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

// freePort is one that was free a moment ago: what /metrics listens on is not in the log.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func scrape(t *testing.T, addr string) string {
	t.Helper()
	resp, err := http.Get("http://" + addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	addr := freePort(t)
	p := start(t, env(), "--metrics-listen="+addr, "--ws-listen=127.0.0.1:0", "--wss-listen=off",
		"--ping-interval=40ms", "--ping-timeout=5s")
	url := p.urls(t, 1)[0]
	c, _, err := websocket.Dial(testserver.Context(t), url+"/echo", nil)
	if err != nil {
		t.Fatal(err)
	}
	testserver.Send(t, c, websocket.MessageText, "five!")
	testserver.Expect(t, c, websocket.MessageText, "five!")
	for _, refused := range []struct{ path, origin string }{{"/echo", "https://evil.example"}, {"/echo?x=1", ""}, {"/nowhere", ""}, {"/echo?trace=short", ""}} {
		header := http.Header{}
		if refused.origin != "" {
			header.Set("Origin", refused.origin)
		}
		if c, _, err := websocket.Dial(testserver.Context(t), url+refused.path, &websocket.DialOptions{HTTPHeader: header}); err == nil {
			c.CloseNow()
			t.Errorf("%v was not refused", refused)
		}
	}
	go c.Read(testserver.Context(t)) // answers pings
	wantMetrics(t, addr,
		`wsserver_build_info{version="dev"} 1`,
		`wsserver_connections_open{endpoint="/echo",scheme="ws"} 1`,
		`wsserver_connections_total{endpoint="/echo",scheme="ws"} 1`,
		`wsserver_messages_total{direction="in"} 1`,
		`wsserver_messages_total{direction="out"} 1`,
		`wsserver_handshakes_refused_total{reason="origin"} 1`,
		`wsserver_handshakes_refused_total{reason="parameter"} 1`,
		`wsserver_handshakes_refused_total{reason="no_endpoint"} 1`,
		`wsserver_handshakes_refused_total{reason="trace"} 1`,
		`wsserver_ping_round_trip_seconds{quantile="0.5"} 0.`,
	)
	c.Close(4321, "")
	wantMetrics(t, addr,
		`wsserver_connections_open{endpoint="/echo",scheme="ws"} 0`,
		`wsserver_closes_total{code="4321"} 1`,
		`wsserver_messages_total{direction="in"} 1`, // still, now that the connection is gone
	)
}

func wantMetrics(t *testing.T, addr string, lines ...string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		text, missing := scrape(t, addr), ""
		for _, line := range lines {
			if !strings.Contains("\n"+text, "\n"+line) {
				missing += "\n" + line
			}
		}
		if missing == "" {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("missing:%s\n\nin\n%s", missing, text)
		}
	}
}
