package endpoints_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

// While the server is silent there is no pong; then comes the close.
func TestSilent(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/silent?for=400ms")
	started := time.Now()
	closed := make(chan error, 1)
	go func() {
		_, _, err := c.Read(testserver.Context(t))
		closed <- err
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := c.Ping(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a ping got %v", err)
	}
	if err := <-closed; websocket.CloseStatus(err) != websocket.StatusNormalClosure {
		t.Errorf("closed with %v, want 1000", err)
	}
	if took := time.Since(started); took < 390*time.Millisecond || took > 4*time.Second {
		t.Errorf("closed after %v, want 400ms", took)
	}
}

// What is sent piles up until there is no more space for it between client and server.
func TestSilentBackPressure(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/silent")
	for range 128 { // MiB, far more than two sockets hold
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		err := c.Write(ctx, websocket.MessageBinary, make([]byte, 1<<20))
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			return // as it should
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Error("the server reads")
}
