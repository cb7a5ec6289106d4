package endpoints

import (
	"context"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/time",
		Group:   Basics,
		Summary: "sends the time, again and again",
		Details: "As RFC 3339 has it, in UTC, with nanoseconds. What you send is ignored.",
		Params:  []params.Param{params.Duration("every", "1s", 10*time.Millisecond, time.Hour, "time between two messages")},
		Example: "/time?every=1s",
		Serve:   whileReading(tellTime),
	})
}

// rfc3339Nano keeps the zeros at the end, so that all messages are of one length.
const rfc3339Nano = "2006-01-02T15:04:05.000000000Z07:00"

func tellTime(ctx context.Context, c *connections.Conn, r Request) error {
	tick := time.NewTicker(r.Params.Duration("every"))
	defer tick.Stop()
	for {
		// Not the tick's own time: that is in the past where the client was slow to take the last.
		if err := c.Write(websocket.MessageText, time.Now().UTC().AppendFormat(nil, rfc3339Nano)); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
