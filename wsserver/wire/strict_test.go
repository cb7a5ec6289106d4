package wire

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// masked is a frame as a client sends it.
func masked(first byte, payload string) []byte {
	h := Header{Fin: first&0x80 != 0, RSV: first >> 4 & 7, Opcode: first & 15, Masked: true, Key: [4]byte{0xa1, 0xb2, 0xc3, 0xd4}, Length: uint64(len(payload))}
	b := encode(h, shortest(h.Length))
	for i := range len(payload) {
		b = append(b, payload[i]^h.Key[i&3])
	}
	return b
}

// streams are what clients send: correct, and wrong at every place that strict looks at.
var streams = []string{
	string(masked(0x81, "héllo")) + string(masked(0x82, "\xff")) + string(masked(0x89, "ping")) + string(masked(0x88, "\x03\xe8bye")),
	string(masked(0x01, "h\xc3")) + string(masked(0x8a, "")) + string(masked(0x00, "")) + string(masked(0x80, "\xa9")) + "\x81",
	string(masked(0x81, "bad: \xed\xa0\x80")), string(masked(0x01, "\xf0\x9f")) + string(masked(0x80, "")),
	string(masked(0x81, "")) + string(masked(0x80, "x")), string(masked(0x01, "")) + string(masked(0x82, "")),
	string(masked(0x83, "")), string(masked(0x91, "")), string(masked(0xa1, "")), string(masked(0xc1, "deflated")), string(masked(0xc9, "")),
	string(masked(0x09, "")), string(masked(0x88, "\x03")), string(masked(0x88, "\x03\xed")), string(masked(0x88, "\x03\xe8\xff")) + "more",
	string(masked(0x88, "")) + "\xff\xff\xff", "\x81\x01a", "\x81\xfe\x00\x01\x00\x00\x00\x00a", "\x81\xff\x00\x00\x00\x00\x00\x00\xff\xff1234",
	"\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff1234", "\x82\xfe\x7f\xff1234", "\x89\xfe\x00\x7e1234", string(masked(0x02, "0123456789")) + string(masked(0x80, "01234567")),
	string(masked(0xc2, "deflated")) + string(masked(0x80, "more")) + string(masked(0x41, "")) + string(masked(0xc0, "")),
}

func FuzzStrict(f *testing.F) {
	for i, s := range streams {
		f.Add([]byte(s), uint16(i*0x1357), i%2 == 0)
	}
	f.Fuzz(checkStrict)
}

func TestStrict(t *testing.T) {
	t.Parallel()
	for _, s := range streams {
		for chops := range uint16(64) {
			checkStrict(t, []byte(s), chops, false)
			checkStrict(t, []byte(s), chops, true)
		}
	}
}

// checkStrict compares a stream that comes in one piece, byte by byte, and in pieces whose lengths
// are in chops: the verdict must be the same, at the same byte.
func checkStrict(t *testing.T, stream []byte, chops uint16, deflate bool) {
	fresh := func() *strict { return &strict{Limit: 16, Deflate: deflate} }
	at, want, single := scanPieces(fresh(), stream, func() int { return 1 })
	whole := bytes.Clone(stream)
	good, v := fresh().scan(whole)
	if v != want && (v == nil || want == nil || *v != *want) || good > at {
		t.Fatalf("%x in one piece: %d good, %v; byte by byte: %v at %d", stream, good, v, want, at)
	}
	_, v, pieces := scanPieces(fresh(), stream, func() int {
		chops = chops>>3 | chops<<13
		return int(chops&7) + 1
	})
	if v != want && (v == nil || want == nil || *v != *want) {
		t.Fatalf("%x in pieces: %v, byte by byte: %v", stream, v, want)
	}
	if !bytes.HasPrefix(single, pieces[:min(len(pieces), len(single))]) || !bytes.HasPrefix(single, whole[:good]) {
		t.Fatalf("%x came through as %x in pieces, %x in one, %x byte by byte", stream, pieces, whole[:good], single)
	}
	if _, again := fresh().scan(bytes.Clone(stream[:min(at, len(stream))])); again != nil {
		t.Fatalf("%x fails before byte %d: %v", stream, at, again)
	}
	checkThrough(t, single, !deflate)
}

// scanPieces returns the byte at which the stream fails, or its length, and what came through.
func scanPieces(s *strict, stream []byte, next func() int) (at int, v *Violation, through []byte) {
	for at < len(stream) {
		piece := bytes.Clone(stream[at:min(at+next(), len(stream))])
		good, v := s.scan(piece)
		through = append(through, piece[:good]...)
		if v != nil {
			return at, v, through
		}
		at += len(piece)
	}
	return at, nil, through
}

// checkThrough checks what the library gets to see, naively: of whole frames only correct ones,
// and of whole messages of text only text, where none is compressed.
func checkThrough(t *testing.T, p []byte, checkText bool) {
	var text []byte
	var isText bool
	for len(p) > 0 {
		h, whole := ParseHeader(p)
		if !whole || h.Length > uint64(len(p)-h.Size) {
			return // the rest never comes, or has not yet
		}
		payload := p[h.Size : h.Size+int(h.Length)]
		p = p[h.Size+int(h.Length):]
		if !h.Masked || h.RSV != 0 || h.Opcode > OpPong || h.Control() && (h.Length > 125 || !h.Fin) {
			t.Fatalf("the library sees %+v", h)
		}
		if h.Opcode == OpClose {
			return
		}
		if h.Control() {
			continue
		}
		if h.Opcode != OpContinuation {
			text, isText = nil, h.Opcode == OpText
		}
		for i, b := range payload {
			text = append(text, b^h.Key[i&3])
		}
		if checkText && isText && h.Fin && !utf8.Valid(text) {
			t.Fatalf("the library sees the text %q", text)
		}
	}
}
