package conformance

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"wslab/wsserver/testserver"
)

// A message that is too long gets 1009 as soon as a header says so: of its own payload nothing has
// been sent, or ever is.
func TestTooLongAtTheHeader(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		for name, frames := range map[string][]Frame{
			"one frame":           {{Opcode: Binary, Announced: limit + 1}},
			"a very long one":     {{Opcode: Binary, Announced: 1<<63 - 1}},
			"first of many":       {{Opcode: Text, Announced: limit + 1, More: true}},
			"a compressed one":    {{Opcode: Text, RSV: 4, Announced: 2 * limit}},
			"the second":          {{Opcode: Binary, Payload: noise(limit), More: true}, {Announced: 1}},
			"the third":           {{Opcode: Text, Payload: textOf(10), More: true}, {Payload: textOf(limit - 10), More: true}, {Announced: 1, More: true}},
			"a sum that is 2^64":  {{Opcode: Binary, Payload: noise(1), More: true}, {Announced: 1<<63 - 1}},
			"compressed fragment": {{Opcode: Text, RSV: 4, Payload: []byte{0}, More: true}, {Announced: 2 * limit}},
		} {
			if frames[0].RSV != 0 && !m.deflates() {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				c := m.open(t, server)
				c.Send(Frame{Opcode: Text, Payload: []byte("before")}.Bytes())
				go c.Write(Join(frames...))
				c.WantMessage(Text, []byte("before"))
				c.WantClose(1009)
			})
		}
	})
}

// As long as is allowed is allowed, in many fragments and with many empty ones too.
func TestNotTooLong(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c := m.open(t, server)
		message := noise(limit)
		f := m.encoder()(Binary, message)
		c.Send(Join(Split(f, 0, 0, 0, 1, 10, 10, limit/2, len(f.Payload)-1, len(f.Payload), len(f.Payload))...))
		c.WantMessage(Binary, message)
	})
}

// bomb is a compressed message of many zeros, a thousand times as long when it is inflated. Its
// parts are put together by hand: to compress it would take longer than the test.
func bomb(size int) Frame {
	d := &Deflater{Takeover: true}
	d.bytes(make([]byte, limit/2)) // from here on, zeros refer to zeros
	part := append(d.bytes(make([]byte, limit/2)), tail...)
	whole := append((&Deflater{}).bytes(make([]byte, limit/2)), tail...)
	whole = append(whole, bytes.Repeat(part, size/(limit/2)-1)...)
	return Frame{Opcode: Text, RSV: 4, Payload: bytes.TrimSuffix(whole, []byte(tail))}
}

// A decompression bomb gets 1009, in one frame or in many.
func TestBomb(t *testing.T) {
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		f := bomb(512 << 20)
		n := len(f.Payload)
		for _, frames := range [][]Frame{{f}, Split(f, 1, 100, 1000, n-1)} {
			c := m.open(t, server)
			go c.Write(Join(frames...))
			c.WantClose(1009)
		}
	})
}

// A bomb costs the server no more than a message as long as is allowed. This test is alone while
// it runs, for it looks at what the whole process takes.
func TestBombMemory(t *testing.T) {
	m := modes[1]
	server := m.server(t)
	message := Join(bomb(512 << 20))
	clients := make([]*Client, 20)
	for i := range clients {
		clients[i] = m.open(t, server)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, c := range clients {
		go c.Write(message)
	}
	for _, c := range clients {
		c.WantClose(1009)
	}
	runtime.ReadMemStats(&after)
	const most = 8 * limit // a buffer that doubles takes twice what it holds, and again as it grows
	if each := (after.TotalAlloc - before.TotalAlloc) / uint64(len(clients)); each > most {
		t.Errorf("each bomb took %d bytes, want %d at most", each, most)
	}
}

// The same limit holds for what was sent in many frames, none of which is long.
func TestTooLongInManyFrames(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		c := m.open(t, server)
		part := Frame{Payload: []byte(strings.Repeat("p", 1<<10)), More: true}
		first := part
		first.Opcode = Text
		go func() {
			c.Write(first.Bytes())
			for range limit >> 10 {
				c.Write(part.Bytes())
			}
		}()
		c.WantClose(1009)
	})
}
