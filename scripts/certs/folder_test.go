package main

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// folder is a certs folder of a test's own, with a clock that the test sets.
type folder struct {
	paths
	t     *testing.T
	clock time.Time
	p     program
}

func newFolder(t *testing.T) *folder {
	t.Helper()
	f := &folder{paths: pathsIn(filepath.Join(t.TempDir(), "certs")), t: t, clock: time.Now()}
	f.p = program{
		now:    func() time.Time { return f.clock },
		become: func(string) error { return nil },
		group:  func() int { return noGroup },
	}
	return f
}

// made is a folder after its first run.
func made(t *testing.T, args ...string) *folder {
	t.Helper()
	f := newFolder(t)
	f.mustRun(args...)
	return f
}

func (f *folder) run(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = f.p.run(context.Background(), append([]string{"--certs-dir", f.dir}, args...), nil, &out, &errs)
	return code, out.String(), errs.String()
}

func (f *folder) mustRun(args ...string) (stdout string) {
	f.t.Helper()
	code, stdout, stderr := f.run(args...)
	if code != 0 || stderr != "" {
		f.t.Fatalf("run %v: exit %d, %s", args, code, stderr)
	}
	return stdout
}

// state is what a file is, so far as a run could change it.
type state struct {
	data string
	mode fs.FileMode
	time time.Time
}

// snapshot is every file and folder, hidden ones too.
func (f *folder) snapshot() map[string]state { return snapshot(f.t, f.dir) }

func snapshot(t *testing.T, dir string) map[string]state {
	t.Helper()
	all := map[string]state{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		s := state{mode: info.Mode(), time: info.ModTime()}
		if info.Mode().IsRegular() {
			s.data = string(read1(t, path))
		}
		all[path] = s
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// changed lists the files that differ, by their names in the folder.
func (f *folder) changed(before map[string]state) (names []string) {
	after := f.snapshot()
	for path := range after {
		if !after[path].mode.IsDir() && after[path] != before[path] {
			name, _ := filepath.Rel(f.dir, path)
			names = append(names, filepath.ToSlash(name))
		}
	}
	slices.Sort(names)
	return names
}

// unchanged fails where a further run does anything at all.
func (f *folder) unchanged(args ...string) {
	f.t.Helper()
	before := f.snapshot()
	out := f.mustRun(args...)
	if after := f.snapshot(); !maps.Equal(before, after) {
		f.t.Errorf("a further run changed something: %v\n%s", f.changed(before), out)
	}
	if !strings.Contains(out, "nothing to do") {
		f.t.Errorf("a further run says %q", out)
	}
}
