package endpoints_test

import (
	"context"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/endpoints"
	"wslab/wsserver/testserver"
)

// lasting are the endpoints whose conversations last until one side ends them, as tests want them.
var lasting = map[string]string{
	"/": "/", "/foo": "/foo", "/bar": "/bar", "/echo": "/echo", "/rtt": "/rtt", "/info": "/info",
	"/time": "/time?every=10ms", "/chat": "/chat?room=lasting", "/ping": "/ping?every=10ms", "/subprotocol": "/subprotocol",
	"/auth": "/auth", "/close": "/close?after=1h", "/abort": "/abort?after=1h", "/slow": "/slow?delay=10m",
	"/flood": "/flood?n=1000000&rate=100", "/fragment": "/fragment", "/violate": "/violate?rule=bad-utf8-text&wait=1m",
	"/silent": "/silent?for=10m",
}

func connect(t *testing.T, server *testserver.Server, path string) *websocket.Conn {
	t.Helper()
	return dial(t, server.URL+path, with(basic("lab", "lab")))
}

// A client that closes is answered with its own code, at once, whatever the endpoint was doing.
func TestEveryEndpointAnswersClose(t *testing.T) {
	t.Parallel()
	for _, e := range endpoints.All() {
		if e.Path == "/status" || e.Path == "/silent" { // never open; and what it is for
			continue
		}
		t.Run(e.Path, func(t *testing.T) {
			t.Parallel()
			server, ends := watch(t, e.Path)
			c := connect(t, server, lasting[e.Path])
			testserver.Send(t, c, websocket.MessageText, "x")
			if e.Path == "/rtt" {
				return // that was its end
			}
			if err := c.Close(4321, "enough"); err != nil {
				t.Errorf("the close was not answered: %v", err)
			}
			if end := within(t, ends, 5*time.Second); websocket.CloseStatus(end.err) != 4321 {
				t.Errorf("the endpoint ended with %v, want the client's 4321", end.err)
			}
		})
	}
}

// A client that goes without a word leaves nothing behind.
func TestEveryEndpointNoticesCut(t *testing.T) {
	t.Parallel()
	for _, e := range endpoints.All() {
		if e.Path == "/status" || e.Path == "/silent" {
			continue
		}
		t.Run(e.Path, func(t *testing.T) {
			t.Parallel()
			server, ends := watch(t, e.Path)
			connect(t, server, lasting[e.Path]).CloseNow()
			if end := within(t, ends, 5*time.Second); end.err == nil {
				t.Error("the endpoint has not noticed")
			}
		})
	}
}

// A server that stops closes every conversation with 1001, and is done with it soon.
func TestEveryEndpointStops(t *testing.T) {
	t.Parallel()
	for _, e := range endpoints.All() {
		if e.Path == "/status" {
			continue
		}
		t.Run(e.Path, func(t *testing.T) {
			t.Parallel()
			server, ends := watch(t, e.Path)
			c := connect(t, server, lasting[e.Path])
			c.SetReadLimit(-1)
			for server.Connections.Len() == 0 {
				time.Sleep(time.Millisecond)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
			defer cancel()
			go server.Connections.CloseAll(ctx)
			select {
			case e := <-ends:
				t.Errorf("the endpoint did not wait for the client's part of the closing handshake: %v", e.err)
			case <-time.After(100 * time.Millisecond):
			}
			testserver.ExpectClose(t, c, websocket.StatusGoingAway)
			if !t.Failed() {
				within(t, ends, 2*time.Second)
			}
		})
	}
}
