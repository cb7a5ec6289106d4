//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/peer"
)

// TestMain lets the test's program be the client, in a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("WSCLIENT_TEST") == "be the client" {
		main()
	}
	os.Exit(m.Run())
}

// command is the client as a process, without anything of this one's environment.
func command(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = []string{"WSCLIENT_TEST=be the client"}
	timer := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
	t.Cleanup(func() { timer.Stop() })
	return cmd
}

func TestProcess(t *testing.T) {
	t.Parallel()
	cmd := command(t, "cat", "--linger=0", peer.WS(t, peer.Greet))
	cmd.Stdin = strings.NewReader("hi\n")
	if out, err := cmd.Output(); err != nil || string(out) != "hello\nhi\n" {
		t.Errorf("%q, %v", out, err)
	}
	cmd = command(t, "cat", peer.WS(t, peer.CloseWith(4000, "")))
	if cmd.Run(); cmd.ProcessState.ExitCode() != 7 {
		t.Error(cmd.ProcessState)
	}
}

// A CA in the usual place is found, from wherever the program is started.
func TestProcessFindsCA(t *testing.T) {
	t.Parallel()
	url, ca := peer.Lab(t, peer.Greet)
	for _, place := range []string{"certs", "certs/server"} {
		cmd := command(t, "info", url)
		cmd.Dir = t.TempDir()
		if err := os.MkdirAll(cmd.Dir+"/"+place, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Link(ca, cmd.Dir+"/"+place+"/ca.pem"); err != nil {
			t.Fatal(err)
		}
		if out, err := cmd.Output(); err != nil || !strings.Contains(string(out), "by the CA in "+place+"/ca.pem") {
			t.Errorf("%v: %s", err, out)
		}
	}
}

func TestProcessSignals(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		cmd := command(t, "rtt", "-n0", peer.WS(t, peer.Echo))
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(stdout)
		lines.ReadString('\n')
		lines.ReadString('\n')
		cmd.Process.Signal(signal)
		if rest, _ := io.ReadAll(lines); !bytes.Contains(rest, []byte("1 sent, 1 received")) {
			t.Errorf("%v: no summary: %q", signal, rest)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v: %v", signal, err)
		}
	}
}

// The second Ctrl-C does not wait for a server that does not answer the close.
func TestProcessSecondSignal(t *testing.T) {
	t.Parallel()
	cmd := command(t, "cat", peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
		peer.Say("hello")(ctx, c)
		peer.Silent(ctx, c)
	}))
	stdin, _ := cmd.StdinPipe()
	stdout, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	bufio.NewReader(stdout).ReadString('\n')
	began := time.Now()
	cmd.Process.Signal(syscall.SIGTERM) // shells let what they start in the background ignore SIGINT
	time.Sleep(200 * time.Millisecond)
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err == nil || time.Since(began) > 4*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	stdin.Close()
}

// `wsclient cat URL | head -n 1` closes the connection in good order.
func TestProcessHead(t *testing.T) {
	t.Parallel()
	closed := make(chan error, 1)
	cmd := command(t, "cat", peer.WS(t, func(ctx context.Context, c *websocket.Conn) {
		go func() {
			for c.Write(ctx, websocket.MessageText, []byte("tick")) == nil {
				time.Sleep(time.Millisecond)
			}
		}()
		_, _, err := c.Read(ctx)
		closed <- err
	}))
	stdin, _ := cmd.StdinPipe()
	defer stdin.Close()
	stdout, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	bufio.NewReader(stdout).ReadString('\n')
	stdout.Close()
	if err := <-closed; websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Errorf("it closed with %v", err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
