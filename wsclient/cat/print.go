package cat

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/coder/websocket"

	"wslab/wsclient/closing"
	"wslab/wsclient/printable"
)

// Printer puts out what comes in.
type Printer interface {
	Message(typ websocket.MessageType, data []byte) error
	// End gets what ended the connection. The errors of both are those of the output.
	End(err error) error
}

// Plain puts out each text message as a line, and binary messages as they are.
type Plain struct{ Out io.Writer }

// Message is one write, so that a reader of a pipe gets a line at once.
func (p Plain) Message(typ websocket.MessageType, data []byte) error {
	if typ == websocket.MessageText {
		data = append(data, '\n')
	}
	_, err := p.Out.Write(data)
	return err
}

// End says nothing: the exit code tells.
func (Plain) End(error) error { return nil }

// Terminal is for people: nothing reaches the terminal that this would obey.
type Terminal struct {
	Out    io.Writer
	Prefix string // tells what came in from what they typed
}

// Message shows the beginning of a binary message as hexadecimal digits.
func (t Terminal) Message(typ websocket.MessageType, data []byte) error {
	const shown = 32
	if typ == websocket.MessageText {
		_, err := fmt.Fprintf(t.Out, "%s%s\n", t.Prefix, printable.Text(string(data)))
		return err
	}
	more := ""
	if len(data) > shown {
		more = "…"
	}
	_, err := fmt.Fprintf(t.Out, "%sbinary, %d bytes: %s%s\n", t.Prefix, len(data), hex.EncodeToString(data[:min(len(data), shown)]), more)
	return err
}

// End tells people what scripts see by the exit code.
func (t Terminal) End(err error) error {
	var closed websocket.CloseError
	if closing.Explain(err) != nil || !errors.As(err, &closed) {
		return nil
	}
	_, printed := fmt.Fprintf(t.Out, "%sclosed by the server: %d %s\n", t.Prefix, closed.Code, closing.Name(closed.Code))
	return printed
}

// JSON puts out one object a message, and one for the close.
type JSON struct{ Out io.Writer }

// Message has binary data in base64, as JSON is text.
func (j JSON) Message(typ websocket.MessageType, data []byte) error {
	if typ == websocket.MessageText {
		return j.print(struct {
			Event string `json:"event"`
			Text  string `json:"text"`
		}{"message", string(data)})
	}
	return j.print(struct {
		Event  string `json:"event"`
		Base64 []byte `json:"base64"`
	}{"message", data})
}

// End has the server's code and reason.
func (j JSON) End(err error) error {
	var closed websocket.CloseError
	if !errors.As(err, &closed) {
		return nil
	}
	return j.print(struct {
		Event  string               `json:"event"`
		Code   websocket.StatusCode `json:"code"`
		Reason string               `json:"reason"`
	}{"close", closed.Code, closed.Reason})
}

func (j JSON) print(v any) error {
	encoder := json.NewEncoder(j.Out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}
