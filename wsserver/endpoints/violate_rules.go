package endpoints

import (
	"net/http"
	"strings"
)

// rule is a rule of RFC 6455, and how it is broken.
type rule struct {
	Name, Section string
	Sends         string // what the server does
	Must          string // what the client has to do about it

	frames    string // sent after a correct message, as they are
	cut       bool   // TCP ends after the frames
	handshake func(request, answer http.Header)
}

// What clients have to do about most of it.
const (
	fail1002  = "fail the connection (7.1.7), with close code 1002"
	fail1007  = "fail the connection (7.1.7), with close code 1007"
	failEarly = "fail the connection before it opens (4.1)"
)

// violations is the list: the index, the parameter and the tests come from it.
var violations = []rule{
	{Name: "reserved-opcode", Section: "5.2", Sends: "a frame with opcode 3, which means nothing yet", Must: fail1002, frames: "\x83\x02hi"},
	{Name: "reserved-control-opcode", Section: "5.2", Sends: "a control frame with opcode 11, which means nothing yet", Must: fail1002, frames: "\x8b\x00"},
	{Name: "rsv-bits", Section: "5.2", Sends: "a text frame with RSV2 and RSV3 set, which no extension uses", Must: fail1002, frames: "\xb1\x02hi"},
	{Name: "rsv1-on-ping", Section: "5.2", Sends: "a ping with RSV1 set, which means compressed, and only on data (RFC 7692, 6)", Must: fail1002, frames: "\xc9\x00"},
	{Name: "non-minimal-length", Section: "5.2", Sends: "a text frame with the length 2 in 16 bits, where 7 do", Must: fail1002, frames: "\x81\x7e\x00\x02hi"},
	{Name: "non-minimal-long-length", Section: "5.2", Sends: "a text frame with the length 126 in 64 bits, where 16 do", Must: fail1002,
		frames: "\x81\x7f\x00\x00\x00\x00\x00\x00\x00\x7e" + letters(126)},
	{Name: "length-with-high-bit", Section: "5.2", Sends: "a text frame with a 64-bit length whose highest bit is set", Must: fail1002,
		frames: "\x81\x7f\x80\x00\x00\x00\x00\x00\x00\x02hi"},
	{Name: "masked-frame", Section: "5.1", Sends: "a text frame that is masked, as only a client's may be", Must: fail1002,
		frames: "\x81\x82\x01\x02\x03\x04" + "\x69\x6b"}, // hi, with key 1 2 3 4
	{Name: "continuation-without-start", Section: "5.4", Sends: "a continuation frame where there is nothing to continue", Must: fail1002, frames: "\x80\x02hi"},
	{Name: "new-message-within-message", Section: "5.4", Sends: "half a text message, then a whole one", Must: fail1002, frames: "\x01\x02he\x81\x02hi"},
	{Name: "fragmented-ping", Section: "5.5", Sends: "a ping without FIN", Must: fail1002, frames: "\x09\x00"},
	{Name: "oversized-ping", Section: "5.5", Sends: "a ping with 126 bytes, one too many", Must: fail1002, frames: "\x89\x7e\x00\x7e" + letters(126)},
	{Name: "oversized-close", Section: "5.5", Sends: "a close frame with 126 bytes, one too many", Must: fail1002,
		frames: "\x88\x7e\x00\x7e\x03\xe8" + letters(124)},
	{Name: "close-payload-of-one-byte", Section: "5.5.1", Sends: "a close frame with half a close code", Must: fail1002, frames: "\x88\x01\x03"},
	{Name: "close-code-not-sendable", Section: "7.4.1", Sends: "a close frame with 1005, which stands for the lack of a code", Must: fail1002, frames: "\x88\x02\x03\xed"},
	{Name: "close-code-out-of-range", Section: "7.4.2", Sends: "a close frame with 999", Must: fail1002, frames: "\x88\x02\x03\xe7"},
	{Name: "data-after-close", Section: "5.5.1", Sends: "a close frame with 1000, then a text frame", Must: "answer the close frame, and show nobody what follows it (1.4)",
		frames: "\x88\x02\x03\xe8\x81\x02hi"},
	{Name: "bad-utf8-text", Section: "8.1", Sends: "a text message with the bytes C3 28, which are not UTF-8", Must: fail1007, frames: "\x81\x02\xc3\x28"},
	{Name: "bad-utf8-across-frames", Section: "8.1", Sends: "a text message with a surrogate (ED A0 80), a byte of it in a frame of its own", Must: fail1007,
		frames: "\x01\x01\xed\x80\x02\xa0\x80"},
	{Name: "cut-utf8-text", Section: "8.1", Sends: "a text message that ends within a character", Must: fail1007, frames: "\x81\x02\xe2\x82"},
	{Name: "bad-utf8-close-reason", Section: "8.1", Sends: "a close frame whose reason is not UTF-8", Must: fail1007, frames: "\x88\x04\x03\xe8\xc3\x28"},
	{Name: "huge-length", Section: "10.4", Sends: "a binary frame that announces 2^63-1 bytes, and the first 64 KiB of it",
		Must:   "end the connection, with close code 1009, and reserve no memory for what is only announced",
		frames: "\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff" + letters(64<<10)},
	{Name: "cut-mid-frame", Section: "7.1.5", Sends: "two of a frame's five bytes, then the end of TCP, with no close frame", Must: "report close code 1006",
		frames: "\x81\x05he", cut: true},
	{Name: "wrong-accept", Section: "4.1", Sends: "Sec-WebSocket-Accept for another key", Must: failEarly,
		handshake: func(request, _ http.Header) { request.Set("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==") }},
	{Name: "unasked-extension", Section: "4.1", Sends: "Sec-WebSocket-Extensions with one that nobody offered", Must: failEarly,
		handshake: func(request, answer http.Header) {
			request.Del("Sec-WebSocket-Extensions") // one that is agreed on would replace it
			answer.Set("Sec-WebSocket-Extensions", "x-wslab-unasked")
		}},
	{Name: "unasked-subprotocol", Section: "4.1", Sends: "Sec-WebSocket-Protocol with one that nobody offered", Must: failEarly,
		handshake: func(_, answer http.Header) { answer.Set("Sec-WebSocket-Protocol", "x-wslab-unasked") }},
}

func letters(n int) string { return strings.Repeat("a", n) }

func (v rule) section() string { return "RFC 6455, section " + v.Section }

// ruleNamed returns a rule of the list, as params has made sure it is.
func ruleNamed(name string) rule {
	for _, v := range violations {
		if v.Name == name {
			return v
		}
	}
	panic("no rule " + name)
}

func ruleNames() (names []string) {
	for _, v := range violations {
		names = append(names, v.Name)
	}
	return names
}

func ruleChoices() (choices []Choice) {
	for _, v := range violations {
		choices = append(choices, Choice{"rule", v.Name, v.section(), "sends " + v.Sends + "; the client must " + v.Must})
	}
	return choices
}
