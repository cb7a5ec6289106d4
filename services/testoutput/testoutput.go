// Package testoutput holds what a program prints while a test runs it.
package testoutput

import (
	"bytes"
	"regexp"
	"sync"
	"testing"
	"time"
)

// Output is what a program printed; it may be read while the program runs.
type Output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write makes Output a program's stdout or stderr.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

// String is what was printed so far.
func (o *Output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// Wait returns what was printed when it matches the regular expression. It fails the test when
// that takes more than ten seconds.
func (o *Output) Wait(t testing.TB, pattern string) string {
	t.Helper()
	match := regexp.MustCompile(pattern)
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if text := o.String(); match.MatchString(text) {
			return text
		}
	}
	t.Fatalf("no %q in %q", pattern, o.String())
	return ""
}
