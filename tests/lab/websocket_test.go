//go:build lab

package lab

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

func echoes(t *testing.T, c *websocket.Conn, typ websocket.MessageType, message string) {
	t.Helper()
	ctx := within(t, 20*time.Second)
	if err := c.Write(ctx, typ, []byte(message)); err != nil {
		t.Fatal(err)
	}
	gotType, got, err := c.Read(ctx)
	if err != nil || gotType != typ || string(got) != message {
		t.Fatalf("sent %d bytes %.40q, read %d bytes %.40q, %v", len(message), message, len(got), got, err)
	}
}

// By name the client sends SNI, by address it cannot (RFC 6066, section 3).
func TestEchoEverywhere(t *testing.T) {
	t.Parallel()
	for _, url := range wsURLs() {
		t.Run(url, func(t *testing.T) {
			t.Parallel()
			c := dial(t, url+"/echo", nil)
			echoes(t, c, websocket.MessageText, "héllo 👩‍🚀")
			echoes(t, c, websocket.MessageBinary, "\x00\xff")
			echoes(t, c, websocket.MessageText, strings.Repeat("x", 1<<20))
		})
	}
}

func TestGreetings(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/":    `Connected to "/". No endpoint specified...`,
		"/foo": `Connected to "/foo"...`,
		"/bar": `Connected to "/bar"...`,
	} {
		for _, base := range []string{"ws://wsserver:10081", "wss://wsserver:10443"} {
			c := dial(t, base+path, nil)
			if _, got, err := c.Read(within(t, 10*time.Second)); err != nil || string(got) != want {
				t.Errorf("%s%s greets with %q, %v; want %q", base, path, got, err, want)
			}
			echoes(t, c, websocket.MessageText, "after the greeting")
		}
	}
}

func TestRTTCloses(t *testing.T) {
	t.Parallel()
	c := dial(t, "wss://ws.example.com:10443/rtt", nil)
	echoes(t, c, websocket.MessageText, "once")
	if _, _, err := c.Read(within(t, 10*time.Second)); websocket.CloseStatus(err) != websocket.StatusNormalClosure {
		t.Errorf("closed with %v, want 1000", err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, path, origin string
		status             int
		says               string
	}{
		{"unknown endpoint", "/nothing", "", http.StatusNotFound, "the endpoints are / /abort /auth /bar"},
		{"foreign page", "/echo", "https://evil.example", http.StatusForbidden, "ALLOWED_ORIGINS"},
		{"page without origin", "/echo", "null", http.StatusForbidden, "ALLOWED_ORIGINS"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			if tc.origin != "" {
				header.Set("Origin", tc.origin)
			}
			c, resp, err := websocket.Dial(within(t, 10*time.Second), "ws://wsserver:10081"+tc.path, &websocket.DialOptions{HTTPHeader: header})
			if err == nil {
				c.CloseNow()
				t.Fatal("the connection was opened")
			}
			if resp == nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != tc.status || !strings.Contains(string(body), tc.says) {
				t.Errorf("got %s %s, want %d and %q", resp.Status, body, tc.status, tc.says)
			}
		})
	}
}

// The lab's own page, wherever it was opened.
func TestOwnOrigins(t *testing.T) {
	t.Parallel()
	origins := []string{"http://localhost:8080", "https://localhost:8443", "http://127.0.0.1:8080", "http://[::1]:8080"}
	for _, host := range webHosts() {
		origins = append(origins, "http://"+host, "https://"+host)
	}
	for _, origin := range origins {
		dial(t, "ws://wsserver:10081/echo", http.Header{"Origin": {origin}})
	}
}
