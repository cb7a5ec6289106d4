package wire

import "sync"

// marks remembers of each message that went by whether it was compressed, until it is read. The
// library buffers less than 200 of the shortest messages. Where there are more, nobody reads
// them: the connection is being closed.
type marks struct {
	mu         sync.Mutex
	compressed [256]bool
	next, last uint8
}

func (m *marks) put(compressed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.compressed[m.last] = compressed
	m.last++
}

func (m *marks) take() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next++
	return m.compressed[m.next-1]
}
