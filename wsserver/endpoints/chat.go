package endpoints

import (
	"context"
	"fmt"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/chat",
		Group:   Basics,
		Summary: "a room: what one sends, all in it get",
		Details: `You send text, all get JSON: {"type":"message","room":"lobby","name":"ann","text":"hi"}. ` +
			`Those who come and go are announced, with "type" join or leave and the number of "members"; the first that you get is your own join. ` +
			"Nobody waits for those who read slowly: with 4096 messages or 1 MiB waiting for you, you are closed with 1008.",
		Params: []params.Param{
			params.Text("room", lobby, 32, "the room"),
			params.Text("name", "", 32, "your name there: guest-N if none is given, and with -2 and so on if it is taken"),
		},
		Example: "/chat?name=ann",
		Serve:   chat,
	})
}

const (
	lobby    = "lobby"
	chatText = 16 << 10 // bytes of one message; a thousand members get a thousand times that
)

var chatRooms = newRooms()

func chat(ctx context.Context, c *connections.Conn, r Request) error {
	m := newMember(c)
	room, err := chatRooms.join(m, r.Params.Text("room"), r.Params.Text("name"))
	if err != nil {
		return c.Close(websocket.StatusTryAgainLater, err.Error())
	}
	defer chatRooms.leave(m, room)
	go m.deliver(ctx)
	for {
		typ, data, err := c.Read()
		switch {
		case err != nil:
			return err
		case typ != websocket.MessageText:
			return c.Close(websocket.StatusUnsupportedData, "a chat takes text alone")
		case len(data) > chatText:
			return c.Close(websocket.StatusMessageTooBig, fmt.Sprintf("a chat message has at most %d bytes", chatText))
		}
		// Who sends waits until it has got most of what it sent, and so is no faster than the
		// others can be served.
		if m.caughtUp(ctx) {
			room.say(m, string(data))
		}
	}
}
