package main

import (
	"bytes"
	"context"
	"io"
	"strings"
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

// process is a run of the program in this process.
type process struct {
	stdout, stderr output
	interrupt      context.CancelFunc
	exit           chan int
}

func start(t *testing.T, stdin io.Reader, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	p := &process{interrupt: cancel, exit: make(chan int, 1)}
	none := func(string) string { return "" }
	go func() { p.exit <- run(ctx, args, none, stdin, &p.stdout, &p.stderr) }()
	return p
}

// says waits until the program has printed something.
func (p *process) says(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !strings.Contains(p.stdout.String(), text); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it does not print %q, but %q and %q", text, p.stdout.String(), p.stderr.String())
		}
	}
}

func (p *process) wait(t *testing.T) int {
	t.Helper()
	select {
	case code := <-p.exit:
		return code
	case <-time.After(20 * time.Second):
		t.Fatalf("it does not end: %q and %q", p.stdout.String(), p.stderr.String())
		return -1
	}
}

// want waits for the end, and compares.
func (p *process) want(t *testing.T, code int, stdout string) {
	t.Helper()
	if got := p.wait(t); got != code || p.stdout.String() != stdout {
		t.Errorf("exit code %d and %q, want %d and %q; stderr %q", got, p.stdout.String(), code, stdout, p.stderr.String())
	}
	if code == 0 && p.stderr.String() != "" {
		t.Errorf("it did well, but says %q", p.stderr.String())
	}
}

// open is an input that does not end.
func open(t *testing.T) io.Reader {
	r, w := io.Pipe()
	t.Cleanup(func() { w.Close() })
	return r
}

func none() io.Reader { return strings.NewReader("") }
