package endpoints_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/endpoints"
	"wslab/wsserver/testserver"
)

// end is how a conversation ended, as the endpoint told the handler.
type end struct {
	asked url.Values
	err   error
}

// watch serves the endpoint at path, and tells how each conversation ended.
func watch(t *testing.T, path string) (*testserver.Server, <-chan end) {
	t.Helper()
	ends := make(chan end, 100)
	server := testserver.New(t, 100)
	e, ok := endpoints.Lookup(path)
	if !ok {
		t.Fatalf("there is no %s", path)
	}
	serve := e.Serve
	e.Serve = func(ctx context.Context, c *connections.Conn, r endpoints.Request) error {
		err := serve(ctx, c, r)
		ends <- end{r.HTTP.URL.Query(), err}
		return err
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { server.Serve(w, r, e) }))
	t.Cleanup(s.Close)
	server.URL = "ws" + strings.TrimPrefix(s.URL, "http")
	return server, ends
}

// within waits for a conversation to end.
func within(t *testing.T, ends <-chan end, d time.Duration) end {
	t.Helper()
	select {
	case e := <-ends:
		return e
	case <-time.After(d):
		t.Fatalf("the conversation has not ended after %v", d)
		return end{}
	}
}

// dial connects with options, and cuts the connection when the test ends.
func dial(t *testing.T, url string, options *websocket.DialOptions) *websocket.Conn {
	t.Helper()
	c, _, err := websocket.Dial(testserver.Context(t), url, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.CloseNow() })
	return c
}

// readText reads a message, which must be text.
func readText(t *testing.T, c *websocket.Conn) string {
	t.Helper()
	typ, data, err := c.Read(testserver.Context(t))
	if err != nil || typ != websocket.MessageText {
		t.Fatalf("read %v %q, %v; want text", typ, data, err)
	}
	return string(data)
}

// readJSON reads a text message into a T. Fields that T has not are mistakes.
func readJSON[T any](t *testing.T, c *websocket.Conn) (v T) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(readText(t, c)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// refused connects where that must fail, and returns the answer and its body.
func refused(t *testing.T, url string, options *websocket.DialOptions) (*http.Response, string) {
	t.Helper()
	c, resp, err := websocket.Dial(testserver.Context(t), url, options)
	if err == nil {
		c.CloseNow()
		t.Fatalf("%s was opened", url)
	}
	if resp == nil {
		t.Fatal(err)
	}
	var body strings.Builder
	if resp.Body != nil {
		buffer := make([]byte, 4096)
		n, _ := resp.Body.Read(buffer)
		body.Write(buffer[:n])
	}
	return resp, body.String()
}

// expectEcho sends a message and wants it back.
func expectEcho(t *testing.T, c *websocket.Conn) {
	t.Helper()
	testserver.Send(t, c, websocket.MessageText, emoji)
	testserver.Expect(t, c, websocket.MessageText, emoji)
}
