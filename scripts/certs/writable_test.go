//go:build unix

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNotWritable(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		mode fs.FileMode
		args []string
		says string
	}{
		"certs":     {mode: 0o755, says: "cannot write certs/.lock: permission denied"},
		"locked up": {mode: 0o700, says: "permission denied"},
		"logs":      {mode: 0o777, args: []string{"--logs-dir=logs"}, says: "logs/access.log: permission denied"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := checkout(t, 0)
			makeDir(t, filepath.Join(dir, "certs"), tc.mode, 0)
			makeDir(t, filepath.Join(dir, "logs"), 0o755, 0)
			cmd := child(t, dir, []string{withUID + "=4321"}, tc.args...)
			var errs strings.Builder
			cmd.Stderr = &errs
			_ = cmd.Run()
			line := errs.String()
			if cmd.ProcessState.ExitCode() != 1 || strings.Count(line, "\n") != 1 || !strings.Contains(line, tc.says) || !strings.HasSuffix(line, "run `make certs`\n") {
				t.Errorf("exit %d: %s", cmd.ProcessState.ExitCode(), line)
			}
			if left := snapshot(t, filepath.Join(dir, "logs")); len(left) != 1 {
				t.Errorf("left in logs: %v", left)
			}
			if left := snapshot(t, filepath.Join(dir, "certs")); tc.args == nil && len(left) != 1 {
				t.Errorf("left in certs: %v", left)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	want, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := nearest(filepath.Join(dir, "a", "b")); err != nil || !os.SameFile(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := nearest("no-such-folder/certs"); err != nil || !got.IsDir() {
		t.Errorf("%v, %v", got, err)
	}
	if err := becomeOwner(filepath.Join(dir, "\x00")); os.Getuid() == 0 && err == nil {
		t.Error("became the owner of nothing")
	}
}
