package wire

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// encode writes a header as a frame's sender does, with the length in extended bytes: 0, 2 or 8.
func encode(h Header, extended int) []byte {
	first := h.RSV<<4 | h.Opcode
	if h.Fin {
		first |= 0x80
	}
	second := byte(h.Length)
	var length []byte
	switch extended {
	case 2:
		second, length = 126, binary.BigEndian.AppendUint16(nil, uint16(h.Length))
	case 8:
		second, length = 127, binary.BigEndian.AppendUint64(nil, h.Length)
	}
	b := append([]byte{first, second}, length...)
	if h.Masked {
		b[1] |= 0x80
		b = append(b, h.Key[:]...)
	}
	return b
}

func TestParseHeader(t *testing.T) {
	t.Parallel()
	key := [4]byte{1, 2, 3, 4}
	for _, tc := range []struct {
		header   Header
		extended int
		minimal  bool
	}{
		{Header{Fin: true, Opcode: OpText}, 0, true},
		{Header{Opcode: OpBinary, Length: 125, Masked: true, Key: key}, 0, true},
		{Header{Opcode: OpBinary, Length: 125, Masked: true, Key: key}, 2, false},
		{Header{Opcode: OpBinary, Length: 126, Masked: true, Key: key}, 2, true},
		{Header{Opcode: OpBinary, Length: 126}, 8, false},
		{Header{RSV: 5, Length: 65535}, 2, true},
		{Header{RSV: 7, Length: 65535}, 8, false},
		{Header{Fin: true, Opcode: 15, Length: 65536, Masked: true, Key: key}, 8, true},
		{Header{Fin: true, Opcode: OpPong, Length: 1 << 63}, 8, true},
	} {
		b := encode(tc.header, tc.extended)
		tc.header.Size = len(b)
		got, whole := ParseHeader(append(b, 0xff, 0xff))
		if !whole || got != tc.header || got.minimal() != tc.minimal {
			t.Errorf("%x is %+v, %v, minimal %v; want %+v, minimal %v", b, got, whole, got.minimal(), tc.header, tc.minimal)
		}
		for n := range b {
			if _, whole := ParseHeader(b[:n]); whole {
				t.Errorf("%x, the start of %x, is taken for a header", b[:n], b)
			}
		}
	}
}

// FuzzHeader encodes what was parsed, which must be what there was.
func FuzzHeader(f *testing.F) {
	for _, h := range []Header{{}, {Fin: true, RSV: 7, Opcode: 15, Masked: true, Key: [4]byte{9, 8, 7, 6}, Length: 125}} {
		for _, extended := range []int{0, 2, 8} {
			f.Add(encode(h, extended))
		}
	}
	f.Add([]byte{})
	f.Add([]byte{0x81})
	f.Add([]byte{0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5})
	f.Fuzz(func(t *testing.T, b []byte) {
		h, whole := ParseHeader(b)
		if want := headerSize(b); whole != (want <= len(b)) || whole && h.Size != want {
			t.Fatalf("%x: %+v, %v; want %d bytes", b, h, whole, want)
		}
		if !whole {
			return
		}
		extended := h.Size - 2
		if h.Masked {
			extended -= 4
		}
		if got := encode(h, extended); !bytes.Equal(got, b[:h.Size]) {
			t.Fatalf("%x came back as %x from %+v", b[:h.Size], got, h)
		}
		if want := shortest(h.Length) == extended; h.minimal() != want {
			t.Fatalf("%+v: minimal %v, want %v", h, h.minimal(), want)
		}
	})
}

// headerSize is the size of the header that b starts with, read off figure 5.2 of the RFC.
func headerSize(b []byte) int {
	if len(b) < 2 {
		return 2
	}
	size := map[byte]int{126: 4, 127: 10}[b[1]&127]
	if size == 0 {
		size = 2
	}
	return size + int(b[1]>>7)*4
}

// shortest is how many bytes an extended length needs.
func shortest(length uint64) int {
	switch {
	case length < 126:
		return 0
	case length < 65536:
		return 2
	}
	return 8
}
