package endpoints_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/endpoints"
	"wslab/wsserver/testserver"
)

func TestAbort(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	e, _ := endpoints.Lookup("/abort")
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { server.Serve(w, r, e) }))
	t.Cleanup(secure.Close)
	for _, tc := range []struct {
		name, url string
		want      error
	}{
		{"fin", server.URL + "/abort?after=50ms", io.EOF},
		{"rst", server.URL + "/abort?after=50ms&how=rst", syscall.ECONNRESET},
		{"fin over TLS", secure.URL + "/abort?after=50ms", io.EOF},
		{"rst over TLS", secure.URL + "/abort?after=50ms&how=rst", syscall.ECONNRESET},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			started := time.Now()
			c := dial(t, tc.url, &websocket.DialOptions{HTTPClient: secure.Client()})
			_, _, err := c.Read(testserver.Context(t))
			if !errors.Is(err, tc.want) || websocket.CloseStatus(err) != -1 {
				t.Errorf("ended with %v, want %v", err, tc.want)
			}
			if took := time.Since(started); took < 50*time.Millisecond {
				t.Errorf("cut after %v already", took)
			}
		})
	}
	if resp, body := refused(t, server.URL+"/abort?how=gently", nil); resp.StatusCode != 400 || !strings.Contains(body, "fin, rst") {
		t.Errorf("how=gently got %s %q", resp.Status, body)
	}
}
