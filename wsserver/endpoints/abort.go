package endpoints

import (
	"context"
	"errors"
	"time"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/abort",
		Group:   Trials,
		Summary: "cuts the TCP connection with no close frame: a client reports 1006",
		Params: []params.Param{
			params.Duration("after", "1s", 0, time.Hour, "time until then"),
			params.Choice("how", "fin", []string{"fin", "rst"}, "how TCP ends"),
		},
		Choices: []Choice{
			{"how", "fin", "RFC 9293, section 3.6", "in order: the client reads the end of the stream"},
			{"how", "rst", "RFC 9293, section 3.5.2", `at once: the client finds "connection reset by peer"`},
		},
		Example: "/abort?how=rst",
		Serve:   whileReading(abort),
	})
}

var errAborted = errors.New("the server cut the connection, as the client had asked")

func abort(ctx context.Context, c *connections.Conn, r Request) error {
	if err := sleep(ctx, r.Params.Duration("after")); err != nil {
		return err
	}
	if r.Params.Text("how") == "rst" {
		c.Reset()
	} else {
		c.Cut()
	}
	return errAborted
}
