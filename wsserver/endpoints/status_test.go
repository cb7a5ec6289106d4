package endpoints_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

// stay is a client that follows no redirect.
var stay = &websocket.DialOptions{HTTPClient: &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}}

func TestStatus(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	for code, header := range map[int]string{
		200: "", 302: "Location", 304: "", 400: "", 401: "WWW-Authenticate", 403: "", 404: "", 405: "Allow",
		407: "Proxy-Authenticate", 418: "", 426: "Upgrade", 503: "Retry-After", 599: "",
	} {
		resp, body := refused(t, fmt.Sprintf("%s/status?code=%d", server.URL, code), stay)
		if resp.StatusCode != code || header != "" && resp.Header.Get(header) == "" {
			t.Errorf("code=%d got %s %v", code, resp.Status, resp.Header)
		}
		if want := fmt.Sprintf("%d %s, as you asked", code, http.StatusText(code)); code != 304 && !strings.Contains(body, want) {
			t.Errorf("code=%d says %q", code, body)
		}
	}
	for _, code := range []string{"100", "101", "199", "201", "299", "600", "x"} {
		if resp, body := refused(t, server.URL+"/status?code="+code, stay); resp.StatusCode != 400 || !strings.Contains(body, "200, or 300 to 599") {
			t.Errorf("code=%s got %s %q", code, resp.Status, body)
		}
	}
}

// A redirect leads to an endpoint that works, for clients that follow it.
func TestStatusRedirect(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	for _, code := range []int{301, 302, 303, 307, 308} {
		c := dial(t, fmt.Sprintf("%s/status?code=%d", server.URL, code), nil)
		expectEcho(t, c)
		expectEcho(t, c) // not /rtt
	}
}
