package connections_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/testserver"
)

func TestReserve(t *testing.T) {
	t.Parallel()
	r := connections.NewRegistry(1, 0)
	if err := r.Reserve("a"); err != nil {
		t.Fatal(err)
	}
	if err := r.Reserve("a"); !errors.Is(err, connections.ErrFull) {
		t.Fatalf("a second place of one: %v", err)
	}
	r.Release("a")
	if err := r.Reserve("a"); err != nil {
		t.Fatalf("a place given back: %v", err)
	}
	r.Release("a")
	r.CloseAll(t.Context())
	if err := r.Reserve("a"); !errors.Is(err, connections.ErrStopping) {
		t.Fatalf("a place while stopping: %v", err)
	}
}

func TestReserveShare(t *testing.T) {
	t.Parallel()
	r := connections.NewRegistry(10, 1)
	if err := errors.Join(r.Reserve("a"), r.Reserve("b")); err != nil {
		t.Fatal(err)
	}
	if err := r.Reserve("a"); !errors.Is(err, connections.ErrShare) {
		t.Fatalf("a second place for an address with one: %v", err)
	}
	r.Release("a")
	if err := r.Reserve("a"); err != nil {
		t.Fatalf("a place given back: %v", err)
	}
}

func TestFull(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	first := server.Dial(t, "/echo")
	_, resp, err := websocket.Dial(testserver.Context(t), server.URL+"/echo", nil)
	if err == nil || resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
		t.Fatalf("a connection too many got %v, %v", resp, err)
	}
	first.Close(websocket.StatusNormalClosure, "")
	for { // the place comes back
		c, _, err := websocket.Dial(testserver.Context(t), server.URL+"/echo", nil)
		if err == nil {
			c.CloseNow()
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func TestCloseAll(t *testing.T) {
	t.Parallel()
	const n = 200
	server := testserver.New(t, n)
	var clients sync.WaitGroup
	for range n {
		c := server.Dial(t, "/echo")
		clients.Go(func() { testserver.ExpectClose(t, c, websocket.StatusGoingAway) })
	}
	server.Connections.CloseAll(testserver.Context(t))
	clients.Wait()
	if left := server.Connections.Len(); left != 0 {
		t.Errorf("%d connections left", left)
	}
}

// A client that does not answer the close must not hold the server up.
func TestCloseAllCuts(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	server.Dial(t, "/echo") // nobody reads from it
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	started := time.Now()
	server.Connections.CloseAll(ctx)
	if took := time.Since(started); took < 200*time.Millisecond || took > 3*time.Second {
		t.Errorf("took %v, want little more than 200ms", took)
	}
}

// A reader that stops reading loses its connection after the write timeout.
func TestWriteTimeout(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	server.WriteTimeout = 200 * time.Millisecond
	ctx := testserver.Context(t)
	c, _, err := websocket.Dial(ctx, server.URL+"/echo", &websocket.DialOptions{HTTPClient: &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
			if err == nil {
				conn.(*net.TCPConn).SetReadBuffer(4096)
			}
			return conn, err
		},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	message := make([]byte, 1<<20)
	for started := time.Now(); ; {
		if err := c.Write(ctx, websocket.MessageBinary, message); err != nil {
			return // cut, as it should be
		}
		if time.Since(started) > 10*time.Second {
			t.Fatal("the server goes on writing to a client that does not read")
		}
	}
}
