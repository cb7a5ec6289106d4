package endpoints

import (
	"context"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
	"wslab/wsserver/wire"
)

func init() {
	register(Endpoint{
		Path:    "/fragment",
		Group:   Trials,
		Summary: "sends every message back in many small frames",
		Details: "Fragments, as RFC 6455, section 5.4, has them: a client must put them together, and must take the server's pings between them.",
		Params:  []params.Param{params.Int("size", "16", 1, 1<<16, "bytes of payload in each frame")},
		Example: "/fragment?size=16",
		Serve:   fragment,
	})
}

// fragmentBatch is how many bytes of frames are put together before they are written.
const fragmentBatch = 16 << 10

// fragment makes the frames itself: the library can only end a message with an empty frame.
func fragment(ctx context.Context, c *connections.Conn, r Request) error {
	for {
		typ, data, err := c.Read()
		if err != nil {
			return err
		}
		if err := sendFragments(ctx, c, typ, data, r.Params.Int("size")); err != nil {
			return err
		}
	}
}

func sendFragments(ctx context.Context, c *connections.Conn, typ websocket.MessageType, data []byte, size int) error {
	first, ended := byte(typ), 0 // the message types are the opcodes
	var batch []byte
	for ended == 0 {
		n := min(size, len(data))
		if n == len(data) {
			first, ended = first|fin, 1
		}
		batch = appendFrame(batch, first, data[:n])
		data, first = data[n:], wire.OpContinuation
		if ended == 0 && len(batch) < fragmentBatch {
			continue
		}
		if ctx.Err() != nil { // the close frame is on its way, and is the last (section 5.5.1)
			return discard(c)
		}
		if err := c.WriteRaw(batch, ended); err != nil {
			return err
		}
		batch = batch[:0]
	}
	return nil
}
