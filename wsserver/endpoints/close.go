package endpoints

import (
	"context"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
	"wslab/wsserver/wire"
)

func init() {
	register(Endpoint{
		Path:    "/close",
		Group:   Trials,
		Summary: "closes, with a code and a reason of your choice",
		Params: []params.Param{
			params.IntWhere("code", "4000", "1000 to 1003, 1007 to 1014, 3000 to 4999: no other may be sent (RFC 6455, section 7.4; 1005, 1006 and 1015 only tell what happened)",
				"the close code", wire.Sendable),
			params.Text("reason", "bye", 123, "the close reason"), // 125 of a control frame, less the code
			params.Duration("after", "0s", 0, time.Hour, "time until then"),
		},
		Example: "/close?code=4000",
		Serve:   whileReading(closeAsAsked),
	})
}

func closeAsAsked(ctx context.Context, c *connections.Conn, r Request) error {
	if err := sleep(ctx, r.Params.Duration("after")); err != nil {
		return err
	}
	return c.Close(websocket.StatusCode(r.Params.Int("code")), r.Params.Text("reason"))
}
