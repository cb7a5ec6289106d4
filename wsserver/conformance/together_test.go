package conformance

import (
	"fmt"
	"testing"

	"wslab/wsserver/testserver"
)

// Messages that come in one segment are answered in order, and at once: the server puts answers
// together, but not for longer than it has something to read. The next message is cut at each of
// its bytes, and the rest of it only comes when the answers are there.
func TestTogether(t *testing.T) {
	const inFlight = 16
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		var before []byte // the rest of the message that was cut
		cutMessage := []byte("cut")
		for cut := 1; cut < 2+4+len(cutMessage); cut++ {
			segment := before
			for i := range inFlight {
				segment = append(segment, encode(Binary, fmt.Append(nil, cut, i)).Bytes()...)
			}
			last := encode(Text, cutMessage).Bytes()
			c.Send(append(segment, last[:cut]...))
			if cut > 1 {
				c.WantMessage(Text, cutMessage)
			}
			for i := range inFlight {
				c.WantMessage(Binary, fmt.Append(nil, cut, i))
			}
			before = last[cut:]
		}
		c.Send(before)
		c.WantMessage(Text, cutMessage)
	})
}

// Answers that are more than the server holds back come as well, and in order.
func TestTogetherLong(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		sizes := []int{10, 40_000, 5, 30_000, 70_000, 1, 0, 200_000, 3}
		go func() {
			for _, size := range sizes {
				c.Write(encode(Binary, noise(size)).Bytes()) // where it fails, so does what follows
			}
		}()
		for _, size := range sizes {
			c.WantMessage(Binary, noise(size))
		}
	})
}

// What came before a violation is still answered, also where both came together.
func TestTogetherWithViolation(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		good := append(encode(Text, []byte("one")).Bytes(), encode(Text, []byte("two")).Bytes()...)
		c.Send(append(good, Frame{Opcode: 3}.Bytes()...))
		c.WantMessage(Text, []byte("one"))
		c.WantMessage(Text, []byte("two"))
		c.WantClose(1002)
	})
}
