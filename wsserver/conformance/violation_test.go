package conformance

import (
	"fmt"
	"testing"

	"wslab/wsserver/testserver"
)

// violation is what a client may not send. deflates tells for which connections.
type violation struct {
	name     string
	bytes    []byte
	deflates func(mode) bool
}

func violations() []violation {
	all := []violation{
		{"RSV2", Frame{Opcode: Text, RSV: 2, Payload: []byte("x")}.Bytes(), every},
		{"RSV3", Frame{Opcode: Binary, RSV: 1, Payload: []byte("x")}.Bytes(), every},
		{"RSV1 and RSV2", Frame{Opcode: Text, RSV: 6, Payload: []byte("x")}.Bytes(), every},
		{"RSV1 without an extension", Frame{Opcode: Text, RSV: 4, Payload: []byte("x")}.Bytes(), uncompressed},
		{"RSV1 on a ping", Frame{Opcode: Ping, RSV: 4}.Bytes(), every},
		{"RSV1 on a close frame", Frame{Opcode: Close, RSV: 4}.Bytes(), every},
		{"RSV1 on a continuation", Join(Frame{Opcode: Text, More: true}, Frame{RSV: 4}), every},
		{"RSV1 on the continuation of a compressed message", Join(Frame{Opcode: Text, RSV: 4, More: true}, Frame{RSV: 4}), mode.deflates},
		{"text, not masked", Frame{Opcode: Text, Unmasked: true, Payload: []byte("x")}.Bytes(), every},
		{"empty, not masked", Frame{Opcode: Binary, Unmasked: true}.Bytes(), every},
		{"ping, not masked", Frame{Opcode: Ping, Unmasked: true}.Bytes(), every},
		{"close frame, not masked", Frame{Opcode: Close, Unmasked: true}.Bytes(), every},
		{"ping in fragments", Join(Frame{Opcode: Ping, More: true}, Frame{}), every},
		{"pong in fragments", Frame{Opcode: Pong, More: true}.Bytes(), every},
		{"ping of 126 bytes", Frame{Opcode: Ping, Payload: noise(126)}.Bytes(), every},
		{"pong of 65536 bytes", Frame{Opcode: Pong, Payload: noise(65536)}.Bytes(), every},
		{"0 in 16 bits", Frame{Opcode: Text, Extended: 2}.Bytes(), every},
		{"125 in 16 bits", Frame{Opcode: Text, Extended: 2, Payload: noise(125)}.Bytes(), every},
		{"125 in 64 bits", Frame{Opcode: Binary, Extended: 8, Payload: noise(125)}.Bytes(), every},
		{"65535 in 64 bits", Frame{Opcode: Binary, Extended: 8, Payload: noise(65535)}.Bytes(), every},
		{"ping of 1 in 16 bits", Frame{Opcode: Ping, Extended: 2, Payload: []byte("x")}.Bytes(), every},
		{"highest bit of 64", Frame{Opcode: Binary, Announced: 1 << 63}.Bytes(), every},
		{"all bits of 64", Frame{Opcode: Binary, Announced: 1<<64 - 1}.Bytes(), every},
		{"continuation of nothing", Frame{Payload: []byte("x")}.Bytes(), every},
		{"continuation of nothing, and more", Frame{More: true}.Bytes(), every},
		{"continuation after a pong", Join(Frame{Opcode: Pong}, Frame{}), every},
		{"message within a message", Join(Frame{Opcode: Text, More: true}, Frame{Opcode: Text}), every},
		{"other message within a message", Join(Frame{Opcode: Text, More: true}, Frame{More: true}, Frame{Opcode: Binary, More: true}), every},
	}
	for _, opcode := range []byte{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		all = append(all,
			violation{fmt.Sprint("opcode ", opcode), Frame{Opcode: opcode}.Bytes(), every},
			violation{fmt.Sprint("opcode with payload ", opcode), Frame{Opcode: opcode, Payload: []byte("x"), More: opcode < 8}.Bytes(), every})
	}
	return all
}

// eachViolation runs a test on a fresh connection for each.
func eachViolation(t *testing.T, test func(c *Client, bytes []byte)) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		for _, v := range violations() {
			if !v.deflates(m) {
				continue
			}
			t.Run(v.name, func(t *testing.T) { test(m.open(t, server), v.bytes) })
		}
	})
}

// Each violation is answered with 1002, which a client finds that goes on sending.
func TestViolation(t *testing.T) {
	eachViolation(t, func(c *Client, bytes []byte) {
		go c.Write(append(bytes, noise(300_000)...))
		c.WantClose(1002)
	})
}

// The same, a byte at a time, after a message that is answered.
func TestViolationByBytes(t *testing.T) {
	eachViolation(t, func(c *Client, bytes []byte) {
		c.Send(Frame{Opcode: Text, Payload: []byte("before")}.Bytes())
		c.Want(Text, []byte("before"))
		bytes = bytes[:min(len(bytes), short)]
		go func() {
			for i := range bytes {
				c.Write(bytes[i : i+1])
			}
		}()
		c.WantClose(1002)
	})
}
