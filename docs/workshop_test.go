//go:build workshop

// Package docs runs the workshop: every command in these pages, in a clean clone, with real
// containers, comparing what it prints with what the page shows.
package docs

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience is more than any one command takes, image builds among them.
const patience = 10 * time.Minute

func TestWorkshop(t *testing.T) {
	clone := cleanClone(t)
	t.Cleanup(func() { takeDown(t, clone) })
	pages, err := filepath.Glob("[0-9][0-9]-*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("there are no chapters", err)
	}
	for _, page := range append([]string{"../README.md"}, pages...) {
		if !t.Run(filepath.Base(page), func(t *testing.T) { runPage(t, clone, page) }) {
			return // a chapter builds on the one before it
		}
	}
}

func runPage(t *testing.T, clone, page string) {
	all, err := steps(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		output, err := run(t, clone, s.command)
		at := fmt.Sprintf("%s:%d: %s", s.file, s.line, strings.TrimSpace(s.command))
		if err != nil {
			t.Fatalf("%s\nfails with %v:\n%s", at, err, output)
		}
		if s.expected == nil {
			continue
		}
		if difference := compare(output, *s.expected); difference != "" {
			t.Fatalf("%s\n%s", at, difference)
		}
	}
	if filepath.Base(page) == "05-browser.md" {
		inBrowser(t, clone)
	}
	t.Logf("%s: %d commands", page, len(all))
}

// run runs a block as a person would who pastes it into a shell in the clone. The pages use
// nothing that a block leaves in the shell's memory.
func run(t *testing.T, clone, command string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", command)
	cmd.Dir = clone
	cmd.Env = environment()
	cmd.WaitDelay = 5 * time.Second
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// environment is this process's, less what would change the lab's settings or a program's output.
func environment() (env []string) {
	for _, kv := range os.Environ() {
		switch name, _, _ := strings.Cut(kv, "="); name {
		case "TZ", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "COMPOSE_PROJECT_NAME", "MAKEFLAGS", "MAKELEVEL", "MFLAGS":
		default:
			env = append(env, kv)
		}
	}
	// Progress is drawn for terminals, and it says less where there is none.
	return append(env, "COMPOSE_PROGRESS=quiet", "BUILDKIT_PROGRESS=quiet")
}

// cleanClone is what a person has after `git clone`: what is committed, nothing else.
func cleanClone(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "wslab")
	out, err := exec.Command("git", "clone", "--quiet", "--no-hardlinks", "..", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("git clone: %v\n%s", err, out)
	}
	return dir
}

// takeDown removes what the chapters start, wherever they ended: the containers of chapter 4 too,
// which are on the lab's network and in no Compose project.
func takeDown(t *testing.T, clone string) {
	t.Helper()
	out, err := exec.Command("bash", "-c", "docker ps --all --quiet --filter network=wslab_frontend | xargs --no-run-if-empty docker rm --force").CombinedOutput()
	t.Logf("removed what was left: %v %s", err, out)
	compose(t, clone, "down", "--remove-orphans", "--volumes")
}

func compose(t *testing.T, clone string, args ...string) {
	t.Helper()
	cmd := exec.Command("docker", append([]string{"compose"}, args...)...)
	cmd.Dir, cmd.Env = clone, environment()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("docker compose %v: %v\n%s", args, err, out)
	}
}
