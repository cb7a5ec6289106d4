package endpoints

import (
	"bytes"
	"encoding/json"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
)

// sendJSON sends v as a text message.
func sendJSON(c *connections.Conn, v any) error {
	return c.Write(websocket.MessageText, encode(v))
}

// encode leaves <, > and & as they are: people are to read this. It is for this package's own
// types, which cannot fail.
func encode(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
