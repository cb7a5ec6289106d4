//go:build unix

package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
)

func TestModesArePutRight(t *testing.T) {
	t.Parallel()
	f := made(t)
	for path, mode := range map[string]fs.FileMode{
		f.ca: 0o600, f.caKey: 0o644, f.server: 0o777, f.leaf: 0o600, f.leafKey: 0o644, f.copy: 0o666,
	} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		out := f.mustRun()
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != f.mode(path) {
			t.Errorf("%s has mode %v, %v", path, info.Mode(), err)
		}
		if strings.Contains(out, "nothing to do") || !strings.Contains(out, path+": now mode 0") || !strings.Contains(out, describe(info)) {
			t.Errorf("does not say so:\n%s", out)
		}
		f.unchanged()
	}
}

func TestStricterModeIsAChoice(t *testing.T) {
	t.Parallel()
	f := made(t)
	if err := os.Chmod(f.caKey, 0o400); err != nil {
		t.Fatal(err)
	}
	f.unchanged()
}

func TestGroupIsPutRight(t *testing.T) {
	t.Parallel()
	f := made(t)
	if out := f.mustRun(); strings.Count(out, "only root can give") != 1 {
		t.Errorf("says:\n%s", out)
	}
	if os.Getuid() != 0 {
		t.Skip("only root can give files away")
	}
	f.p.group = func() int { return serversID }
	if out := f.mustRun(); strings.Contains(out, "only root") || strings.Count(out, "group 65532, was") != 4 {
		t.Errorf("says:\n%s", out)
	}
	for _, path := range []string{f.server, f.leaf, f.leafKey, f.copy} {
		if !isServers(path) {
			t.Errorf("%s is not the servers'", path)
		}
	}
	f.unchanged()
	f.p.group = func() int { return noGroup }
	f.unchanged()
}

// A file of someone else's cannot be given away, but the folder's owner may put a copy in its place.
func TestFileOfSomeoneElse(t *testing.T) {
	t.Parallel()
	f := made(t)
	if err := os.Chmod(f.copy, 0o666); err != nil {
		t.Fatal(err)
	}
	want, err := os.Stat(f.copy)
	if err != nil {
		t.Fatal(err)
	}
	denied := false
	f.p.before = func(op, path string) error {
		if op == "set the mode of" && path == f.copy && !denied {
			denied = true
			return fs.ErrPermission
		}
		return nil
	}
	f.mustRun()
	f.good()
	if got, err := os.Stat(f.copy); err != nil || os.SameFile(got, want) || got.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", got.Mode(), err)
	}
}

// Some filesystems take a mode, report no error, and keep none. Every run then says so, and goes on.
func TestFilesystemWithoutModes(t *testing.T) {
	t.Parallel()
	f := made(t)
	var out bytes.Buffer
	d := disk{group: noGroup, out: &out}
	info, err := os.Stat(f.leafKey)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.confirm(f.leafKey, info, 0o600, noGroup); err != nil || !strings.Contains(out.String(), "stays mode 0640") {
		t.Errorf("%v: %s", err, out.String())
	}
	if err := d.confirm(f.leafKey+"x", info, 0o600, noGroup); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
