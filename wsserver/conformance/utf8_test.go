package conformance

import (
	"bytes"
	"testing"

	"wslab/wsserver/testserver"
)

// valid is text with characters at every boundary of RFC 3629.
var valid = []string{
	"\x00\x01\x7f",
	"\u0080\u07ff",
	"\u0800\u0fff\u1000\ucfff\ud7ff",
	"\ue000\ufdd0\ufeff\ufffd\ufffe\uffff", // noncharacters are characters of Unicode, for all that
	"\U00010000\U0003ffff\U00040000\U000fffff\U00100000\U0010ffff",
	"aä€😀 κόσμε 👩‍🚀 ﷺ",
}

func TestValidText(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		for _, s := range valid {
			message := []byte(s)
			c.Send(encode(Text, message).Bytes())
			c.WantMessage(Text, message)
			f := encode(Text, message)
			// A frame may end anywhere, also within a character (section 5.6).
			c.Send(Join(Split(f, upTo(len(f.Payload))...)...))
			c.WantMessage(Text, message)
		}
	})
}

// Binary messages are nobody's text.
func TestBinaryIsNotChecked(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		for _, tc := range invalid {
			message := []byte(tc.good + tc.bad + "x")
			c.Send(encode(Binary, message).Bytes())
			c.WantMessage(Binary, message)
		}
	})
}

// invalid is text whose last byte, bad, nothing can make valid, and which is fine without it.
var invalid = []struct{ name, good, bad string }{
	{"stray continuation", "", "\x80"},
	{"last stray continuation", "ab", "\xbf"},
	{"continuation too many", "ä", "\xa4"},
	{"overlong slash in two", "", "\xc0"},
	{"longest overlong of two", "", "\xc1"},
	{"overlong of three", "\xe0", "\x9f"},
	{"overlong of four", "\xf0", "\x8f"},
	{"first surrogate", "\xed", "\xa0"},
	{"last surrogate", "\xed", "\xbf"},
	{"above U+10FFFF", "\xf4", "\x90"},
	{"first byte above U+13FFFF", "", "\xf5"},
	{"five bytes", "", "\xf8"},
	{"six bytes", "", "\xfc"},
	{"no byte of UTF-8", "abcdefgh", "\xfe"},
	{"nor this", "κόσμε", "\xff"},
	{"two without its second", "\xc3", "a"},
	{"three without its second", "\xe2", "\x41"},
	{"three without its third", "\xe2\x82", "\xc3"},
	{"four without its second", "\xf0", "\xc3"},
	{"four without its third", "\xf0\x9f", " "},
	{"four without its fourth", "\xf0\x9f\x98", "\xf0"},
	{"within a long text", "0123456789abcdef€ü\xed", "\xa0"},
}

// The server fails at the first bad byte: neither the rest of the frame nor that of the message
// has been sent, or ever is (RFC 6455, section 8.1). A ping shows that it does not fail earlier.
func TestInvalidTextFailsAtOnce(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		for _, tc := range invalid {
			for _, final := range []bool{true, false} {
				c := m.open(t, server)
				opcode := byte(Text)
				if tc.good != "" {
					c.Send(Join(Frame{Opcode: Text, Payload: []byte(tc.good), More: true}, Frame{Opcode: Ping}))
					c.Want(Pong, nil)
					opcode = Continuation
				}
				c.Send(Frame{Opcode: opcode, Payload: []byte(tc.bad), Announced: 70_000, More: !final}.Bytes())
				c.WantClose(1007)
			}
		}
	})
}

// The same within one frame, at every place of the masking key, after messages that are answered.
func TestInvalidTextInOneFrame(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		for _, tc := range invalid {
			for shift := range 4 {
				c := m.open(t, server)
				text := append(bytes.Repeat([]byte("."), shift), tc.good+tc.bad...)
				c.Send(append(Frame{Opcode: Text, Payload: []byte("first")}.Bytes(), Frame{Opcode: Text, Payload: text, Announced: 1000}.Bytes()...))
				c.Want(Text, []byte("first"))
				c.WantClose(1007)
			}
		}
	})
}

// Text may not end within a character, however it ends.
func TestTruncatedText(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		for _, text := range []string{"\xc3", "\xe2", "\xe2\x82", "\xf0", "\xf0\x9f", "abc\xf0\x9f\x98"} {
			f := m.encoder()(Text, []byte(text))
			n := len(f.Payload)
			for _, frames := range [][]Frame{{f}, Split(f, n), Split(f, n-1, n-1)} {
				c := m.open(t, server)
				c.Send(Join(frames...))
				c.WantClose(1007)
			}
		}
	})
}
