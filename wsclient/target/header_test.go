package target

import (
	"errors"
	"strings"
	"testing"
)

func TestHeader(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Header{
		"Authorization: Bearer a:b": {"Authorization", "Bearer a:b"},
		"x-y_z:1":                   {"X-Y_z", "1"},
		"X:":                        {"X", ""},
		"X: \t a, b=\"c\" ":         {"X", `a, b="c"`},
		"X: é":                      {"X", "é"},
	} {
		var h Header
		if err := h.UnmarshalText([]byte(text)); err != nil || h != want {
			t.Errorf("%q: %q, %v", text, h, err)
		}
	}
}

func TestWhatIsNoHeader(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"": "accepted", "X": "accepted", ": a": "accepted", "X Y: a": "accepted", "X : a": "accepted", "é: a": "accepted",
		"X: a\r\nY: b": "accepted", "X: \x00": "accepted", "X: \x7f": "accepted",
		"connection: close": "the handshake sets it", "Sec-WebSocket-Key: a": "the handshake sets it",
		"Sec-WebSocket-Protocol: a": "use --subprotocol", "sec-websocket-extensions: a": "use --compress",
	} {
		var h Header
		if err := h.UnmarshalText([]byte(text)); !errors.Is(err, ErrHeader) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}

func TestValueAndName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]bool{
		"a": {true, true}, "v1.mqtt-x_y": {true, true}, "": {true, false}, "a b": {true, false}, "a\nb": {false, false},
		"http://localhost:8080": {true, false}, "a,b": {true, false}, "é": {true, false},
	} {
		var v Value
		var n Name
		if err := v.UnmarshalText([]byte(text)); (err == nil) != want[0] || (err == nil && string(v) != text) {
			t.Errorf("value %q: %v", text, err)
		}
		if err := n.UnmarshalText([]byte(text)); (err == nil) != want[1] || (err == nil && string(n) != text) {
			t.Errorf("name %q: %v", text, err)
		}
	}
	if got := Names([]Name{"b", "a"}); strings.Join(got, " ") != "b a" {
		t.Errorf("%q", got)
	}
}
