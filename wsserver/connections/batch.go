package connections

import (
	"context"

	"github.com/coder/websocket"
)

// WriteAll sends messages that are ready at the same time, in as few writes to the network as
// there can be. Each write costs more than all else that happens to a small message.
func (c *Conn) WriteAll(typ websocket.MessageType, messages [][]byte) error {
	c.messages.out.Add(int64(len(messages)))
	return c.wire.Together(func() error {
		for _, m := range messages {
			if err := c.ws.Write(context.Background(), typ, m); err != nil {
				return err
			}
		}
		return nil
	})
}
