package main

import (
	"context"
	"strings"
	"syscall"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsclient/peer"
)

// The exit code tells how the server ended the connection, while there is still input.
func TestCatClosed(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		talk peer.Talk
		code int
		says string
	}{
		{"1000", peer.CloseWith(1000, "done"), 0, ""},
		{"no code", peer.CloseWith(1005, ""), 0, ""},
		{"1001", peer.CloseWith(1001, ""), 7, "closed with 1001 going away (the server stops, or the page was left): the server gave no reason"},
		{"1011", peer.CloseWith(1011, "no\x1bdisk"), 7, `1011 internal error (the server met something that it did not expect): the server's reason: "no\x1bdisk"`},
		{"3000", peer.CloseWith(3000, ""), 7, "3000 registered"},
		{"4999", peer.CloseWith(4999, "bye"), 7, "4999 private use"},
		{"cut", peer.Say(), 7, "1006 abnormal closure (the connection ended without a close frame): look at what the server logged: `make logs`"},
		{"not UTF-8", func(ctx context.Context, c *websocket.Conn) { peer.Say("\xff")(ctx, c); peer.Echo(ctx, c) }, 7, "1007 invalid payload data"},
		{"too big", func(ctx context.Context, c *websocket.Conn) { peer.Say("12345678901")(ctx, c); peer.Echo(ctx, c) }, 7,
			"1009 message too big (a message was longer than is accepted): it was this client that closed: give a larger `--max-message`"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := start(t, open(t), "cat", "--max-message=10", peer.WS(t, tc.talk))
			p.want(t, tc.code, "")
			if !strings.Contains(p.stderr.String(), tc.says) {
				t.Errorf("%q, want %q", p.stderr.String(), tc.says)
			}
		})
	}
}

func TestCatJSONClose(t *testing.T) {
	t.Parallel()
	p := start(t, open(t), "cat", "--json", peer.WS(t, peer.CloseWith(4000, `"bye"`)))
	p.want(t, 7, `{"event":"close","code":4000,"reason":"\"bye\""}`+"\n")
}

// `wsclient cat URL | head` ends when head does, whether or not more input comes.
func TestCatOutputGone(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]int{syscall.EPIPE: 0, syscall.ENOSPC: 1} {
		var stderr output
		code := run(context.Background(), []string{"cat", peer.WS(t, peer.Greet)}, func(string) string { return "" }, open(t), &gone{nil, 0, err}, &stderr)
		if code != want || (stderr.String() == "") != (want == 0) {
			t.Errorf("%v: exit code %d and %q", err, code, stderr.String())
		}
	}
}

// A server that goes while it is being sent to: what it said last counts, not the failed write.
func TestCatClosedWhileSending(t *testing.T) {
	t.Parallel()
	url := peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
		c.Read(ctx)
		c.Close(websocket.StatusPolicyViolation, "enough")
	})
	p := start(t, strings.NewReader(strings.Repeat("line\n", 1<<20)), "cat", url)
	if code := p.wait(t); code != 7 {
		t.Errorf("exit code %d: %s", code, p.stderr.String())
	}
}

// A server that does not answer the closing handshake leaves the connection without an end.
func TestCatCloseNotAnswered(t *testing.T) {
	t.Parallel()
	p := start(t, none(), "cat", "--linger=0", "--timeout=100ms", peer.WS(t, peer.Silent))
	if code := p.wait(t); code != 7 || !strings.Contains(p.stderr.String(), "1006") {
		t.Errorf("exit code %d: %s", code, p.stderr.String())
	}
}
