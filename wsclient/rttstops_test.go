package main

import (
	"context"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/peer"
)

func TestRTTInterrupted(t *testing.T) {
	t.Parallel()
	closed := make(chan error, 1)
	url := peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
		peer.EchoN(ctx, c, 1)
		_, _, err := c.Read(ctx)
		closed <- err
	})
	p := start(t, open(t), "rtt", "-n0", "-i1h", url)
	p.says(t, "seq=1")
	p.interrupt()
	if code := p.wait(t); code != 0 || p.stderr.String() != "" {
		t.Errorf("exit code %d, %s", code, p.stderr.String())
	}
	matches(t, p.stdout.String(), "rtt .*seq=1 time="+number+" ms\n\n1 sent, 1 received, round trip.*")
	if code := websocket.CloseStatus(<-closed); code != websocket.StatusGoingAway {
		t.Errorf("it closed with %d", code)
	}
}

func TestRTTInterruptedWhileWaiting(t *testing.T) {
	t.Parallel()
	p := start(t, open(t), "rtt", peer.WS(t, func(ctx context.Context, c *websocket.Conn) { c.CloseRead(ctx); <-ctx.Done() }))
	p.says(t, "handshake")
	p.interrupt()
	p.wait(t)
	matches(t, p.stdout.String(), "rtt [^\n]*\n\n[01] sent, 0 received, handshake "+number+" ms\n")
}

// The connection is read between two round trips as well: a server may ping, or send much.
func TestRTTReadsMeanwhile(t *testing.T) {
	t.Parallel()
	pinged := make(chan error, 1)
	url := peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
		peer.EchoN(ctx, c, 1)
		peer.Say("a", "b", "c")(ctx, c)
		go c.Read(ctx)
		pinged <- c.Ping(ctx)
	})
	p := start(t, open(t), "rtt", "-i1h", url)
	p.says(t, "seq=1")
	select {
	case err := <-pinged:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("no pong")
	}
}
