package wire

import (
	"testing"
	"unicode/utf8"
)

var texts = []string{
	"", "plain text of more than eight bytes", "\u0080\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff",
	"12345678\xc3\xa4", "1234567\xc3\xa48", "\xf0\x9f\x98\x80\xf0\x9f\x98", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
	"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\x80", "\xc3\xc3", "\xe2\x82a", "ascii then \xe2\x28\xa1",
}

func TestUTF8(t *testing.T) {
	t.Parallel()
	for _, text := range texts {
		for cut := range len(text) + 1 {
			checkUTF8(t, []byte(text), cut)
		}
	}
}

// Every two bytes, and every first of three and four with what is at the edges of what may follow.
func TestUTF8Exhaustively(t *testing.T) {
	t.Parallel()
	edges := []byte{0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0}
	for a := 0x7f; a < 256; a++ {
		for b := range 256 {
			checkUTF8(t, []byte{byte(a), byte(b)}, 1)
		}
		for i := 0; a >= 0xe0 && i < 512; i++ {
			checkUTF8(t, []byte{byte(a), edges[i&7], edges[i>>3&7], edges[i>>6]}, i%4)
		}
	}
}

func FuzzUTF8(f *testing.F) {
	for i, text := range texts {
		f.Add([]byte(text), uint8(i), uint8(i/2))
	}
	f.Fuzz(func(t *testing.T, p []byte, a, b uint8) {
		checkUTF8(t, p, min(int(a), len(p)), min(int(b), len(p)))
	})
}

// checkUTF8 compares the checker with a naive one, for a text that comes in pieces.
func checkUTF8(t *testing.T, p []byte, cuts ...int) {
	t.Helper()
	var whole UTF8
	want := firstBad(p)
	if got := whole.Check(p); got != want {
		t.Fatalf("%q fails at %d, want %d", p, got, want)
	}
	if want == len(p) && whole.Whole() != utf8.Valid(p) {
		t.Fatalf("%q: whole %v, valid %v", p, whole.Whole(), utf8.Valid(p))
	}
	for _, cut := range cuts {
		var u UTF8
		got := u.Check(p[:cut])
		if got == cut {
			got += u.Check(p[cut:])
		}
		if got != want || want == len(p) && u.Whole() != whole.Whole() {
			t.Fatalf("%q cut at %d fails at %d, want %d", p, cut, got, want)
		}
	}
}

// firstBad is the place of the first byte with which p is the start of no valid text.
func firstBad(p []byte) int {
	for i := 0; i < len(p); {
		r, n := utf8.DecodeRune(p[i:])
		if r != utf8.RuneError || n > 1 {
			i += n
			continue
		}
		for n := 1; n <= len(p)-i; n++ {
			if !startsCharacter(p[i : i+n]) {
				return i + n - 1
			}
		}
		return len(p)
	}
	return len(p)
}

// startsCharacter tries every way to go on that makes a difference.
func startsCharacter(p []byte) bool {
	if utf8.Valid(p) {
		return true
	}
	if len(p) == utf8.UTFMax {
		return false
	}
	for _, next := range []byte{0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf} {
		if startsCharacter(append(p[:len(p):len(p)], next)) {
			return true
		}
	}
	return false
}
