// Package conformance holds the server to RFC 6455 and RFC 7692, frame by frame over raw TCP. It
// has a client of its own, which shares no code with the server and can break every rule; other
// packages' tests may use it too.
package conformance

import (
	"bufio"
	"bytes"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
)

// Opcodes (RFC 6455, section 5.2).
const (
	Continuation = 0x0
	Text         = 0x1
	Binary       = 0x2
	Close        = 0x8
	Ping         = 0x9
	Pong         = 0xA
)

// Frame is a frame as a client sends it, or as the server did.
type Frame struct {
	More    bool // FIN is not set
	RSV     byte // the three reserved bits; RSV1 is 4
	Opcode  byte
	Payload []byte

	// What a correct client has no use for:
	Unmasked  bool
	Extended  int    // bytes of the extended length; 0 for as few as can be
	Announced uint64 // the length in the header, where Payload is not all of it
}

// Bytes is the frame as it is sent.
func (f Frame) Bytes() []byte {
	b := f.header()
	if f.Unmasked {
		return append(b, f.Payload...)
	}
	var key [4]byte
	binary.BigEndian.PutUint32(key[:], rand.Uint32())
	return appendMasked(append(b, key[:]...), f.Payload, key[:])
}

// appendMasked masks (section 5.3) a piece at a time: byte by byte takes long for megabytes.
func appendMasked(b, payload, key []byte) []byte {
	keys := bytes.Repeat(key, 1024)
	for piece := range slices.Chunk(payload, len(keys)) {
		n := len(b)
		b = append(b, piece...)
		subtle.XORBytes(b[n:], piece, keys)
	}
	return b
}

func (f Frame) header() []byte {
	first, mask := f.RSV<<4|f.Opcode, byte(0x80)
	if !f.More {
		first |= 0x80
	}
	if f.Unmasked {
		mask = 0
	}
	n := max(f.Announced, uint64(len(f.Payload)))
	extended := f.Extended
	switch {
	case n > 0xffff:
		extended = 8
	case n > 125 && extended == 0:
		extended = 2
	}
	b := make([]byte, 0, 14+len(f.Payload))
	switch extended {
	case 0:
		return append(b, first, mask|byte(n))
	case 2:
		return binary.BigEndian.AppendUint16(append(b, first, mask|126), uint16(n))
	}
	return binary.BigEndian.AppendUint64(append(b, first, mask|127), n)
}

// Join is several frames in a row.
func Join(frames ...Frame) (b []byte) {
	for _, f := range frames {
		b = append(b, f.Bytes()...)
	}
	return b
}

// Split cuts a message into frames, each of which ends at one of the places, in ascending order.
func Split(f Frame, places ...int) (frames []Frame) {
	part, from := f, 0
	for _, to := range append(places, len(f.Payload)) {
		part.Payload, part.More = f.Payload[from:to], true
		frames = append(frames, part)
		part.Opcode, part.RSV, from = Continuation, 0, to
	}
	frames[len(frames)-1].More = false
	return frames
}

// CloseFrame is a close frame with a code and a reason.
func CloseFrame(code int, reason string) Frame {
	return Frame{Opcode: Close, Payload: append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...)}
}

var errNotCorrect = errors.New("the server's frame is not correct")

// readFrame reads a frame of the server's, which must be correct in itself.
func readFrame(r *bufio.Reader) (f Frame, err error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return f, err
	}
	f = Frame{More: head[0]&0x80 == 0, RSV: head[0] >> 4 & 7, Opcode: head[0] & 15}
	n := uint64(head[1])
	switch n {
	case 126, 127:
		f.Extended = map[uint64]int{126: 2, 127: 8}[n]
		var wide [8]byte
		if _, err := io.ReadFull(r, wide[8-f.Extended:]); err != nil {
			return f, err
		}
		n = binary.BigEndian.Uint64(wide[:])
	}
	if err := f.check(head[1], n); err != nil {
		return f, err
	}
	f.Payload = make([]byte, n)
	_, err = io.ReadFull(r, f.Payload)
	return f, err
}

func (f Frame) check(second byte, n uint64) error {
	switch {
	case second&0x80 != 0:
		return fmt.Errorf("%w: it is masked (5.1)", errNotCorrect)
	case f.RSV&3 != 0 || f.RSV != 0 && f.Opcode != Text && f.Opcode != Binary:
		return fmt.Errorf("%w: reserved bits %03b (5.2)", errNotCorrect, f.RSV)
	case f.Opcode > Binary && f.Opcode < Close || f.Opcode > Pong:
		return fmt.Errorf("%w: opcode %d (5.2)", errNotCorrect, f.Opcode)
	case f.Extended == 2 && n < 126 || f.Extended == 8 && n < 1<<16 || n > 1<<32:
		return fmt.Errorf("%w: length %d in %d bytes (5.2)", errNotCorrect, n, f.Extended)
	case f.Opcode >= Close && (f.More || n > 125):
		return fmt.Errorf("%w: control frame of %d bytes (5.5)", errNotCorrect, n)
	}
	return nil
}
