package conformance

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"wslab/wsserver/testserver"
)

// limit is the testserver's longest message.
const limit = 1 << 20

// textOf is text of n bytes, with characters of every length.
func textOf(n int) []byte {
	const characters = "aß€😀"
	b := bytes.Repeat([]byte(characters), n/len(characters))
	return append(b, bytes.Repeat([]byte("."), n-len(b))...)
}

// noise is binary data that does not compress. It is not to be written to.
func noise(n int) []byte { return allNoise()[:n:n] }

var allNoise = sync.OnceValue(func() []byte {
	b := make([]byte, limit)
	rand.NewChaCha8([32]byte{1}).Read(b)
	return b
})

// ways are the ways to send a message that has been made into a frame.
func ways(f Frame) []func(*Client) {
	n := len(f.Payload)
	thirds := Split(f, n/3, n/3, n/3*2) // with an empty frame in the middle
	all := []func(*Client){
		func(c *Client) { c.Send(f.Bytes()) },
		func(c *Client) { c.Chop(Join(thirds...), chops(n)) },
	}
	if n < short {
		all = append(all,
			func(c *Client) { c.Send(Join(thirds...)) },
			func(c *Client) { c.Chop(f.Bytes(), chops(n)) },
			func(c *Client) { c.Send(Join(Split(f, upTo(n)...)...)) })
	}
	return all
}

// short messages, of less bytes than this, are sent in more ways.
const short = 200

// chops gives the lengths of writes: single bytes for a short message.
func chops(n int) func() int {
	if n < short {
		return func() int { return 1 }
	}
	return func() int { return 1 + rand.IntN(n/20) }
}

func upTo(n int) (all []int) {
	for i := range n {
		all = append(all, i)
	}
	return all
}

func TestEchoSizes(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		for _, size := range []int{0, 1, 125, 126, 127, 65535, 65536, 65537, limit} {
			if size == limit && m.secure {
				continue // TLS has its own records at every size, and this takes long
			}
			t.Run(fmt.Sprint(size), func(t *testing.T) {
				t.Parallel()
				for opcode, message := range map[byte][]byte{Text: textOf(size), Binary: noise(size)} {
					echoEveryWay(t, m, server, opcode, message)
				}
			})
		}
	})
}

// echoEveryWay uses one connection, so that what one way leaves behind would show in the next.
func echoEveryWay(t *testing.T, m mode, server *testserver.Server, opcode byte, message []byte) {
	c, encode := m.open(t, server), m.encoder()
	for i := range ways(Frame{Payload: message}) {
		ways(encode(opcode, message))[i](c)
		c.WantMessage(opcode, message)
	}
	c.Send(CloseFrame(1000, "").Bytes())
	c.WantClose(1000)
}

func TestEcho16MiB(t *testing.T) {
	const size = 16 << 20
	eachMode(t, func(m mode) bool { return m.name == "plain" }, func(t *testing.T, m mode, server *testserver.Server) {
		server.MaxMessage = size
		message := append(textOf(limit), bytes.Repeat([]byte("plain"), (size-limit)/5)...)
		message = append(message, textOf(size-len(message))...)
		c, f := m.open(t, server), m.encoder()(Text, message)
		n := len(f.Payload)
		c.Chop(Join(Split(f, n/5, n/2, n/2+1)...), chops(n))
		c.WantMessage(Text, message)
	})
}
