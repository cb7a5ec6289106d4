package endpoints_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

// Messages come late, each by the same time, in order; a ping among them is answered at once.
func TestSlow(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/slow?delay=300ms")
	started := time.Now()
	const n = 50
	for i := range n {
		testserver.Send(t, c, websocket.MessageText, fmt.Sprint(i))
	}
	read := make(chan time.Duration, n)
	go func() {
		for i := range n {
			testserver.Expect(t, c, websocket.MessageText, fmt.Sprint(i))
			read <- time.Since(started)
		}
	}()
	if err := c.Ping(testserver.Context(t)); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(started); took >= 300*time.Millisecond {
		t.Errorf("the pong came after %v, as late as the messages", took)
	}
	for range n {
		if took := <-read; took < 300*time.Millisecond || took > 2*time.Second {
			t.Errorf("a message came after %v, want little more than 300ms", took)
		}
	}
}

// With the queue full the server reads no further, and goes on when it has space again.
func TestSlowBackPressure(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/slow?delay=200ms")
	const n, size = 5, 200 << 10 // no two of these are held at the same time
	go func() {
		for range n {
			c.Write(testserver.Context(t), websocket.MessageBinary, make([]byte, size))
		}
	}()
	started := time.Now()
	for range n {
		testserver.Expect(t, c, websocket.MessageBinary, string(make([]byte, size)))
	}
	if took := time.Since(started); took < (n-1)*150*time.Millisecond {
		t.Errorf("%d messages of %d bytes took %v: more than one was held", n, size, took)
	}
}
