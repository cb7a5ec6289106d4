package rtt

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
)

// MinSize is the shortest message that no other is mistaken for.
const MinSize = 16

// payloads makes the messages of one run: text that no server sends by itself. Eight digits of
// chance tell runs apart, eight count, and the rest is chance, so that compression gains little.
type payloads struct{ run, padding string }

func newPayloads(size int) payloads {
	random := make([]byte, size/2+4)
	rand.Read(random)
	digits := hex.EncodeToString(random)
	return payloads{run: digits[:8], padding: digits[8:][:size-MinSize]}
}

func (p payloads) message(seq int) []byte {
	return fmt.Appendf(nil, "%s%08x%s", p.run, uint32(seq), p.padding)
}
