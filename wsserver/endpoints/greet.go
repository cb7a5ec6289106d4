package endpoints

import (
	"context"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
)

func init() {
	greet("/", `Connected to "/". No endpoint specified...`)
	greet("/foo", `Connected to "/foo"...`)
	greet("/bar", `Connected to "/bar"...`)
}

// greet registers an endpoint that says where the client has arrived, then echoes.
func greet(path, greeting string) {
	register(Endpoint{
		Path:    path,
		Group:   Basics,
		Summary: "greets with the path, then sends every message back",
		Example: path,
		Serve: func(ctx context.Context, c *connections.Conn, r Request) error {
			if err := c.Write(websocket.MessageText, []byte(greeting)); err != nil {
				return err
			}
			return echo(ctx, c, r)
		},
	})
}
