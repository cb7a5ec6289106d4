package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/peer"
)

const (
	number = `\d+\.\d{3}`
	fours  = `min/median/p99/max ` + number + `/` + number + `/` + number + `/` + number + ` ms`
)

func matches(t *testing.T, text, pattern string) {
	t.Helper()
	if !regexp.MustCompile(`(?s)\A` + pattern + `\z`).MatchString(text) {
		t.Errorf("%q does not match %s", text, pattern)
	}
}

func trips(from, to int, more string) (pattern string) {
	for seq := from; seq <= to; seq++ {
		pattern += fmt.Sprintf("seq=%d time=%s ms%s\n", seq, number, more)
	}
	return pattern
}

func TestRTT(t *testing.T) {
	t.Parallel()
	greeting := peer.WS(t, peer.Greet)
	for _, tc := range []struct {
		name, url string
		args      []string
		want      string
	}{
		{"echo", peer.WS(t, peer.Echo), []string{"-n3"},
			trips(1, 3, "") + "\n3 sent, 3 received, round trip " + fours + ", handshake " + number + " ms\n"},
		{"greeting", greeting, []string{"-n2"}, trips(1, 2, "") + "\n2 sent, 2 received.*"},
		{"compressed", greeting, []string{"-n2", "--compress", "--size=2KiB"}, trips(1, 2, "") + "\n2 sent, 2 received.*"},
		{"one message a connection", peer.WS(t, peer.Once), []string{"-n3"},
			trips(1, 1, "") + trips(2, 3, " handshake="+number+" ms") +
				"\n3 sent, 3 received, round trip " + fours + ", 3 handshakes " + fours + "\n"},
		{"new connections", greeting, []string{"-n2", "--reconnect"},
			trips(1, 1, "") + trips(2, 2, " handshake="+number+" ms") + "\n2 sent, 2 received.*, 2 handshakes .*"},
		{"quiet", greeting, []string{"-n2", "-q"}, "\n2 sent, 2 received.*"},
		{"larger than --max-message", greeting, []string{"-n1", "--max-message=1KiB", "-s", "2KiB"}, trips(1, 1, "") + "\n1 sent, 1 received.*"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := start(t, open(t), append([]string{"rtt", "-i0", tc.url}, tc.args...)...)
			if code := p.wait(t); code != 0 || p.stderr.String() != "" {
				t.Errorf("exit code %d, %s", code, p.stderr.String())
			}
			matches(t, p.stdout.String(), `rtt `+tc.url+`/echo \(127\.0\.0\.1:\d+\): \d+ bytes, handshake `+number+" ms\n"+tc.want)
		})
	}
}

func TestRTTJSON(t *testing.T) {
	t.Parallel()
	p := start(t, open(t), "rtt", "--json", "-n2", "-i0", "-s16", peer.WS(t, peer.Once)+"/rtt?a=b")
	p.wait(t)
	stats := `\{"min":N,"median":N,"p99":N,"max":N\}`
	matches(t, p.stdout.String(), strings.ReplaceAll(
		`\{"event":"open","url":"ws://[^"]+/rtt\?a=b","address":"127[^"]+","size":16,"handshake_ms":N\}\n`+
			`\{"event":"trip","seq":1,"time_ms":N\}\n`+`\{"event":"trip","seq":2,"time_ms":N,"handshake_ms":N\}\n`+
			`\{"event":"summary","sent":2,"received":2,"round_trip_ms":`+stats+`,"handshakes":2,"handshake_ms":`+stats+`\}\n`, "N", number))
}

func TestRTTInterval(t *testing.T) {
	t.Parallel()
	began := time.Now()
	p := start(t, open(t), "rtt", "-n3", "-i100ms", peer.WS(t, peer.Echo))
	if code, took := p.wait(t), time.Since(began); code != 0 || took < 200*time.Millisecond {
		t.Errorf("exit code %d after %v", code, took)
	}
}

// What is measured is the server's time, not less and not much more.
func TestRTTMeasures(t *testing.T) {
	t.Parallel()
	const delay = 50 * time.Millisecond
	url := peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
		_, data, _ := c.Read(ctx)
		time.Sleep(delay)
		c.Write(ctx, websocket.MessageText, data)
		c.Close(websocket.StatusNormalClosure, "")
	})
	p := start(t, open(t), "rtt", "-n1", url)
	p.wait(t)
	var took float64
	if _, err := fmt.Sscanf(p.stdout.String()[strings.Index(p.stdout.String(), "seq=1"):], "seq=1 time=%f ms", &took); err != nil || took < 50 || took > 5000 {
		t.Errorf("%v, %v: %s", took, err, p.stdout.String())
	}
}
