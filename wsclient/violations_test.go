package main

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsclient/peer"
)

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
