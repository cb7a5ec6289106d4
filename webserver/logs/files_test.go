package logs_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wslab/webserver/logs"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	access := filepath.Join(dir, logs.AccessFile)
	if err := os.WriteFile(access, []byte("before\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	files, err := logs.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	files.Access.WriteString("one\n")
	files.Error.WriteString("wrong\n")
	if got := read(t, access); got != "before\none\n" {
		t.Errorf("access log %q", got)
	}
	if got := read(t, filepath.Join(dir, logs.ErrorFile)); got != "wrong\n" {
		t.Errorf("error log %q", got)
	}
	// What `: > logs/access.log` does.
	if err := os.Truncate(access, 0); err != nil {
		t.Fatal(err)
	}
	files.Access.WriteString("two\n")
	if got := read(t, access); got != "two\n" {
		t.Errorf("access log, emptied while open: %q", got)
	}
}

func TestOpenNothing(t *testing.T) {
	t.Parallel()
	files, err := logs.Open("")
	if err != nil || files.Access != nil || files.Error != nil {
		t.Errorf("%v, %v", files, err)
	}
	files.Close()
}

func TestOpenFails(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(t *testing.T, dir string) string{
		"no directory":           func(_ *testing.T, dir string) string { return filepath.Join(dir, "none") },
		"a file":                 func(t *testing.T, dir string) string { mkdir(t, dir, "x"); return touch(t, dir) },
		"access.log is a folder": func(t *testing.T, dir string) string { mkdir(t, dir, logs.AccessFile); return dir },
		"error.log is a folder":  func(t *testing.T, dir string) string { mkdir(t, dir, logs.ErrorFile); return dir },
		"access.log leads nowhere": func(t *testing.T, dir string) string {
			if err := os.Symlink("none/none", filepath.Join(dir, logs.AccessFile)); err != nil {
				t.Fatal(err)
			}
			return dir
		},
	} {
		_, err := logs.Open(prepare(t, t.TempDir()))
		if !errors.Is(err, logs.ErrOpen) || !strings.HasSuffix(err.Error(), ": run `make certs`, which prepares logs/") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func mkdir(t *testing.T, dir, name string) {
	if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
		t.Fatal(err)
	}
}

func touch(t *testing.T, dir string) string {
	name := filepath.Join(dir, "file")
	if err := os.WriteFile(name, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}
