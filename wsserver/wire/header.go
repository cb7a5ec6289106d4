package wire

import "encoding/binary"

// Opcodes (RFC 6455, section 5.2).
const (
	OpContinuation = 0x0
	OpText         = 0x1
	OpBinary       = 0x2
	OpClose        = 0x8
	OpPing         = 0x9
	OpPong         = 0xA
)

const (
	maxHeader  = 14  // bytes: two, a 64-bit length, a mask key
	maxControl = 125 // bytes of payload in a control frame (section 5.5)
)

// Header is a frame's header (RFC 6455, section 5.2).
type Header struct {
	Fin    bool
	RSV    byte // the three reserved bits, RSV1 being 4
	Opcode byte
	Masked bool
	Length uint64 // of the payload, in bytes
	Key    [4]byte
	Size   int // of the header itself, in bytes
}

// ParseHeader reads a header from the start of b. It returns false where b is not yet all of it.
func ParseHeader(b []byte) (h Header, whole bool) {
	if len(b) < 2 {
		return h, false
	}
	h = Header{Fin: b[0]&0x80 != 0, RSV: b[0] >> 4 & 7, Opcode: b[0] & 15, Masked: b[1]&0x80 != 0, Length: uint64(b[1] & 0x7f), Size: 2}
	switch h.Length {
	case 126:
		h.Size += 2
	case 127:
		h.Size += 8
	}
	key := h.Size
	if h.Masked {
		h.Size += 4
	}
	if len(b) < h.Size {
		return h, false
	}
	switch h.Length {
	case 126:
		h.Length = uint64(binary.BigEndian.Uint16(b[2:]))
	case 127:
		h.Length = binary.BigEndian.Uint64(b[2:])
	}
	if h.Masked {
		copy(h.Key[:], b[key:])
	}
	return h, true
}

// Control tells control frames from data frames (section 5.5).
func (h Header) Control() bool { return h.Opcode&8 != 0 }

// minimal tells whether the length is written in as few bytes as it can be (section 5.2).
func (h Header) minimal() bool {
	extended := h.Size - 2
	if h.Masked {
		extended -= 4
	}
	switch extended {
	case 2:
		return h.Length > 125
	case 8:
		return h.Length > 0xffff
	}
	return true
}
