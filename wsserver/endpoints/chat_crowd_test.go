package endpoints_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

// crowd is n members of a room who have seen each other join.
func crowd(t *testing.T, server *testserver.Server, room string, n int) []*websocket.Conn {
	t.Helper()
	all := make([]*websocket.Conn, n)
	for i := range all {
		all[i] = server.Dial(t, fmt.Sprintf("/chat?room=%s&name=%d", room, i))
	}
	for _, c := range all {
		for readJSON[event](t, c).Members < n {
		}
	}
	return all
}

// All get the same messages in the same order, the senders too, whoever else is sending.
func TestChatOrder(t *testing.T) {
	t.Parallel()
	const clients, each = 8, 200
	all := crowd(t, testserver.New(t, clients), "order", clients)
	ctx := testserver.Context(t)
	got := make(chan string, clients)
	for i, c := range all {
		go func() {
			for n := range each {
				c.Write(ctx, websocket.MessageText, fmt.Appendf(nil, "%d.%d", i, n))
			}
		}()
		go func() { got <- readN(ctx, c, clients*each) }()
	}
	first := <-got
	if n := strings.Count(first, `"type":"message"`); n != clients*each {
		t.Errorf("one got %d messages, want %d", n, clients*each)
	}
	for range clients - 1 {
		if <-got != first {
			t.Error("two members got different messages, or in another order")
		}
	}
}

func readN(ctx context.Context, c *websocket.Conn, n int) string {
	var all strings.Builder
	for range n {
		_, data, err := c.Read(ctx)
		if err != nil {
			return err.Error()
		}
		all.Write(data)
	}
	return all.String()
}

// One who does not read is thrown out, with 1008, and nobody waits for that one.
func TestChatSlowMember(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 3)
	server.WriteTimeout = time.Minute // which would cut a stalled member as well, with no code
	all := crowd(t, server, "slow", 3)
	stalled := all[2]
	stalled.SetReadLimit(-1)
	slowest := time.Duration(0)
	dropped := event{Type: "leave", Room: "slow", Name: "2", Members: 2, Reason: "too slow"}
	text := strings.Repeat("x", 16<<10)
	for n := 0; ; n++ {
		if n == 3000 {
			t.Fatal("48 MiB later the stalled member is still there")
		}
		started := time.Now()
		testserver.Send(t, all[0], websocket.MessageText, text)
		first, second := readJSON[event](t, all[0]), readJSON[event](t, all[1])
		if first != second {
			t.Fatalf("%+v and %+v", first, second)
		}
		slowest = max(slowest, time.Since(started))
		if first.Type == "leave" {
			if first != dropped {
				t.Errorf("left: %+v, want %+v", first, dropped)
			}
			break
		}
	}
	if slowest > time.Second {
		t.Errorf("a message took %v with a stalled member in the room", slowest)
	}
	testserver.ExpectClose(t, stalled, websocket.StatusPolicyViolation)
}

// Who sends much more than it reads is slowed down, instead of throwing others out.
func TestChatFloodingMember(t *testing.T) {
	t.Parallel()
	const n = 20_000
	all := crowd(t, testserver.New(t, 3), "flooding", 3)
	ctx := testserver.Context(t)
	got := make(chan string, len(all))
	for _, c := range all {
		go func() { got <- readN(ctx, c, n) }()
	}
	for range n {
		testserver.Send(t, all[0], websocket.MessageText, "x")
	}
	for range all {
		if messages := strings.Count(<-got, `"type":"message"`); messages != n {
			t.Errorf("a member got %d messages, want %d", messages, n)
		}
	}
}
