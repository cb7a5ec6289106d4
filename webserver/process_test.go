//go:build unix

package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test's program be the server, in a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("WEBSERVER_TEST") == "be the server" {
		main()
	}
	os.Exit(m.Run())
}

// command is the server as a process, without anything of this one's environment.
func command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Env = []string{"WEBSERVER_TEST=be the server"}
	return cmd
}

// startProcess starts the server on http alone, and returns where it listens.
func startProcess(t *testing.T) (cmd *exec.Cmd, url string, stdout io.ReadCloser) {
	t.Helper()
	cmd = command(os.Args[0], "--http-listen=127.0.0.1:0", "--https-listen=off")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	line, err := bufio.NewReader(stderr).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return cmd, regexp.MustCompile(`http://\S+`).FindString(line), stdout
}

// wantExit waits for the process, and for not as long as a stop may take.
func wantExit(t *testing.T, cmd *exec.Cmd, want int) {
	t.Helper()
	timer := time.AfterFunc(8*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != want {
		t.Errorf("exit %d, want %d: %v", got, want, cmd.ProcessState)
	}
}

func TestSignals(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		cmd, url, _ := startProcess(t)
		resp, err := http.Get(url) // leaves a connection open, as browsers do
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%v, %v", resp, err)
		}
		resp.Body.Close()
		cmd.Process.Signal(signal)
		wantExit(t, cmd, 0)
	}
}

// Whoever reads the server's stdout may go away: `webserver | head`.
func TestStdoutClosed(t *testing.T) {
	t.Parallel()
	cmd, url, stdout := startProcess(t)
	stdout.Close()
	for range 3 {
		if resp, err := http.Get(url); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%v, %v", resp, err)
		}
	}
	cmd.Process.Signal(syscall.SIGTERM)
	wantExit(t, cmd, 0)
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]int{
		"-h": 0, "healthcheck -h": 0, "--bogus": 2, "--http-port=0": 2,
		"--https-listen=off --www-dir=none": 1, "--certs-dir=none": 1, "healthcheck --https-listen=off --http-listen=127.0.0.1:1": 1,
	} {
		cmd := command(os.Args[0], strings.Fields(args)...)
		cmd.Dir = t.TempDir()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		wantExit(t, cmd, want)
	}
}
