//go:build unix

package certificate_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"wslab/services/certificate"
	"wslab/services/testcert"
)

// nobody is the servers' user in the containers.
const nobody = 65532

// Root reads everything, so the test runs itself as a user that does not.
func TestOpenUnreadable(t *testing.T) {
	if dir := os.Getenv("CERTIFICATE_TEST_DIR"); dir != "" {
		_, err := certificate.Open(dir, quiet)
		checkError(t, err, certificate.ErrUnreadable, certificate.KeyFile)
		return
	}
	t.Parallel()
	// Not t.TempDir: its parents are their user's alone.
	dir, err := os.MkdirTemp("", "certificate-test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	testcert.New(t, "CA").Issue(t, testcert.Leaf{}).Write(t, dir)
	chmod(t, dir, 0o755)
	chmod(t, filepath.Join(dir, certificate.CertFile), 0o644)
	runAsNobody(t, dir)
}

func runAsNobody(t *testing.T, dir string) {
	child := exec.Command(copyOfSelf(t, dir), "-test.run=^TestOpenUnreadable$", "-test.v")
	child.Env = []string{"CERTIFICATE_TEST_DIR=" + dir}
	child.Dir = dir
	if os.Getuid() == 0 {
		child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	} else {
		chmod(t, filepath.Join(dir, certificate.KeyFile), 0)
	}
	out, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestOpenUnreadable") {
		t.Errorf("as user %d: %v\n%s", nobody, err, out)
	}
}

// copyOfSelf puts the test's program where everybody may run it.
func copyOfSelf(t *testing.T, dir string) string {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "self.test")
	if err := os.WriteFile(name, program, 0o755); err != nil {
		t.Fatal(err)
	}
	chmod(t, name, 0o755)
	return name
}

func chmod(t *testing.T, name string, mode os.FileMode) {
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
}
