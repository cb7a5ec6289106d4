package endpoints_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

func TestClose(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 50)
	longest := strings.Repeat("é", 61) + "!" // 123 bytes
	for _, tc := range []struct {
		query string
		want  websocket.CloseError
	}{
		{"", websocket.CloseError{Code: 4000, Reason: "bye"}},
		{"?code=1000&reason=", websocket.CloseError{Code: 1000}},
		{"?code=1003", websocket.CloseError{Code: 1003, Reason: "bye"}},
		{"?code=1007", websocket.CloseError{Code: 1007, Reason: "bye"}},
		{"?code=1014", websocket.CloseError{Code: 1014, Reason: "bye"}},
		{"?code=3000", websocket.CloseError{Code: 3000, Reason: "bye"}},
		{"?code=4999&reason=" + url.QueryEscape(longest), websocket.CloseError{Code: 4999, Reason: longest}},
	} {
		t.Run(tc.query, func(t *testing.T) {
			t.Parallel()
			c := server.Dial(t, "/close"+tc.query)
			_, _, err := c.Read(testserver.Context(t))
			var got websocket.CloseError
			if !errors.As(err, &got) || got != tc.want {
				t.Errorf("closed with %v, want %v", err, tc.want)
			}
		})
	}
}

func TestCloseRefused(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	for _, code := range []int{0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65536} {
		resp, body := refused(t, fmt.Sprintf("%s/close?code=%d", server.URL, code), nil)
		if resp.StatusCode != 400 || !strings.Contains(body, "7.4") {
			t.Errorf("code=%d got %s %q", code, resp.Status, body)
		}
	}
	for _, query := range []string{"reason=" + strings.Repeat("a", 124), "after=-1s", "after=2h"} {
		if resp, _ := refused(t, server.URL+"/close?"+query, nil); resp.StatusCode != 400 {
			t.Errorf("%s got %s", query, resp.Status)
		}
	}
}

func TestCloseAfter(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/close?after=150ms")
	started := time.Now()
	testserver.Send(t, c, websocket.MessageText, "is read, and thrown away")
	testserver.ExpectClose(t, c, 4000)
	if took := time.Since(started); took < 140*time.Millisecond || took > 5*time.Second {
		t.Errorf("closed after %v, want 150ms", took)
	}
}
