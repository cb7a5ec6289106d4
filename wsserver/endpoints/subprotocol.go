package endpoints

import (
	"context"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:         "/subprotocol",
		Group:        Insight,
		Summary:      "negotiates a subprotocol and reports the choice, then sends every message back",
		Details:      `The report is {"offered":["a","b"],"chosen":"a"}. With none that both know it connects all the same, and chosen is "".`,
		Params:       []params.Param{params.Tokens("accept", "chat,superchat", 16, "what the server speaks, best first")},
		Example:      "/subprotocol?accept=chat,superchat",
		Subprotocols: func(p params.Values) []string { return p.List("accept") },
		Serve:        negotiate,
	})
}

// negotiate has little to do: the handshake chose, before this (RFC 6455, section 4.2.2).
func negotiate(ctx context.Context, c *connections.Conn, r Request) error {
	report := negotiated{offered(r.HTTP, "Sec-Websocket-Protocol"), c.Subprotocol()}
	if err := sendJSON(c, report); err != nil {
		return err
	}
	return echo(ctx, c, r)
}
