package endpoints

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/ping",
		Group:   Insight,
		Summary: `pings you, and sends each round trip as JSON: {"n":1,"rtt_ms":0.42}`,
		Details: `When a pong does not come in time, it sends {"n":2,"error":"…"} and closes with 1008.`,
		Params: []params.Param{
			params.Duration("every", "1s", 10*time.Millisecond, time.Hour, "time between two pings"),
			params.Duration("timeout", "5s", 10*time.Millisecond, time.Minute, "time that a pong may take"),
		},
		Example: "/ping?every=1s",
		Serve:   whileReading(pingAgain),
	})
}

// trip is what /ping reports.
type trip struct {
	N     int     `json:"n"`
	RTT   float64 `json:"rtt_ms,omitempty"`
	Error string  `json:"error,omitempty"`
}

func pingAgain(ctx context.Context, c *connections.Conn, r Request) error {
	tick := time.NewTicker(r.Params.Duration("every"))
	defer tick.Stop()
	for n := 1; ; n++ {
		if err := pingOnce(ctx, c, n, r.Params.Duration("timeout")); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

func pingOnce(ctx context.Context, c *connections.Conn, n int, timeout time.Duration) error {
	took, err := c.RoundTrip(ctx, timeout)
	switch {
	case err == nil:
		return sendJSON(c, trip{N: n, RTT: float64(took) / float64(time.Millisecond)})
	case !errors.Is(err, context.DeadlineExceeded): // the connection has ended
		return err
	}
	late := fmt.Sprintf("no pong within %v (RFC 6455, section 5.5.2)", timeout)
	if err := sendJSON(c, trip{N: n, Error: late}); err != nil {
		return err
	}
	c.Close(websocket.StatusPolicyViolation, late)
	return err
}
