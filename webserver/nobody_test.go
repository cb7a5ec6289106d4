//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"wslab/services/certificate"
	"wslab/services/testcert"
)

// nobody is the server's user in its container.
const nobody = 65532

// Root reads everything, so the server runs as its container's user here.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root can become another user")
	}
	dir := openDir(t)
	program := filepath.Join(dir, "webserver.test")
	copyFile(t, program, os.Args[0], 0o755)
	for _, name := range []string{"certs", "www", "logs"} {
		mkdir(t, filepath.Join(dir, name), 0o755)
	}
	testcert.New(t, "CA").Issue(t, testcert.Leaf{}).Write(t, filepath.Join(dir, "certs"))
	chmod(t, filepath.Join(dir, "certs", certificate.CertFile), 0o644)
	chmod(t, filepath.Join(dir, "www"), 0o700)
	for name, tc := range map[string]struct {
		args string
		says []string
	}{
		"key":  {"--certs-dir=certs", []string{"server-key.pem", "65532", "run `make certs`"}},
		"page": {"--https-listen=off --www-dir=www", []string{"www", "65532", "run `chmod -R a+rX`"}},
		"logs": {"--https-listen=off --logs-dir=logs", []string{"logs/access.log", "run `make certs`, which prepares logs/"}},
	} {
		cmd := command(program, append(strings.Fields(tc.args), "--http-listen=127.0.0.1:0")...)
		cmd.Dir = dir
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		out, _ := cmd.CombinedOutput()
		line, _, _ := strings.Cut(string(out), "\n")
		if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.HasPrefix(line, "webserver: ") {
			t.Errorf("%s: exit %d, %q", name, code, out)
		}
		for _, says := range tc.says {
			if !strings.Contains(line, says) {
				t.Errorf("%s: %q does not say %q", name, line, says)
			}
		}
	}
}

// openDir is not t.TempDir, whose parents are their user's alone.
func openDir(t *testing.T) string {
	dir, err := os.MkdirTemp("", "webserver-test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	chmod(t, dir, 0o755)
	return dir
}

func copyFile(t *testing.T, to, from string, mode os.FileMode) {
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, mode); err != nil {
		t.Fatal(err)
	}
	chmod(t, to, mode)
}

func mkdir(t *testing.T, name string, mode os.FileMode) {
	if err := os.Mkdir(name, mode); err != nil {
		t.Fatal(err)
	}
	chmod(t, name, mode)
}

func chmod(t *testing.T, name string, mode os.FileMode) {
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
}
