package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestSweep(t *testing.T) {
	t.Parallel()
	f := made(t)
	var left []string
	for _, dir := range []string{f.dir, f.server} {
		left = append(left, filepath.Join(dir, tempPrefix+"1"), filepath.Join(dir, tempPrefix+"2"))
	}
	for _, path := range left {
		f.put(path, []byte("half a key"))
	}
	out := f.mustRun()
	for _, path := range left {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(out, path) {
			t.Errorf("%s: %v\n%s", path, err, out)
		}
	}
	f.unchanged()
}

// A rename that reaches the disk before the data does leaves an empty file after a power cut.
func TestOrderOfOperations(t *testing.T) {
	t.Parallel()
	var ops []string
	d := disk{group: noGroup, before: func(op, _ string) error { ops = append(ops, op); return nil }}
	if err := d.write(filepath.Join(t.TempDir(), "file"), []byte("x"), publicMode); err != nil {
		t.Fatal(err)
	}
	want := []string{"write", "change the group of", "set the mode of", "write", "sync", "close", "rename", "sync the folder of"}
	if !slices.Equal(ops, want) {
		t.Errorf("%q, want %q", ops, want)
	}
}

// Errors name the file that the person knows, not the temporary one, and keep their cause.
func TestErrorsOfTheDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	full := filepath.Join(dir, "full")
	if err := os.MkdirAll(filepath.Join(full, "file"), 0o755); err != nil {
		t.Fatal(err)
	}
	d := disk{group: noGroup, out: &bytes.Buffer{}}
	for name, err := range map[string]error{
		"no folder":          d.write(filepath.Join(dir, "none", "file"), nil, publicMode),
		"folder in the way":  d.write(full, nil, publicMode),
		"remove":             d.remove(filepath.Join(dir, "none")),
		"sync":               syncDir(filepath.Join(dir, "none")),
		"sweep":              d.sweep("["),
		"logs folder":        d.openLogsDir(filepath.Join(dir, "none")),
		"read a folder":      second(read(full)),
		"lock in no folder":  second(lock(context.Background(), filepath.Join(dir, "none", ".lock"))),
		"settle a non-entry": d.settle(filepath.Join(dir, "\x00"), publicMode, false),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		} else if strings.Contains(err.Error(), tempPrefix) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q", name, err)
		}
	}
	if err := d.write(filepath.Join(dir, "none", "file"), nil, publicMode); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("err %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, tempPrefix+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func second[T any](_ T, err error) error { return err }

func TestCannotBecomeTheOwner(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	f.p.become = func(string) error { return errIdentity }
	code, _, errs := f.run()
	if _, err := os.Stat(f.dir); code != 1 || !strings.Contains(errs, "SETUID and SETGID") || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("exit %d, %v: %s", code, err, errs)
	}
}
