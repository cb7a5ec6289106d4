package endpoints

import "encoding/binary"

// fin is the bit that a message's last frame has (RFC 6455, section 5.2).
const fin = 0x80

// appendFrame appends a frame as a server sends it: not masked, its length in as few bytes as can be.
func appendFrame(b []byte, first byte, payload []byte) []byte {
	switch n := len(payload); {
	case n <= 125:
		b = append(b, first, byte(n))
	case n <= 0xffff:
		b = binary.BigEndian.AppendUint16(append(b, first, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, first, 127), uint64(n))
	}
	return append(b, payload...)
}
