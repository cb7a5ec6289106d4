package main

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"wslab/wsclient/peer"
)

// refuses runs a command that is to fail before the connection is open.
func refuses(t *testing.T, code int, says string, args ...string) {
	t.Helper()
	p := start(t, open(t), append([]string{"cat"}, args...)...)
	if got := p.wait(t); got != code || !strings.Contains(p.stderr.String(), says) {
		t.Errorf("exit code %d and %q, want %d and %q", got, p.stderr.String(), code, says)
	}
	said := p.stderr.String()
	if p.stdout.String() != "" || !strings.HasPrefix(said, "wsclient: ") || strings.Count(said, "\n") != 1 {
		t.Errorf("not one line on stderr alone: %q and %q", p.stdout.String(), said)
	}
}

func hold(c net.Conn) { io.Copy(io.Discard, c) }

func TestNotReached(t *testing.T) {
	t.Parallel()
	free, silent := peer.Free(t), peer.TCP(t, hold)
	for _, tc := range []struct {
		name, url string
		code      int
		says      string
	}{
		// Two dots make a name that no DNS server needs to be asked for.
		{"no such name", "ws://no..such:10081", 3, `name not found: there is no "no..such": check the spelling`},
		{"nothing listens", "ws://" + free, 4, "nothing listens on " + free + " (connection refused): start the lab with `make up`"},
		{"nothing listens, wss", "wss://" + free, 4, "nothing listens on " + free},
		{"no route", "ws://255.255.255.255:10081", 4, "cannot reach 255.255.255.255:10081"},
		{"no handshake", "ws://" + silent, 4, "did not answer the handshake within 300ms"},
		{"no TLS", "wss://" + silent, 4, "sent no TLS within 300ms: does it speak plain ws:// on this port? Try ws://" + silent},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			refuses(t, tc.code, tc.says, "--timeout=300ms", tc.url)
		})
	}
}

func TestInterruptedWhileConnecting(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"rtt", "cat", "info"} {
		p := start(t, open(t), command, "ws://"+peer.TCP(t, hold))
		time.Sleep(50 * time.Millisecond)
		p.interrupt()
		if code := p.wait(t); code != 1 || !strings.Contains(p.stderr.String(), "stopped before the connection was open") {
			t.Errorf("%s: exit code %d and %q", command, code, p.stderr.String())
		}
	}
}
