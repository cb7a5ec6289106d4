//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
)

// The test binary is also the program, for what cannot be tried within the test's own process:
// becoming another user, a umask, being killed.
const (
	asChild   = "WSLAB_TEST_CHILD"
	withUID   = "WSLAB_TEST_UID"
	withUmask = "WSLAB_TEST_UMASK"
)

func TestMain(m *testing.M) {
	if os.Getenv(asChild) == "" {
		os.Exit(parent(m))
	}
	if umask, err := strconv.ParseInt(os.Getenv(withUmask), 8, 32); err == nil {
		syscall.Umask(int(umask))
	}
	if uid, err := strconv.Atoi(os.Getenv(withUID)); err == nil {
		if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(uid), syscall.Setuid(uid)); err != nil {
			panic(err)
		}
	}
	main()
}

// coverage is where children leave theirs, for lack of which they would complain on stderr.
var coverage string

func parent(m *testing.M) int {
	if testing.CoverMode() == "" {
		return m.Run()
	}
	var err error
	if coverage, err = os.MkdirTemp("", "certs-coverage-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(coverage)
	if err := os.Chmod(coverage, 0o777); err != nil {
		panic(err)
	}
	return m.Run()
}

// child is the program, about to run in dir.
func child(t *testing.T, dir string, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Dir = dir
	// The race detector would sleep for a second before each exit.
	cmd.Env = append([]string{asChild + "=1", "GORACE=atexit_sleep_ms=0", "GOCOVERDIR=" + coverage}, env...)
	return cmd
}

// runChild returns what it printed, to both streams, and its exit code.
func runChild(t *testing.T, dir string, env []string, args ...string) (out string, code int) {
	t.Helper()
	cmd := child(t, dir, env, args...)
	data, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(data), cmd.ProcessState.ExitCode()
}

// checkout is a folder that other users can pass through, as a checkout is.
func checkout(t *testing.T, owner int) (dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can become other users")
	}
	dir = t.TempDir()
	if err := errors.Join(os.Chmod(dir, 0o755), os.Chown(dir, owner, owner)); err != nil {
		t.Fatal(err)
	}
	return dir
}
