package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/peer"
)

func TestRTTFails(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name     string
		talk     peer.Talk
		code     int
		says     string
		sent     string
		received string
	}{
		{"no echo", func(ctx context.Context, c *websocket.Conn) {
			peer.Say("a", "b")(ctx, c)
			peer.Silent(ctx, c)
		}, 4, "not echoed within 200ms (2 other messages came): rtt needs an endpoint that echoes, such as /echo", "1 sent", "0 received"},
		{"closed in good order before an echo", peer.CloseWith(1000, ""), 1, "closed before any echo", "1 sent", "0 received"},
		{"closed before an echo", peer.CloseWith(4000, "no"), 7, `4000 private use (what it means is between this server and its clients): the server's reason: "no"`, "1 sent", "0 received"},
		{"closed after an echo", func(ctx context.Context, c *websocket.Conn) {
			peer.EchoN(ctx, c, 1)
			c.Close(websocket.StatusInternalError, "")
		}, 7, "1011 internal error", "2 sent", "1 received"},
		{"cut", func(ctx context.Context, c *websocket.Conn) { peer.EchoN(ctx, c, 1) }, 7, "1006 abnormal closure", "2 sent", "1 received"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := start(t, open(t), "rtt", "-i0", "--timeout=200ms", peer.WS(t, tc.talk))
			if code := p.wait(t); code != tc.code || !strings.Contains(p.stderr.String(), tc.says) {
				t.Errorf("exit code %d and %q, want %d and %q", code, p.stderr.String(), tc.code, tc.says)
			}
			if out := p.stdout.String(); !strings.Contains(out, tc.sent+", "+tc.received) {
				t.Errorf("no summary: %q", out)
			}
		})
	}
}

// A message that the server does not even take runs into the timeout, too. Who does not read
// does not answer a close: there is no waiting for that.
func TestRTTNotTaken(t *testing.T) {
	t.Parallel()
	for _, size := range []string{"--size=64B", "--size=16MiB"} {
		began := time.Now()
		p := start(t, open(t), "rtt", size, "--timeout=300ms", peer.WS(t, peer.Silent))
		if code := p.wait(t); code != 4 || !strings.Contains(p.stderr.String(), "not echoed within") {
			t.Errorf("exit code %d and %q", code, p.stderr.String())
		}
		if took := time.Since(began); size == "--size=64B" && took > 4*time.Second { // a close would wait 5
			t.Errorf("it took %v", took)
		}
	}
}

// A server that closes while the message is still on its way to it.
func TestRTTClosedWhileSending(t *testing.T) {
	t.Parallel()
	p := start(t, open(t), "rtt", "--size=16MiB", peer.WS(t, peer.Echo)) // which takes 1 MiB
	if code := p.wait(t); code != 7 || !strings.Contains(p.stdout.String(), "1 sent, 0 received") {
		t.Errorf("exit code %d: %q and %q", code, p.stdout.String(), p.stderr.String())
	}
}

// A server that takes one connection and refuses the next.
func TestRTTNoSecondConnection(t *testing.T) {
	t.Parallel()
	var count atomic.Int32
	url := peer.HTTP(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if count.Add(1) > 1 {
			http.Error(w, "that was all", http.StatusServiceUnavailable)
			return
		}
		peer.Handler(peer.Once).ServeHTTP(w, r)
	}))
	p := start(t, open(t), "rtt", "-i0", url)
	if code := p.wait(t); code != 6 || !strings.Contains(p.stderr.String(), `503 Service Unavailable: "that was all": try again later`) {
		t.Errorf("exit code %d and %q", code, p.stderr.String())
	}
	if !strings.Contains(p.stdout.String(), "1 sent, 1 received") {
		t.Errorf("no summary: %q", p.stdout.String())
	}
}

// gone is an output whose reader has left after so many writes.
type gone struct {
	io.Writer
	left int
	err  error
}

func (g *gone) Write(p []byte) (int, error) {
	if g.left--; g.left < 0 {
		return 0, g.err
	}
	return len(p), nil
}

// `wsclient rtt -n 0 URL | head` ends when head does; a full disk is a failure.
func TestRTTOutputGone(t *testing.T) {
	t.Parallel()
	url := peer.WS(t, peer.Echo)
	for err, want := range map[error]int{syscall.EPIPE: 0, syscall.ENOSPC: 1} {
		for left := range 3 {
			var stderr output
			args := []string{"rtt", "-n0", "-i0", url}
			code := run(context.Background(), args, func(string) string { return "" }, open(t), &gone{nil, left, err}, &stderr)
			if code != want || (stderr.String() == "") != (want == 0) {
				t.Errorf("%v after %d writes: exit code %d and %q", err, left, code, stderr.String())
			}
		}
	}
}
