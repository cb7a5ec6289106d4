package wire

import (
	"errors"
	"net/http"
	"strings"
)

// ErrOffers means that a client's Sec-WebSocket-Extensions is not of the grammar of RFC 6455,
// section 9.1: then the handshake must fail.
var ErrOffers = errors.New("Sec-WebSocket-Extensions is not a list of extensions (RFC 6455, section 9.1)")

// Offers is what a client's Sec-WebSocket-Extensions offers, less what must be declined
// (RFC 7692, section 7.1), in the form that the library reads. The library (v1.8.15) accepts
// permessage-deflate with a parameter twice and with any value of client_max_window_bits, and
// reads over what is not of the grammar.
func Offers(h http.Header) (string, error) {
	var good []string
	for offer, err := range elements(strings.Join(h.Values("Sec-WebSocket-Extensions"), ","), ',') {
		if err != nil {
			return "", err
		}
		if offer == "" {
			continue // a list may have empty elements (RFC 2616, section 2.1)
		}
		e, err := parseExtension(offer)
		if err != nil {
			return "", err
		}
		if e.acceptable() {
			good = append(good, e.String())
		}
	}
	return strings.Join(good, ", "), nil
}

// extension is an offer: a name, then parameters, which are names with or without "=" and a value.
type extension []string

func (e extension) String() string { return strings.Join(e, "; ") }

// acceptable tells whether an offer may be accepted. Of other extensions than permessage-deflate
// nothing is known, and the library accepts none.
func (e extension) acceptable() bool {
	if e[0] != "permessage-deflate" {
		return true
	}
	seen := map[string]bool{}
	for _, param := range e[1:] {
		name, value, valued := strings.Cut(param, "=")
		if seen[name] {
			return false
		}
		seen[name] = true
		switch name {
		case "server_no_context_takeover", "client_no_context_takeover":
			if valued {
				return false
			}
		case "server_max_window_bits":
			if !windowBits(value) {
				return false
			}
		case "client_max_window_bits":
			if valued && !windowBits(value) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// windowBits tells whether a value is from 8 to 15, without leading zeros (RFC 7692, section 7.1.2).
func windowBits(value string) bool {
	return value == "8" || value == "9" || len(value) == 2 && value >= "10" && value <= "15"
}
