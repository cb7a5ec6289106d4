package endpoints

import (
	"context"
	"fmt"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/silent",
		Group:   Trials,
		Summary: "reads nothing: what you send piles up, and nothing is answered",
		Details: "No pong, and no answer to a close. In the end it reads again, and closes with 1000. " +
			"The server's own pings go unanswered as well: after PING_INTERVAL and PING_TIMEOUT it cuts the connection, if that comes first.",
		Params:  []params.Param{params.Duration("for", "30s", 10*time.Millisecond, 10*time.Minute, "time until it reads again, and closes")},
		Example: "/silent?for=30s",
		Serve:   silent,
	})
}

func silent(ctx context.Context, c *connections.Conn, r Request) error {
	d := r.Params.Duration("for")
	if err := sleep(ctx, d); err != nil {
		return discard(c) // it is being closed: now somebody has to see the client's part of that
	}
	return c.Close(websocket.StatusNormalClosure, fmt.Sprintf("silent for %v, as you asked", d))
}
