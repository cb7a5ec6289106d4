package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

var errInjected = errors.New("injected")

// A run may end at any moment. Whatever it was about to do, the pair that the servers use stays
// whole, the CA that signed can sign again, and the next run brings everything in order.
func TestInterruptedAtAnyWrite(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args   []string
		before func(f *folder)
	}{
		"first run":      {before: func(f *folder) { f.remove() }},
		"renew":          {args: []string{"--renew"}},
		"new CA":         {args: []string{"--new-ca"}},
		"leaf damaged":   {before: func(f *folder) { f.cut(f.leaf) }},
		"key missing":    {before: func(f *folder) { f.drop(f.leafKey) }},
		"CA damaged":     {before: func(f *folder) { f.cut(f.ca) }},
		"copy missing":   {before: func(f *folder) { f.drop(f.copy) }},
		"CA lost":        {before: func(f *folder) { f.drop(f.ca, f.copy) }},
		"CA key damaged": {args: []string{"--renew"}, before: func(f *folder) { f.cut(f.caKey) }},
		"all damaged":    {before: func(f *folder) { f.emptyAll() }},
		"wrong modes":    {before: func(f *folder) { f.loosen() }},
		"left behind":    {before: func(f *folder) { f.put(filepath.Join(f.server, tempPrefix+"1"), nil) }},
	} {
		for kind, forever := range map[string]bool{"fails": false, "dies": true} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				start := made(t)
				if tc.before != nil {
					tc.before(start)
				}
				for n := 1; ; n++ {
					f := start.clone()
					if done := f.interrupt(n, forever, tc.args...); done {
						t.Logf("%d places", n-1)
						return
					}
				}
			})
		}
	}
}

// interrupt fails the nth operation, and with forever every later one too, as a crash would. It
// returns true where the run had fewer.
func (f *folder) interrupt(n int, forever bool, args ...string) (done bool) {
	f.t.Helper()
	ca, _ := os.ReadFile(f.ca)
	worked := f.pair(f.clock, ca) == nil
	couldSign := f.canSign()
	count := 0
	f.p.before = func(string, string) error {
		if count++; count == n || forever && count > n {
			return errInjected
		}
		return nil
	}
	code, _, errs := f.run(args...)
	f.p.before = nil
	switch now, _ := os.ReadFile(f.copy); {
	case count < n:
		return true
	case code == 0:
		f.t.Errorf("operation %d failed, and the run did not say so", n)
	case worked && f.pair(f.clock, ca, now) != nil:
		f.t.Errorf("operation %d: the pair is broken: %v\n%s", n, f.pair(f.clock, ca, now), errs)
	case couldSign && !f.canSign():
		f.t.Errorf("operation %d: the CA has lost its key\n%s", n, errs)
	}
	f.mustRun()
	f.good()
	f.unchanged()
	return false
}

func (f *folder) canSign() bool {
	have, err := load(f.paths)
	return err == nil && whyNewCA(have.authority(), have.caKey, f.clock) == nil
}

func (f *folder) clone() *folder {
	f.t.Helper()
	c := *f
	c.paths = pathsIn(filepath.Join(f.t.TempDir(), "certs"))
	if _, err := os.Stat(f.dir); err == nil {
		if err := os.CopyFS(c.dir, os.DirFS(f.dir)); err != nil {
			f.t.Fatal(err)
		}
		f.copyModes(c.dir)
	}
	c.p.now = f.p.now
	return &c
}

func (f *folder) copyModes(to string) {
	for path, s := range f.snapshot() {
		name, err := filepath.Rel(f.dir, path)
		if err == nil {
			err = os.Chmod(filepath.Join(to, name), s.mode.Perm())
		}
		if err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *folder) remove() {
	if err := os.RemoveAll(f.dir); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) loosen() {
	for _, path := range []string{f.caKey, f.leafKey, f.ca} {
		if err := os.Chmod(path, 0o666); err != nil {
			f.t.Fatal(err)
		}
	}
}
