package main

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"
)

func openTestPage(dir string) (page fs.FS, log string, err error) {
	var b bytes.Buffer
	page, err = openPage(dir, slog.New(slog.NewTextHandler(&b, nil)))
	return page, b.String(), err
}

func TestPageInTheProgram(t *testing.T) {
	t.Parallel()
	page, log, err := openTestPage("")
	if err != nil || log != "" {
		t.Fatalf("%v, log %q", err, log)
	}
	index, err := fs.ReadFile(page, "index.html")
	if err != nil || !bytes.Contains(index, []byte("<!doctype html>")) {
		t.Errorf("index.html: %v, %.60q", err, index)
	}
	// Everything that the folder has, and nothing that begins with a dot.
	if err := fs.WalkDir(os.DirFS("www"), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == "." || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		_, err = fs.Stat(page, name)
		return err
	}); err != nil {
		t.Error(err)
	}
}

func TestPageInADirectory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/index.html", []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	page, log, err := openTestPage(dir)
	if err != nil || log != "" {
		t.Fatalf("%v, log %q", err, log)
	}
	if got, err := fs.ReadFile(page, "index.html"); err != nil || string(got) != "mine" {
		t.Errorf("%q, %v", got, err)
	}
	// Confined: a link that leads out is not followed.
	if err := os.Symlink("/etc/passwd", dir+"/out"); err != nil {
		t.Fatal(err)
	}
	if got, err := fs.ReadFile(page, "out"); err == nil {
		t.Errorf("read %q", got)
	}
}

func TestPageEmpty(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	page, log, err := openTestPage(dir)
	if err != nil || !strings.Contains(log, "level=WARN") || !strings.Contains(log, dir) {
		t.Fatalf("%v, log %q", err, log)
	}
	if _, err := fs.Stat(page, "index.html"); err != nil {
		t.Error(err)
	}
}

func TestPageErrors(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{"absent": t.TempDir() + "/none", "a file": os.Args[0]} {
		if _, _, err := openTestPage(dir); !errors.Is(err, errPage) || !strings.Contains(err.Error(), "`--www-dir`") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
