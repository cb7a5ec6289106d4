package target

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// ErrHeader means that a text is not a header line that may be added to the handshake.
var ErrHeader = errors.New("not a header to send")

// Header is one line to add to the handshake, as in "Authorization: Bearer abc".
type Header struct{ Name, Value string }

// elsewhere says how to get what the handshake sets by itself.
var elsewhere = map[string]string{
	"Connection":               "the handshake sets it",
	"Upgrade":                  "the handshake sets it",
	"Sec-Websocket-Key":        "the handshake sets it",
	"Sec-Websocket-Version":    "the handshake sets it",
	"Sec-Websocket-Protocol":   "use --subprotocol",
	"Sec-Websocket-Extensions": "use --compress",
}

// UnmarshalText makes Header a setting.
func (h *Header) UnmarshalText(text []byte) error {
	name, value, found := strings.Cut(string(text), ":")
	if !found || !token(name) || !sendable(value) {
		return fmt.Errorf("%w: %q (accepted: NAME: VALUE, as in 'Cookie: a=b')", ErrHeader, text)
	}
	h.Name, h.Value = http.CanonicalHeaderKey(name), strings.TrimSpace(value)
	if advice := elsewhere[h.Name]; advice != "" {
		return fmt.Errorf("%w: %s: %s", ErrHeader, name, advice)
	}
	return nil
}

// Value is what a header can carry.
type Value string

// UnmarshalText makes Value a setting.
func (v *Value) UnmarshalText(text []byte) error {
	if !sendable(string(text)) {
		return fmt.Errorf("%w: %q has characters that none can carry", ErrHeader, text)
	}
	*v = Value(text)
	return nil
}

// Name is the name of a subprotocol: a token, as RFC 6455, section 4.1, says.
type Name string

// UnmarshalText makes Name a setting.
func (n *Name) UnmarshalText(text []byte) error {
	if !token(string(text)) {
		return fmt.Errorf("%w: %q is no name of a subprotocol (accepted: letters, digits, and signs such as . - _)", ErrHeader, text)
	}
	*n = Name(text)
	return nil
}

// Names are the texts of names.
func Names(names []Name) []string {
	var texts []string
	for _, n := range names {
		texts = append(texts, string(n))
	}
	return texts
}

// token is RFC 9110, section 5.6.2.
func token(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}

// sendable is RFC 9110, section 5.5.
func sendable(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
