package accesslog

import (
	"bytes"
	"strings"
	"sync"
	"time"
)

type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// wait returns the lines when there are n: a client may have its answer before it is logged.
func (b *buffer) wait(n int) string {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if strings.Count(b.String(), "\n") >= n {
			break
		}
	}
	return b.String()
}
