package main

import (
	"bytes"
	"regexp"
	"sync"
	"testing"
	"time"
)

// output is what a program printed; it may be read while the program runs.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// wait returns the output when it matches.
func (o *output) wait(t *testing.T, pattern string) string {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if regexp.MustCompile(pattern).MatchString(o.String()) {
			return o.String()
		}
	}
	t.Fatalf("no %q in %q", pattern, o.String())
	return ""
}
