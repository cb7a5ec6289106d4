//go:build lab

package lab

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// Not parallel: it stops the WebSocket server, and starts it again.
func TestStopWith500Connections(t *testing.T) {
	const n = 500
	c := service(t, "wsserver")
	var open []*websocket.Conn
	for i := range n {
		open = append(open, dial(t, []string{"ws://wsserver:10081/echo", "wss://wsserver:10443/echo"}[i%2], nil))
	}
	ended := make(chan error, n)
	var clients sync.WaitGroup
	for _, conn := range open {
		clients.Go(func() {
			if _, _, err := conn.Read(within(t, 20*time.Second)); websocket.CloseStatus(err) != websocket.StatusGoingAway {
				ended <- fmt.Errorf("closed with %v, want 1001", err)
			}
		})
	}
	started := time.Now()
	c.do(t, "kill?signal=SIGTERM")
	code := c.wait(t)
	took := time.Since(started)
	clients.Wait()
	c.do(t, "start")
	c.waitHealthy(t)
	t.Logf("stopped with %d connections in %v", n, took)
	if code != 0 || took > 5*time.Second {
		t.Errorf("exit code %d after %v, want 0 within 5s", code, took)
	}
	close(ended)
	for err := range ended {
		t.Error(err)
	}
}
