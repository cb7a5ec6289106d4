package conformance

import (
	"testing"

	"wslab/wsserver/testserver"
)

// Compressed text fails as soon as it can be inflated, though frame and message go on.
func TestInvalidCompressedTextFailsAtOnce(t *testing.T) {
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		for _, tc := range invalid {
			c, encode := m.open(t, server), m.encoder()
			c.Send(Join(Frame{Opcode: Text, Payload: []byte("one")}, encode(Text, []byte("two"))))
			c.WantMessage(Text, []byte("one"))
			c.WantMessage(Text, []byte("two"))
			f := encode(Text, []byte("good so far "+tc.good))
			f.Payload, f.More = append(f.Payload, tail...), true // a block may end anywhere
			c.Send(Join(f, Frame{Opcode: Ping}))
			c.Want(Pong, nil)
			f = encode(Text, []byte(tc.bad))
			c.Send(Frame{Payload: append(f.Payload, tail...), Announced: 60_000, More: true}.Bytes())
			c.WantClose(1007)
		}
	})
}

func TestInvalidCompressedText(t *testing.T) {
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		for _, tc := range invalid {
			c, encode := m.open(t, server), m.encoder()
			first, second := encode(Text, []byte("first")), encode(Text, []byte(tc.good+tc.bad+" and more"))
			c.Send(Join(first, second))
			c.WantMessage(Text, []byte("first"))
			c.WantClose(1007)
		}
	})
}

// A message that is not compressed may come between those that are (RFC 7692, section 6).
func TestSomeMessagesCompressed(t *testing.T) {
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		same := []byte("the same text, again and again, the same text")
		for i := range 200 {
			f := Frame{Opcode: Text, Payload: same}
			if i%3 != 0 {
				f = encode(Text, same)
			}
			c.Send(Join(Split(f, len(f.Payload)/2)...))
		}
		for range 200 {
			c.WantMessage(Text, same)
		}
		c.Send(Frame{Opcode: Text, Payload: []byte("\xff"), Announced: 2}.Bytes())
		c.WantClose(1007)
	})
}
