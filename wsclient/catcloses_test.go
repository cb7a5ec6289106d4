package main

import (
	"bufio"
	"context"
	"net"
	"net/http"
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

// after is a server that shakes hands, sends these bytes, and then what else.
func after(t *testing.T, frames string, then peer.Talk) string {
	return peer.HTTP(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hijacked := &hijack{ResponseWriter: w}
		c, err := websocket.Accept(hijacked, r, nil)
		if err != nil {
			return
		}
		hijacked.conn.Write([]byte(frames))
		then(context.Background(), c)
		c.CloseNow()
	}))
}

type hijack struct {
	http.ResponseWriter
	conn net.Conn
}

// Hijack keeps the connection, for bytes that are not frames.
func (h *hijack) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := h.ResponseWriter.(http.Hijacker).Hijack()
	h.conn = conn
	return conn, rw, err
}

// Violations are the client's to find, whether the library does or not.
func TestCatViolations(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ frames, says string }{
		"reserved opcode":        {"\x83\x00", "unknown opcode"},
		"masked":                 {"\x81\x02hi\x81\x82abcdhi", "masked frame, against RFC 6455, section 5.1"},
		"length too long":        {"\x81\x02hi\x81\x7e\x00\x02hi", "section 5.2"},
		"close code not legal":   {"\x88\x02\x03\xed", "invalid status code"},
		"reason that is no text": {"\x88\x03\x03\xe8\xff", `1000 and a reason that is not UTF-8`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, open(t), "cat", after(t, tc.frames, peer.Echo))
			if code := p.wait(t); code != 7 || !strings.Contains(p.stderr.String(), tc.says) {
				t.Errorf("exit code %d and %q, want 7 and %q", code, p.stderr.String(), tc.says)
			}
		})
	}
}

// The server learns that it broke the protocol.
func TestViolationsAreAnswered(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"cat", "rtt"} {
		closed := make(chan error, 1)
		p := start(t, open(t), command, after(t, "\x81\x82abcdhi", func(ctx context.Context, c *websocket.Conn) {
			for err := error(nil); err == nil; {
				if _, _, err = c.Read(ctx); err != nil {
					closed <- err
				}
			}
		}))
		if code := p.wait(t); code != 7 {
			t.Errorf("%s: exit code %d: %s", command, code, p.stderr.String())
		}
		if err := <-closed; websocket.CloseStatus(err) != websocket.StatusProtocolError {
			t.Errorf("%s closed with %v", command, err)
		}
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
