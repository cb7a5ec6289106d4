package conformance

import (
	"fmt"
	"strings"
	"testing"

	"wslab/wsserver/testserver"
)

// A close frame is answered with the same code, and with the same reason as it is polite
// (RFC 6455, section 5.5.1), and the connection ends in order.
func TestCloseIsAnswered(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		frames := []Frame{{Opcode: Close}}
		for _, code := range []int{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999} {
			frames = append(frames, CloseFrame(code, ""))
		}
		for _, reason := range []string{"bye", "grüße 😀", strings.Repeat("r", 123)} {
			frames = append(frames, CloseFrame(1000, reason))
		}
		for _, f := range frames {
			c := m.open(t, server)
			c.Chop(f.Bytes(), chops(len(f.Payload)))
			c.Want(Close, f.Payload)
			c.WantEnd()
		}
	})
}

func TestFaultyClose(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		for _, tc := range faultyCloses() {
			c, encode := m.open(t, server), m.encoder()
			c.Send(append(encode(Text, []byte("before")).Bytes(), tc.frame.Bytes()...))
			c.WantMessage(Text, []byte("before"))
			t.Log(tc.name)
			c.WantClose(tc.want)
		}
	})
}

type faultyClose struct {
	name  string
	frame Frame
	want  int
}

func faultyCloses() []faultyClose {
	all := []faultyClose{
		{"half a code", Frame{Opcode: Close, Payload: []byte{3}}, 1002},
		{"126 bytes", CloseFrame(1000, strings.Repeat("r", 124)), 1002},
		{"fragmented", Frame{Opcode: Close, More: true}, 1002},
		{"reason cut within a character", CloseFrame(1000, "€"[:2]), 1007},
		{"surrogate", CloseFrame(1000, "\xed\xa0\x80"), 1007},
		{"overlong", CloseFrame(4000, "\xc0\xaf"), 1007},
		{"bad byte after good ones", CloseFrame(1001, "grüße\xff!"), 1007},
	}
	for _, code := range []int{0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535} {
		all = append(all, faultyClose{fmt.Sprint(code), CloseFrame(code, ""), 1002})
		all = append(all, faultyClose{fmt.Sprint(code, " with a reason"), CloseFrame(code, "why"), 1002})
	}
	return all
}

// A close frame may come in the middle of a message, of which nothing is sent back then.
func TestCloseWithinMessage(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c := m.open(t, server)
		f := m.encoder()(Text, []byte("half of it"))
		c.Send(Join(Split(f, 4)[0], CloseFrame(1001, "gone")))
		c.Want(Close, CloseFrame(1001, "gone").Payload)
		c.WantEnd()
	})
}

// What comes after a close frame is ignored, be it right or wrong, little or much. Much of it
// would reset a connection that is closed with unread data.
func TestDataAfterClose(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		for name, after := range map[string][]byte{
			"message":        Frame{Opcode: Text, Payload: []byte("late")}.Bytes(),
			"ping":           Frame{Opcode: Ping}.Bytes(),
			"close":          CloseFrame(1002, "").Bytes(),
			"violation":      Frame{Opcode: 11, RSV: 7, Unmasked: true}.Bytes(),
			"half a message": Frame{Opcode: Text, Announced: 10}.Bytes(),
			"much":           Frame{Opcode: Binary, Payload: noise(1 << 20)}.Bytes(),
		} {
			c := m.open(t, server)
			go c.Write(append(CloseFrame(1000, "").Bytes(), after...))
			t.Log(name)
			c.WantClose(1000)
		}
	})
}

// A client may hang up without a close frame, anywhere. What it began is not taken for a message:
// the library (v1.8.15) hands it out as if it were whole where the end comes at the right place.
func TestHangUp(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		f := m.encoder()(Binary, noise(20))
		bytes := Join(Split(f, 0, 8)...)
		for cut := range bytes {
			c := m.openPath(t, server, "/rtt") // which does not put off its answer
			c.Send(bytes[:cut])
			c.Conn.(interface{ CloseWrite() error }).CloseWrite()
			c.WantCut()
		}
	})
}
