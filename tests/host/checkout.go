//go:build host

// Package host tests the lab from outside, as the person at the keyboard meets it: through make
// and docker compose, in checkouts of different owners, with things in the way.
package host

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// project is the Compose project of these tests. One lab runs at a time.
const project = "wslab-host"

// patience is more than any command takes, image builds among them.
const patience = 10 * time.Minute

// checkout is a copy of the lab's sources, as `git clone` would leave it.
type checkout struct {
	dir string
	env map[string]string // the lab's settings, and what else the commands see
}

// newCheckout copies what git knows of, as a user with that umask. The path has a space in it,
// as people's do.
func newCheckout(t *testing.T, uid int, umask string) *checkout {
	t.Helper()
	parent, err := os.MkdirTemp("", "wslab host ")
	if err != nil {
		t.Fatal(err)
	}
	c := &checkout{dir: filepath.Join(parent, "the lab"), env: settings(t)}
	t.Cleanup(func() {
		if _, err := os.Stat(c.dir); err == nil {
			c.run(t, "docker", "compose", "down", "--remove-orphans", "--timeout", "5")
		}
		os.RemoveAll(parent)
	})
	for _, name := range []string{parent, c.dir} {
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(name, uid, uid); err != nil {
			t.Fatal(err)
		}
	}
	archive := exec.Command("bash", "-c", "cd ../.. && git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --create --ignore-failed-read")
	sources, err := archive.Output()
	if err != nil {
		t.Fatalf("packing the sources: %v", err)
	}
	out, err := as(uid, sources, "bash", "-c", "umask "+umask+" && cd \"$1\" && tar --extract --no-same-permissions --no-same-owner && chmod \"$(printf '%o' $((0777 & ~0"+umask+")))\" .", "-", c.dir)
	if err != nil {
		t.Fatalf("unpacking the sources as user %d: %v\n%s", uid, err, out)
	}
	return c
}

// as runs a command as a user. Only root can be someone else.
func as(uid int, stdin []byte, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	if uid != os.Getuid() {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// settings are addresses and ports that nobody uses.
func settings(t *testing.T) map[string]string {
	t.Helper()
	out, err := exec.Command("../free").Output()
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"COMPOSE_PROJECT_NAME": project, "COMPOSE_PROGRESS": "plain", "BUILDKIT_PROGRESS": "plain"}
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		env[name] = value
	}
	return env
}

// command is one that will run in the checkout with its settings.
func (c *checkout) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = c.dir
	cmd.WaitDelay = 10 * time.Second
	for _, kv := range os.Environ() {
		switch name, _, _ := strings.Cut(kv, "="); name {
		case "TZ", "LAB_BIND", "MAKEFLAGS", "MAKELEVEL": // the tests' own
		default:
			cmd.Env = append(cmd.Env, kv)
		}
	}
	for name, value := range c.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	return cmd
}

// run returns all that the command prints, and its exit code.
func (c *checkout) run(t *testing.T, name string, args ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := c.command(ctx, name, args...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// must fails the test where the command does.
func (c *checkout) must(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, code := c.run(t, name, args...)
	if code != 0 {
		t.Fatalf("%s %v: exit code %d\n%s", name, args, code, out)
	}
	return out
}

func (c *checkout) url(scheme, setting string) string {
	return fmt.Sprintf("%s://localhost:%s", scheme, c.env[setting])
}
