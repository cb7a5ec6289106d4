package endpoints_test

import (
	"context"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

type trip struct {
	N     int     `json:"n"`
	RTT   float64 `json:"rtt_ms"`
	Error string  `json:"error"`
}

func TestPing(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	pings := 0
	c := dial(t, server.URL+"/ping?every=20ms", &websocket.DialOptions{OnPingReceived: func(context.Context, []byte) bool {
		pings++
		time.Sleep(30 * time.Millisecond)
		return true
	}})
	for n := 1; n <= 3; n++ {
		got := readJSON[trip](t, c)
		if got.N != n || got.RTT < 30 || got.RTT > 5000 || got.Error != "" {
			t.Errorf("report %d is %+v, want a round trip of a little over 30 ms", n, got)
		}
	}
	if pings != 3 {
		t.Errorf("%d pings came for 3 reports", pings)
	}
}

func TestPingWithoutPong(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	answer := true
	c := dial(t, server.URL+"/ping?every=10ms&timeout=100ms", &websocket.DialOptions{OnPingReceived: func(context.Context, []byte) bool {
		answer = !answer
		return !answer
	}})
	if got := readJSON[trip](t, c); got.N != 1 || got.RTT == 0 || got.Error != "" {
		t.Errorf("the first report is %+v", got)
	}
	if got := readJSON[trip](t, c); got.N != 2 || got.RTT != 0 || got.Error == "" {
		t.Errorf("the second report, without a pong, is %+v", got)
	}
	testserver.ExpectClose(t, c, websocket.StatusPolicyViolation)
}
