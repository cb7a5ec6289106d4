package endpoints_test

import (
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

func TestGreet(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	for path, greeting := range map[string]string{
		"/":    `Connected to "/". No endpoint specified...`,
		"/foo": `Connected to "/foo"...`,
		"/bar": `Connected to "/bar"...`,
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			c := server.Dial(t, path)
			testserver.Expect(t, c, websocket.MessageText, greeting)
			testserver.Send(t, c, websocket.MessageText, emoji)
			testserver.Expect(t, c, websocket.MessageText, emoji)
			testserver.Send(t, c, websocket.MessageBinary, "\xff")
			testserver.Expect(t, c, websocket.MessageBinary, "\xff")
		})
	}
}
