package conformance

import (
	"fmt"
	"strings"
	"testing"

	"wslab/wsserver/testserver"
)

// A ping is answered at once with its payload (RFC 6455, section 5.5.3), also between the frames
// of a message, which is still whole then.
func TestPing(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		for _, payload := range []string{"", "p", "\x00\xff\xfe", strings.Repeat("x", 125)} {
			ping := Frame{Opcode: Ping, Payload: []byte(payload)}
			c.Chop(ping.Bytes(), chops(len(payload)))
			c.Want(Pong, ping.Payload)
			message := textOf(100_000)
			f := encode(Text, message)
			n := len(f.Payload)
			for _, part := range Split(f, 0, 1, n/2, n-1, n) {
				c.Send(Join(part, ping))
				if part.More { // the answer to the message may be put together with the last pong
					c.Want(Pong, ping.Payload)
				}
			}
			c.WantMessage(Text, message)
			c.Want(Pong, ping.Payload)
		}
	})
}

// A server that is writing a long answer, which the client takes its time to read, has not
// forgotten the ping that came behind the question.
func TestPingWhileServerWrites(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		message := noise(limit / 2)
		sent := make(chan struct{})
		go func() {
			defer close(sent)
			for i := range 2 {
				c.Write(Join(encode(Binary, message), Frame{Opcode: Ping, Payload: fmt.Append(nil, i)}))
			}
		}()
		for i := range 2 {
			c.WantMessage(Binary, message)
			c.Want(Pong, fmt.Append(nil, i))
		}
		<-sent
	})
}

// A server that sends by itself answers pings meanwhile.
func TestPingWhileServerPushes(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		c := m.openPath(t, server, "/flood?n=1000000&size=1000&rate=1000")
		c.ReadFrame()
		for i := range 20 {
			want := fmt.Append(nil, i)
			c.Send(Frame{Opcode: Ping, Payload: want}.Bytes())
			f := c.ReadFrame()
			for f.Opcode == Text {
				f = c.ReadFrame()
			}
			if f.Opcode != Pong || string(f.Payload) != string(want) {
				t.Fatalf("read %s, want the pong %q", describe(f), want)
			}
		}
	})
}

// A pong that nobody asked for is ignored (section 5.5.3), wherever it comes.
func TestUnsolicitedPong(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c, encode := m.open(t, server), m.encoder()
		message := []byte("a message with pongs")
		for _, payload := range []string{"", "1", strings.Repeat("x", 125)} {
			pong := Frame{Opcode: Pong, Payload: []byte(payload)}
			parts := Split(encode(Text, message), 3, 5)
			c.Send(Join(pong, pong, parts[0], pong, parts[1], parts[2], pong))
			c.WantMessage(Text, message)
		}
		c.Send(CloseFrame(1000, "").Bytes())
		c.WantClose(1000)
	})
}

// Many pings in one segment get as many pongs, in order.
func TestManyPings(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c := m.open(t, server)
		var pings []Frame
		for i := range 1000 {
			pings = append(pings, Frame{Opcode: Ping, Payload: fmt.Append(nil, i)})
		}
		c.Send(Join(pings...))
		for _, ping := range pings {
			c.Want(Pong, ping.Payload)
		}
	})
}
