//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// As in the container: root becomes whoever owns the checkout, whatever the mode and the umask.
func TestFilesBelongToTheOwner(t *testing.T) {
	t.Parallel()
	for _, uid := range []int{0, 1000, 4321} {
		for _, mode := range []fs.FileMode{0o755, 0o700} {
			for _, umask := range []string{"022", "077"} {
				t.Run(fmt.Sprintf("%d %o %s", uid, mode, umask), func(t *testing.T) {
					t.Parallel()
					dir := checkout(t, uid)
					for _, name := range []string{"certs", "logs"} {
						makeDir(t, filepath.Join(dir, name), mode, uid)
					}
					env := []string{withUmask + "=" + umask}
					if out, code := runChild(t, dir, env, "--logs-dir=logs"); code != 0 || strings.Contains(out, "only root") || strings.Contains(out, "certs/server: now") {
						t.Fatalf("exit %d: %s", code, out)
					}
					checkOwned(t, dir, uid, serversID)
					before := snapshot(t, dir)
					out, _ := runChild(t, dir, env, "--logs-dir=logs")
					if after := snapshot(t, dir); !strings.Contains(out, "nothing to do") || fmt.Sprint(before) != fmt.Sprint(after) {
						t.Errorf("a second run is not quiet: %s", out)
					}
				})
			}
		}
	}
}

func makeDir(t *testing.T, path string, mode fs.FileMode, uid int) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(path, mode), os.Chmod(path, mode), os.Chown(path, uid, uid)); err != nil {
		t.Fatal(err)
	}
}

// checkOwned looks at what was made: the owner's, and the servers' where they have to get in.
func checkOwned(t *testing.T, dir string, uid, group int, anyGroup ...string) {
	t.Helper()
	for path, want := range map[string]fs.FileMode{
		"certs/ca.pem": 0o644, "certs/ca-key.pem": 0o600, "certs/server": 0o750,
		"certs/server/server.pem": 0o644, "certs/server/server-key.pem": 0o640, "certs/server/ca.pem": 0o644,
		"logs/access.log": 0o660, "logs/error.log": 0o660,
	} {
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil {
			t.Error(err)
			continue
		}
		owner := int(info.Sys().(*syscall.Stat_t).Uid)
		wrongGroup := groupOf(info) != group && !slices.Contains(anyGroup, path)
		if info.Mode().Perm() != want || owner != uid || wrongGroup {
			t.Errorf("%s: uid %d, %s; want uid %d, mode %04o, group %d", path, owner, describe(info), uid, want, group)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "logs")); err != nil || !serversMayEnter(info) {
		t.Errorf("the servers cannot enter logs: %v", info.Mode())
	}
}

func serversMayEnter(info fs.FileInfo) bool {
	mode := info.Mode().Perm()
	return mode&0o005 == 0o005 || groupOf(info) == serversID && mode&0o050 == 0o050
}

// A folder that is yet to be made belongs to the owner of the one above it.
func TestNewFolderBelongsToTheCheckout(t *testing.T) {
	t.Parallel()
	dir := checkout(t, 4321)
	if out, code := runChild(t, dir, nil, "--certs-dir=some/certs", "--logs-dir=logs"); code != 0 {
		t.Fatalf("exit %d: %s", code, out)
	}
	for _, name := range []string{"some", "some/certs", "some/certs/server", "logs", "logs/access.log"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if uid := info.Sys().(*syscall.Stat_t).Uid; uid != 4321 {
			t.Errorf("%s belongs to %d", name, uid)
		}
	}
}

// Made on the host by an ordinary user, the files cannot be the servers'. The containers' run
// makes them so, and changes nothing else.
func TestHostThenContainer(t *testing.T) {
	t.Parallel()
	dir := checkout(t, 4321)
	ordinary := []string{withUID + "=4321", withUmask + "=077"}
	out, code := runChild(t, dir, ordinary, "--logs-dir=logs")
	if code != 0 || strings.Count(out, "only root") != 1 {
		t.Fatalf("exit %d: %s", code, out)
	}
	checkOwnedBut(t, dir)
	access := filepath.Join(dir, "logs", "access.log")
	if err := errors.Join(os.WriteFile(access, []byte("a line\n"), 0o600), os.Chmod(access, 0o600)); err != nil {
		t.Fatal(err)
	}
	key := read1(t, filepath.Join(dir, "certs/server/server-key.pem"))
	out, code = runChild(t, dir, nil, "--logs-dir=logs")
	if code != 0 || !strings.Contains(out, "server-key.pem: now mode 0640, group 65532, was mode 0640, group 4321") {
		t.Fatalf("exit %d: %s", code, out)
	}
	checkOwned(t, dir, 4321, serversID, "certs/ca.pem", "certs/ca-key.pem")
	if string(read1(t, access)) != "a line\n" || string(key) != string(read1(t, filepath.Join(dir, "certs/server/server-key.pem"))) {
		t.Error("the contents changed")
	}
	// From then on the host's own runs keep it so: a renewal does not touch the key.
	if out, code := runChild(t, dir, ordinary, "--renew"); code != 0 || strings.Contains(out, "only root") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func checkOwnedBut(t *testing.T, dir string) {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, "certs/server/server-key.pem"))
	if err != nil || groupOf(info) == serversID {
		t.Fatalf("an ordinary user gave a file to group 65532? %v", err)
	}
}
