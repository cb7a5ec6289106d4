package conformance

import (
	"math/rand/v2"
	"strings"
	"testing"

	"wslab/wsserver/testserver"
)

// What RFC 7692, section 7.2.3, shows, and what else a sender may do.
func TestCompressedMessages(t *testing.T) {
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		for _, tc := range []struct{ name, payload, want string }{
			{"one block (7.2.3.1)", "\xf2\x48\xcd\xc9\xc9\x07\x00", "Hello"},
			{"stored (7.2.3.3)", "\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00", "Hello"},
			{"BFINAL (7.2.3.4)", "\xf3\x48\xcd\xc9\xc9\x07\x00\x00", "Hello"},
			{"two blocks (7.2.3.5)", "\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", "Hello"},
			{"empty (7.2.3.6)", "\x00", ""},
			{"empty, fixed codes", "\x02\x00", ""},
			{"BFINAL, and then more", "\xf3\x48\xcd\xc9\xc9\x07\x00\xf2\x48\xcd\xc9\xc9\x07\x00", "HelloHello"},
			{"BFINAL twice", "\xf3\x48\xcd\xc9\xc9\x07\x00\xf3\x48\xcd\xc9\xc9\x07\x00\x00", "HelloHello"},
			{"BFINAL, then what looks like frames", strings.Repeat("\x01\x01\x00\xfe\xffx", 1000) + "\x00", strings.Repeat("x", 1000)},
		} {
			f := Frame{Opcode: Text, RSV: 4, Payload: []byte(tc.payload)}
			c := m.open(t, server)
			for range 2 {
				c.Send(f.Bytes())
				c.WantMessage(Text, []byte(tc.want))
				c.Send(Join(Split(f, upTo(len(f.Payload))...)...))
				c.WantMessage(Text, []byte(tc.want))
			}
		}
	})
}

// With context takeover a message may refer to the one before (RFC 7692, section 7.2.3.2).
func TestTakeover(t *testing.T) {
	again := Frame{Opcode: Text, RSV: 4, Payload: []byte("\xf2\x00\x11\x00\x00")}
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		c := m.open(t, server)
		c.Send(Frame{Opcode: Text, RSV: 4, Payload: []byte("\xf2\x48\xcd\xc9\xc9\x07\x00")}.Bytes())
		c.WantMessage(Text, []byte("Hello"))
		c.Send(Frame{Opcode: Text, Payload: []byte("not compressed: no part of the window")}.Bytes())
		c.WantMessage(Text, []byte("not compressed: no part of the window"))
		c.Send(again.Bytes())
		if m.takeover {
			c.WantMessage(Text, []byte("Hello"))
		} else {
			c.WantClose(1007)
		}
	})
}

// Many messages of every length, in both directions, across the window's end.
func TestTakeoverLong(t *testing.T) {
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		pool, places := noise(40_000), rand.New(rand.NewPCG(1, 2))
		for range 60 {
			from := places.IntN(len(pool))
			message := pool[from : from+places.IntN(len(pool)-from)]
			c.Send(encode(Binary, message).Bytes())
			c.WantMessage(Binary, message)
		}
	})
}

// What cannot be inflated is not of its type: 1007 (RFC 6455, section 7.4.1).
func TestCorrupt(t *testing.T) {
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		for name, payload := range map[string]string{
			"no such block":             "\x06",
			"lengths that do not match": "\x00\x05\x00\x00\x00Hello\x00",
			"cut short":                 "\xf2\x48\xcd",
			"a reference to nothing":    "\x02\x13\x00\x00",
			"noise":                     "\x55\xaa\x55\xaa\x55\xaa\x55\xaa",
		} {
			c := m.open(t, server)
			c.Send(Join(Frame{Opcode: Text, Payload: []byte("before")}, Frame{Opcode: Binary, RSV: 4, Payload: []byte(payload)}))
			c.WantMessage(Text, []byte("before"))
			t.Log(name)
			c.WantClose(1007)
		}
	})
}

// What the server sends is compressed where that was negotiated, and only there.
func TestAnswersAreCompressed(t *testing.T) {
	message := []byte(strings.Repeat("compressible ", 1000))
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c := m.open(t, server)
		c.Send(Frame{Opcode: Text, Payload: message}.Bytes())
		f := c.ReadFrame()
		if m.deflates() != (f.RSV == 4) || m.deflates() != (len(f.Payload) < len(message)/10) {
			t.Errorf("read %s for %d bytes", describe(f), len(message))
		}
	})
}
