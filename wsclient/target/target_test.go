package target

import (
	"errors"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text, host, hostPort, echo, other, plain string
		secure                                   bool
	}{
		{"ws://localhost:10081", "localhost", "localhost:10081", "ws://localhost:10081/echo", "wss://localhost:10081", "http://localhost:10081/", false},
		{"WSS://localhost/", "localhost", "localhost:443", "wss://localhost/", "ws://localhost/", "https://localhost/", true},
		{"ws://localhost?a=b", "localhost", "localhost:80", "ws://localhost/echo?a=b", "wss://localhost?a=b", "http://localhost/", false},
		{"wss://[::1]:10443/a%20b?c=%23", "::1", "[::1]:10443", "wss://[::1]:10443/a%20b?c=%23", "ws://[::1]:10443/a%20b?c=%23", "https://[::1]:10443/", true},
		{"ws://me:secret@h:1/x", "h", "h:1", "ws://me:xxxxx@h:1/x", "wss://me:xxxxx@h:1/x", "http://h:1/", false},
	} {
		u, err := Parse(tc.text)
		if err != nil {
			t.Errorf("%s: %v", tc.text, err)
			continue
		}
		for got, want := range map[string]string{
			u.Host(): tc.host, u.HostPort(): tc.hostPort, u.WithPath("/echo").String(): tc.echo, u.Other().String(): tc.other, u.Plain("/"): tc.plain,
		} {
			if got != want {
				t.Errorf("%s: got %q, want %q", tc.text, got, want)
			}
		}
		if u.Secure() != tc.secure {
			t.Errorf("%s: secure %v", tc.text, u.Secure())
		}
		if !strings.EqualFold(u.Full(), tc.text) {
			t.Errorf("%s became %s", tc.text, u.Full())
		}
	}
}

func TestParseWhatIsNoURL(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"":                          "accepted: ws://HOST[:PORT][/PATH]",
		"localhost":                 "accepted: wss",
		"wsserver:10443":            "did you mean wss://wsserver:10443?",
		"127.0.0.1:10081/echo":      "did you mean ws://127.0.0.1:10081/echo?",
		"http://localhost:10081/":   "did you mean ws://localhost:10081/?",
		"https://localhost/":        "did you mean wss://localhost/?",
		"ftp://localhost/":          "/PATH])",
		"/echo":                     "/PATH])",
		"ws:localhost":              "accepted",
		"ws://":                     "accepted",
		"ws://:10081":               "accepted",
		"ws://local host":           "accepted",
		"ws://localhost:port":       "accepted",
		"ws://localhost:0":          "from 1 to 65535",
		"ws://localhost:65536":      "from 1 to 65535",
		"ws://localhost/#top":       "#fragment",
		"ws://localhost/#":          "#fragment",
		"you might try this: x:443": "/PATH])",
	} {
		var u URL
		err := u.UnmarshalText([]byte(text))
		if !errors.Is(err, ErrURL) {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if says = strings.TrimPrefix(says, "accepted: wss"); !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %q does not say %q", text, err, says)
		}
	}
}

func TestIsLabName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"wss://wsserver:10443": true, "ws://ws.example.com": true, "ws://websocket.example.com": true,
		"ws://localhost": false, "ws://www.example.com": false, "ws://websocket": false,
	} {
		if u, err := Parse(text); err != nil || u.IsLabName() != want {
			t.Errorf("%s: %v, %v", text, u.IsLabName(), err)
		}
	}
}
