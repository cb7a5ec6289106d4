package endpoints_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

func TestFlood(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	for _, tc := range []struct {
		query   string
		n, size int
	}{
		{"", 1000, 64},
		{"?n=3&size=0", 3, 0},
		{"?n=120&size=2", 120, 2}, // 100 is too long for its message
		{"?n=5000&size=10", 5000, 10},
		{"?n=3&size=1048576", 3, 1 << 20},
	} {
		t.Run(tc.query, func(t *testing.T) {
			t.Parallel()
			c := server.Dial(t, "/flood"+tc.query)
			zeros := strings.Repeat("0", tc.size)
			for i := 1; i <= tc.n; i++ {
				want := zeros + fmt.Sprint(i)
				testserver.Expect(t, c, websocket.MessageText, want[len(want)-tc.size:])
			}
			_, _, err := c.Read(testserver.Context(t))
			var got websocket.CloseError
			if !errors.As(err, &got) || got.Code != websocket.StatusNormalClosure || !strings.HasPrefix(got.Reason, fmt.Sprint(tc.n)) {
				t.Errorf("closed with %v, want 1000 and how many were sent", err)
			}
		})
	}
}

func TestFloodRate(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/flood?n=21&rate=100")
	started := time.Now()
	testserver.ExpectClose(t, c, websocket.StatusNormalClosure)
	if took := time.Since(started); took < 195*time.Millisecond || took > 3*time.Second {
		t.Errorf("21 messages at 100 a second took %v, want 200ms", took)
	}
}

func TestFloodTooMuch(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	for _, query := range []string{"n=1000000&size=1048576", "n=1025&size=1048576", "n=0", "n=1000001", "size=-1", "rate=1.5"} {
		if resp, body := refused(t, server.URL+"/flood?"+query, nil); resp.StatusCode != 400 || body == "" {
			t.Errorf("%s got %s %q", query, resp.Status, body)
		}
	}
}
