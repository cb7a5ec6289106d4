//go:build host

package host

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// `make up` on a clean checkout ends with a lab that answers, and says where.
func TestUp(t *testing.T) {
	c := newCheckout(t, os.Getuid(), "022")
	c.must(t, "docker", "compose", "build") // what is timed is the start, with the images there
	started := time.Now()
	out := c.must(t, "make", "up")
	t.Logf("make up took %v", time.Since(started).Round(time.Millisecond))
	for _, says := range []string{"The lab is up.", c.url("http", "HTTP_PORT"), c.url("wss", "WSS_PORT"), "press Connect"} {
		if !strings.Contains(out, says) {
			t.Errorf("make up does not say %q:\n%s", says, out)
		}
	}
	answers(t, c.url("http", "HTTP_PORT"))
	again := c.must(t, "make", "certs")
	if !strings.Contains(again, "nothing to do") {
		t.Errorf("a second `make certs` says\n%s", again)
	}
	c.must(t, "make", "down")
	if left := c.must(t, "docker", "compose", "ps", "--all", "--quiet"); left != "" {
		t.Errorf("make down left containers: %s", left)
	}
}

func answers(t *testing.T, url string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %s", url, resp.Status)
	}
}

// What `make up` says last when something is in the way.
func TestUpExplains(t *testing.T) {
	for _, tc := range []struct {
		name   string
		spoil  func(t *testing.T, c *checkout)
		advice string
	}{
		{"port taken", takePort, "choose another port in .env"},
		{"network taken", takeNetwork, "Choose others with LAB_NET in .env"},
		{"folder missing", removeFolder, "git checkout -- certs logs webserver"},
		{"certs not writable", lockCerts, "run `make certs`"},
		{"name not allowed", func(_ *testing.T, c *checkout) { c.env["CERT_EXTRA_NAMES"] = "bank.example.org" }, "bank.example.org"},
		{"network malformed", func(_ *testing.T, c *checkout) { c.env["LAB_NET"] = "8.8.8" }, "LAB_NET"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCheckout(t, os.Getuid(), "022")
			tc.spoil(t, c)
			out, code := c.run(t, "scripts/up")
			lines := strings.Split(strings.TrimSpace(out), "\n")
			last := lines[len(lines)-1]
			if code == 0 || !strings.HasPrefix(last, "The lab did not start: ") || !strings.Contains(last, tc.advice) {
				t.Errorf("exit code %d, and the last line is %q; want one with %q\n%s", code, last, tc.advice, out)
			}
		})
	}
}

func takePort(t *testing.T, c *checkout) {
	l, err := net.Listen("tcp", "127.0.0.1:"+c.env["WSS_PORT"])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
}

func takeNetwork(t *testing.T, c *checkout) {
	out, err := exec.Command("docker", "network", "create", "--subnet", c.env["LAB_NET"]+".0/24", project+"-other").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Cleanup(func() { exec.Command("docker", "network", "rm", project+"-other").Run() })
}

func removeFolder(t *testing.T, c *checkout) {
	if err := os.RemoveAll(filepath.Join(c.dir, "logs")); err != nil {
		t.Fatal(err)
	}
}

// The container has no capability to pass over modes, whoever it runs as.
func lockCerts(t *testing.T, c *checkout) {
	if err := os.Chmod(filepath.Join(c.dir, "certs"), 0o555); err != nil {
		t.Fatal(err)
	}
}

// `docker compose up` alone, in the foreground, as those without make do. Ctrl-C ends it.
func TestComposeUpAlone(t *testing.T) {
	c := newCheckout(t, os.Getuid(), "022")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := c.command(ctx, "docker", "compose", "up")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, c.url("http", "WS_PORT")+"/healthz", true)
	waitFor(t, c.url("http", "HTTP_PORT"), true)
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() != 130 {
		t.Errorf("after Ctrl-C: %v", err)
	}
	if running := c.must(t, "docker", "compose", "ps", "--quiet"); running != "" {
		t.Errorf("still running after Ctrl-C: %s", running)
	}
}

// waitFor waits until the URL answers, or does not any more.
func waitFor(t *testing.T, url string, answering bool) {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		resp, err := http.Get(url)
		if err == nil {
			resp.Body.Close()
		}
		if (err == nil) == answering {
			return
		}
	}
	t.Fatalf("%s: answering is not %v after 3 minutes", url, answering)
}
