package endpoints

import (
	"context"

	"wslab/wsserver/connections"
)

func init() {
	register(Endpoint{
		Path:    "/echo",
		Group:   Basics,
		Summary: "sends every message back, nothing else: for conformance tests and load",
		Example: "/echo",
		Serve:   echo,
	})
}

func echo(_ context.Context, c *connections.Conn, _ Request) error {
	c.Hold()
	for {
		typ, data, err := c.Read()
		if err != nil {
			return err
		}
		if err := c.Write(typ, data); err != nil {
			return err
		}
	}
}
