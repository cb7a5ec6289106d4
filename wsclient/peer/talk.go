package peer

import (
	"context"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

// Handler upgrades, with permessage-deflate and the subprotocols one and two, and talks.
func Handler(talk Talk) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := websocket.Accept(w, r, &websocket.AcceptOptions{
			InsecureSkipVerify: true, Subprotocols: []string{"one", "two"}, CompressionMode: websocket.CompressionContextTakeover,
		})
		if err != nil {
			return
		}
		defer c.CloseNow()
		c.SetReadLimit(1 << 20)
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		talk(ctx, c)
	})
}

// Echo sends everything back.
func Echo(ctx context.Context, c *websocket.Conn) { EchoN(ctx, c, -1) }

// EchoN sends n messages back.
func EchoN(ctx context.Context, c *websocket.Conn, n int) {
	for ; n != 0; n-- {
		typ, data, err := c.Read(ctx)
		if err != nil {
			return
		}
		if c.Write(ctx, typ, data) != nil {
			return
		}
	}
}

// Greet greets, then echoes.
func Greet(ctx context.Context, c *websocket.Conn) {
	Say("hello")(ctx, c)
	Echo(ctx, c)
}

// Once echoes one message, then closes with 1000, as the lab's /rtt does.
func Once(ctx context.Context, c *websocket.Conn) {
	EchoN(ctx, c, 1)
	c.Close(websocket.StatusNormalClosure, "")
}

// Say sends text messages.
func Say(texts ...string) Talk {
	return func(ctx context.Context, c *websocket.Conn) {
		for _, text := range texts {
			c.Write(ctx, websocket.MessageText, []byte(text))
		}
	}
}

// CloseWith closes with this code.
func CloseWith(code websocket.StatusCode, reason string) Talk {
	return func(_ context.Context, c *websocket.Conn) { c.Close(code, reason) }
}

// Silent answers nothing, and reads nothing.
func Silent(ctx context.Context, _ *websocket.Conn) { <-ctx.Done() }
