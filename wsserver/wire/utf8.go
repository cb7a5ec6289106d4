package wire

import "encoding/binary"

// UTF8 checks a stream of bytes for being UTF-8 (RFC 3629), and fails at the first byte that
// nothing could make valid. The zero value is the start of a text.
type UTF8 struct {
	need   uint8 // continuation bytes that the character still lacks
	lo, hi byte  // what the next of them may be
}

// Whole tells whether the text could end here.
func (u *UTF8) Whole() bool { return u.need == 0 }

// Check reads on. It returns how many bytes are good: len(p), or the place of the first bad one.
func (u *UTF8) Check(p []byte) int {
	for i := 0; i < len(p); i++ {
		if u.need == 0 {
			i += ascii(p[i:])
			if i == len(p) {
				break
			}
		}
		if !u.next(p[i]) {
			return i
		}
	}
	return len(p)
}

// next reads one byte, after table 3-7 of the Unicode standard: what may come second depends on
// what came first, which excludes overlong forms, surrogates, and what is above U+10FFFF.
func (u *UTF8) next(b byte) bool {
	if u.need > 0 {
		if b < u.lo || b > u.hi {
			return false
		}
		u.need--
		u.lo, u.hi = 0x80, 0xBF
		return true
	}
	u.lo, u.hi = 0x80, 0xBF
	switch {
	case b < 0x80:
		return true
	case b >= 0xC2 && b <= 0xDF:
		u.need = 1
	case b >= 0xE0 && b <= 0xEF:
		u.need = 2
	case b >= 0xF0 && b <= 0xF4:
		u.need = 3
	default:
		return false
	}
	switch b {
	case 0xE0:
		u.lo = 0xA0
	case 0xED:
		u.hi = 0x9F
	case 0xF0:
		u.lo = 0x90
	case 0xF4:
		u.hi = 0x8F
	}
	return true
}

// ascii returns how many bytes at the start of p are ASCII for sure, looking at eight at once.
func ascii(p []byte) (n int) {
	for ; len(p)-n >= 8; n += 8 {
		if binary.LittleEndian.Uint64(p[n:])&0x8080808080808080 != 0 {
			return n
		}
	}
	return n
}
