package endpoints_test

import (
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

func TestRTT(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/rtt")
	testserver.Send(t, c, websocket.MessageText, emoji)
	testserver.Expect(t, c, websocket.MessageText, emoji)
	testserver.ExpectClose(t, c, websocket.StatusNormalClosure)
}
