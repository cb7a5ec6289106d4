package wire

import "encoding/binary"

// checkText unmasks a piece at a time into a buffer on the stack: the library is to find the
// bytes as they came.
func (s *strict) checkText(p []byte) (good int) {
	var plain [512]byte
	for good < len(p) {
		n := s.unmask(plain[:], p[good:])
		ok := s.text.Check(plain[:n])
		good += ok
		if ok < n {
			return good
		}
	}
	return good
}

// unmask writes p, unmasked, to plain, as far as that goes.
func (s *strict) unmask(plain, p []byte) int {
	n := min(len(plain), len(p))
	key := binary.LittleEndian.Uint32(s.current.Key[:])
	key = key>>(8*(s.pos&3)) | key<<(32-8*(s.pos&3))
	wide := uint64(key)<<32 | uint64(key)
	i := 0
	for ; n-i >= 8; i += 8 {
		binary.LittleEndian.PutUint64(plain[i:], binary.LittleEndian.Uint64(p[i:])^wide)
	}
	for ; i < n; i++ {
		plain[i] = p[i] ^ byte(key>>(8*(i&3)))
	}
	s.pos += n
	return n
}

func (s *strict) unmaskedClose() []byte {
	p := s.control[:s.current.Length]
	for i := range p {
		p[i] ^= s.current.Key[i&3]
	}
	return p
}
