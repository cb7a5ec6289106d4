//go:build host

package host

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestMakeListsTargets(t *testing.T) {
	c := newCheckout(t, os.Getuid(), "022")
	out := c.must(t, "make")
	for _, target := range []string{"up", "certs", "down", "logs", "ps", "test", "clean", "dev"} {
		if !strings.Contains(out, "make "+target+" ") {
			t.Errorf("`make` does not list %s:\n%s", target, out)
		}
	}
}

// `make dev` serves on loopback without containers; Ctrl-C ends both servers.
func TestDev(t *testing.T) {
	c := newCheckout(t, os.Getuid(), "022")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := c.command(ctx, "make", "dev")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a terminal's Ctrl-C goes to the whole group
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	page, socket := c.url("http", "HTTP_PORT"), c.url("http", "WS_PORT")
	waitFor(t, page, true)
	waitFor(t, socket, true)
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // make's exit code for Ctrl-C is its own affair
	waitFor(t, page, false)
	waitFor(t, socket, false)
	if left := out.String(); strings.Contains(left, "A server has ended") {
		t.Errorf("Ctrl-C was taken for a failure:\n%s", left)
	}
}

// One server that cannot start ends the other, and the reason is there to read.
func TestDevPortTaken(t *testing.T) {
	c := newCheckout(t, os.Getuid(), "022")
	takePort(t, c)
	out, code := c.run(t, "make", "dev")
	if code == 0 || !strings.Contains(out, "the port is taken") || !strings.Contains(out, "A server has ended") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	waitFor(t, c.url("http", "HTTP_PORT"), false)
}

// `make clean` asks before it deletes a CA that browsers may trust.
func TestCleanAsks(t *testing.T) {
	c := newCheckout(t, os.Getuid(), "022")
	c.must(t, "make", "certs")
	ca := filepath.Join(c.dir, "certs/ca.pem")
	if out := c.must(t, "bash", "-c", "echo n | make clean"); !strings.Contains(out, "Kept.") {
		t.Errorf("answered no:\n%s", out)
	}
	if _, err := os.Stat(ca); err != nil {
		t.Errorf("answered no, and the CA is gone: %v", err)
	}
	c.must(t, "bash", "-c", "make clean < /dev/null") // no answer is no
	if _, err := os.Stat(ca); err != nil {
		t.Errorf("not answered, and the CA is gone: %v", err)
	}
	if out := c.must(t, "bash", "-c", "echo y | make clean"); !strings.Contains(out, "Deleted.") {
		t.Errorf("answered yes:\n%s", out)
	}
	if left, _ := filepath.Glob(filepath.Join(c.dir, "certs", "*", "*.pem")); len(left) > 0 {
		t.Errorf("answered yes, and there is still %v", left)
	}
	if _, err := os.Stat(ca); err == nil {
		t.Error("answered yes, and the CA is still there")
	}
}
