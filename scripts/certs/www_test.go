package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWWW(t *testing.T) {
	t.Parallel()
	if !keepsModes {
		t.Skip("this system keeps no modes")
	}
	dir := t.TempDir()
	for path, mode := range map[string]os.FileMode{"page.html": 0o600, "open.html": 0o644, "js": 0o700, "js/main.js": 0o640} {
		path = filepath.Join(dir, path)
		if mode == 0o700 {
			if err := os.MkdirAll(path, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "js"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	group := os.Getgid() // a group that the test may give files to
	for range 2 {
		if err := (&disk{group: group, out: io.Discard}).www(dir); err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]os.FileMode{"page.html": 0o640, "open.html": 0o644, "js": 0o750, "js/main.js": 0o640} {
			info, err := os.Stat(filepath.Join(dir, path))
			if err != nil || info.Mode().Perm() != want {
				t.Errorf("%s has mode %v, %v; want %v", path, info.Mode(), err, want)
			}
		}
	}
}

// A file that cannot be helped is said, and the lab goes on; a folder that is not there is an error.
func TestWWWInTheWay(t *testing.T) {
	t.Parallel()
	if !keepsModes {
		t.Skip("this system keeps no modes")
	}
	f := made(t)
	f.p.group = func() int { return os.Getgid() }
	if code, _, errs := f.run("--www-dir", filepath.Join(f.dir, "none")); code != 1 || errs == "" {
		t.Errorf("exit %d: %s", code, errs)
	}
	page := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(page, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f.p.before = func(_, path string) error {
		if path == page {
			return errInjected
		}
		return nil
	}
	if out := f.mustRun("--www-dir", filepath.Dir(page)); !strings.Contains(out, "cannot read "+page) {
		t.Errorf("says:\n%s", out)
	}
}
