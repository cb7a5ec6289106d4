//go:build unix

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLogs(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	dir := filepath.Join(filepath.Dir(f.dir), "logs")
	logs := func() string { return f.mustRun("--logs-dir", dir) }
	if out := logs(); !strings.Contains(out, "access.log") || !strings.Contains(out, "error.log") {
		t.Errorf("says:\n%s", out)
	}
	access := filepath.Join(dir, "access.log")
	if err := errors.Join(os.WriteFile(access, []byte("one\n"), 0), os.Chmod(access, 0o600), os.Chtimes(access, f.clock, f.clock)); err != nil {
		t.Fatal(err)
	}
	server, err := os.OpenFile(access, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	logs()
	// A web server that runs meanwhile must not end up writing to a file that was replaced.
	if _, err := server.WriteString("two\n"); err != nil || string(read1(t, access)) != "one\ntwo\n" {
		t.Errorf("%v: %q", err, read1(t, access))
	}
	before := snapshot(t, dir)
	logs()
	for path, was := range before {
		if is := snapshot(t, dir)[path]; is != was {
			t.Errorf("%s changed from %v to %v", path, was, is)
		}
	}
	if mode := before[access].mode.Perm(); mode != 0o660 {
		t.Errorf("access.log has mode %v", mode)
	}
}

func TestLogsFolderIsNeverOpenedToOthers(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root can give files away")
	}
	for before, want := range map[fs.FileMode]fs.FileMode{0o700: 0o750, 0o750: 0o750, 0o770: 0o770, 0o755: 0o755, 0o701: 0o751} {
		f := made(t)
		f.p.group = func() int { return serversID }
		dir := t.TempDir()
		if err := os.Chmod(dir, before); err != nil {
			t.Fatal(err)
		}
		f.mustRun("--logs-dir", dir)
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm() != want || !serversMayEnter(info) {
			t.Errorf("from %o: %s, %v", before, describe(info), err)
		}
	}
}

// The logs come last: what fails there must not hide what was made.
func TestLogsFailAfterTheReport(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"make", "write"} {
		f := made(t)
		logs := filepath.Join(filepath.Dir(f.dir), "logs")
		f.p.before = func(does, path string) error {
			if does == op && strings.HasPrefix(path, logs) {
				return errInjected
			}
			return nil
		}
		code, out, errs := f.run("--renew", "--logs-dir", logs)
		if code != 1 || !strings.Contains(out, "wrote 1 of 5") || !strings.Contains(errs, logs) {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
		f.good()
	}
}

// "Nothing to do" is for a run that did nothing.
func TestNewsIsNotNothing(t *testing.T) {
	t.Parallel()
	f := made(t)
	logs := filepath.Join(filepath.Dir(f.dir), "logs")
	for _, want := range []string{"nothing to renew", "nothing to do"} {
		if out := f.mustRun("--logs-dir", logs); !strings.Contains(out, want) || !strings.HasPrefix(out, "certs: ") {
			t.Errorf("not %q:\n%s", want, out)
		}
	}
}
