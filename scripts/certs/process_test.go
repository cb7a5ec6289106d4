//go:build unix

package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Killed at any moment, a real process leaves the servers a pair that works.
func TestKilled(t *testing.T) {
	t.Parallel()
	f := made(t)
	dir, name := filepath.Dir(f.dir), filepath.Base(f.dir)
	if os.Getuid() == 0 { // let the child find the folder as its own
		f.p.group = func() int { return serversID }
	}
	killed, limit := 0, 100*time.Millisecond
	for i := range 30 {
		before := read1(t, f.copy)
		cmd := child(t, dir, nil, "--certs-dir", name, []string{"--renew", "--new-ca"}[i%2])
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(limit))
		_ = cmd.Process.Kill()
		if limit = limit * 3 / 4; cmd.Wait() != nil {
			killed++
			limit *= 2 // wait longer until about half of them come to their end, however fast the machine
		}
		if err := f.pair(time.Now(), before, read1(t, f.copy)); err != nil {
			t.Fatalf("run %d: %v", i, err)
		}
		f.clock = time.Now()
		f.mustRun()
		f.good()
	}
	if killed == 0 || killed == 30 {
		t.Errorf("%d of 30 were killed before their end: that tries nothing", killed)
	}
}

// Runs at the same time wait for each other: one makes the files, the others find them made.
func TestConcurrentRuns(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	outs := make([]string, 8)
	var wait sync.WaitGroup
	for i := range outs {
		wait.Go(func() { _, outs[i], _ = f.run() })
	}
	wait.Wait()
	f.good()
	joined := strings.Join(outs, "")
	if strings.Count(joined, "wrote 5 of 5") != 1 || strings.Count(joined, "nothing to do") != len(outs)-1 {
		t.Errorf("they say:\n%s", joined)
	}
}

func TestConcurrentProcesses(t *testing.T) {
	t.Parallel()
	f := made(t)
	var wait sync.WaitGroup
	for i := range 6 {
		wait.Go(func() {
			args := []string{"--certs-dir", filepath.Base(f.dir), []string{"--renew", "--new-ca"}[i%2]}
			if out, code := runChild(t, filepath.Dir(f.dir), nil, args...); code != 0 {
				t.Errorf("exit %d: %s", code, out)
			}
		})
	}
	wait.Wait()
	f.clock = time.Now()
	f.good()
}

// A run that waits for another can be stopped, and says what it waited for.
func TestLockIsGivenUp(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".lock")
	unlock, err := lock(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := lock(ctx, path); !errors.Is(err, errBusy) || !errors.Is(err, context.Canceled) {
		t.Errorf("err %v", err)
	}
	unlock()
	unlock, err = lock(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}
