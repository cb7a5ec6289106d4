package main

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/peer"
)

func TestCat(t *testing.T) {
	t.Parallel()
	echo, greet := peer.WS(t, peer.Echo), peer.WS(t, peer.Greet)
	for _, tc := range []struct {
		name, in string
		args     []string
		out      string
	}{
		{"nothing", "", []string{echo}, ""},
		{"greeting alone", "", []string{greet}, "hello\n"},
		{"lines", "one\ntwo\n", []string{greet + "/foo?a=b"}, "hello\none\ntwo\n"},
		{"empty line", "\n", []string{echo}, "\n"},
		{"Windows lines", "one\r\ntwo\r\n", []string{echo}, "one\ntwo\n"},
		{"no end of line", "one\ntwo", []string{echo}, "one\ntwo\n"},
		{"emoji", "héllo 👩‍🚀\n", []string{echo}, "héllo 👩‍🚀\n"},
		{"one message", "one\ntwo", []string{"-m", echo}, "one\ntwo\n"},
		{"binary lines", "one\n\xfftwo\n", []string{"-b", echo}, "one\xfftwo"},
		{"binary as it is", "\x00\r\n\xff", []string{"--binary", "--message", echo}, "\x00\r\n\xff"},
		{"compressed", strings.Repeat("wslab ", 200), []string{"--compress", echo}, strings.Repeat("wslab ", 200) + "\n"},
		{"as long as is allowed", "12345\r\n12345", []string{"--max-message=5B", echo}, "12345\n12345\n"},
		{"JSON", "<a>\n\n", []string{"--json", echo}, `{"event":"message","text":"<a>"}` + "\n" + `{"event":"message","text":""}` + "\n"},
		{"JSON of binary", "\xff\x00", []string{"--json", "-bm", echo}, `{"event":"message","base64":"/wA="}` + "\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"cat", "--linger=50ms"}, tc.args...)
			start(t, strings.NewReader(tc.in), args...).want(t, 0, tc.out)
		})
	}
}

// Not one answer is lost, however many are under way when the input ends.
func TestCatManyLines(t *testing.T) {
	t.Parallel()
	lines := strings.Repeat("a line of text\n", 20000)
	start(t, strings.NewReader(lines), "cat", "--linger=0", peer.WS(t, peer.Echo)).want(t, 0, lines)
}

// A server that takes its time for each answer has it, with no --linger to speak of.
func TestCatSlowServer(t *testing.T) {
	t.Parallel()
	url := peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
		for {
			typ, data, err := c.Read(ctx)
			time.Sleep(150 * time.Millisecond)
			if err != nil || c.Write(ctx, typ, data) != nil {
				return
			}
		}
	})
	start(t, strings.NewReader("a\nb\nc\n"), "cat", "--linger=0", "--timeout=250ms", url).want(t, 0, "a\nb\nc\n")
}

func TestCatLinger(t *testing.T) {
	t.Parallel()
	url := peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
		_, _, err := c.Read(ctx)
		ctx = c.CloseRead(ctx)
		for ; err == nil; err = c.Write(ctx, websocket.MessageText, []byte("late")) {
			time.Sleep(100 * time.Millisecond)
		}
	})
	began := time.Now()
	p := start(t, strings.NewReader("a\n"), "cat", "--linger=500ms", url)
	if code, took := p.wait(t), time.Since(began); code != 0 || took < 500*time.Millisecond || !strings.HasPrefix(p.stdout.String(), "late\nlate\n") {
		t.Errorf("exit code %d after %v: %q", code, took, p.stdout.String())
	}
}

// What is sent to the server at the end tells it why.
func TestCatCloses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in   io.Reader
		want websocket.StatusCode
		say  string
	}{
		"input ended": {none(), websocket.StatusNormalClosure, "a"},
		"Ctrl-C":      {open(t), websocket.StatusGoingAway, "a"},
		"not UTF-8":   {open(t), websocket.StatusInvalidFramePayloadData, "\xff"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			closed := make(chan error, 1)
			p := start(t, tc.in, "cat", "--linger=10ms", peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
				peer.Say(tc.say)(ctx, c)
				_, _, err := c.Read(ctx)
				closed <- err
			}))
			if tc.want == websocket.StatusGoingAway {
				p.says(t, "a\n")
				p.interrupt()
			}
			if code := p.wait(t); (code == 0) != (tc.say == "a") {
				t.Errorf("exit code %d, %s", code, p.stderr.String())
			}
			if err := <-closed; websocket.CloseStatus(err) != tc.want {
				t.Errorf("it closed with %v", err)
			}
		})
	}
}

func TestCatInterruptedLater(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]time.Duration{"lingers": 0, "waits for a pong": 300 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			closed := make(chan error, 1)
			p := start(t, none(), "cat", "--linger=1h", peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
				peer.Say("hello")(ctx, c)
				time.Sleep(late)
				_, _, err := c.Read(ctx)
				closed <- err
			}))
			p.says(t, "hello\n")
			time.Sleep(50 * time.Millisecond)
			p.interrupt()
			p.want(t, 0, "hello\n")
			if err := <-closed; websocket.CloseStatus(err) != websocket.StatusGoingAway {
				t.Errorf("it closed with %v", err)
			}
		})
	}
}
