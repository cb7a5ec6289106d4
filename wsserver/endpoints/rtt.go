package endpoints

import (
	"context"

	"wslab/wsserver/connections"
)

func init() {
	register(Endpoint{
		Path:    "/rtt",
		Group:   Basics,
		Summary: "sends one message back, then closes with 1000: one round trip, start to end",
		Example: "/rtt",
		Serve:   roundTrip,
	})
}

func roundTrip(_ context.Context, c *connections.Conn, _ Request) error {
	typ, data, err := c.Read()
	if err != nil {
		return err
	}
	return c.Write(typ, data)
}
