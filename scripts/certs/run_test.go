package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wslab/services/cli"
)

func TestFirstRun(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	out := f.mustRun()
	f.good()
	ca := f.certificate(f.ca)
	for _, want := range []string{
		"wrote 5 of 5 files", f.ca + " ", f.caKey + " ", f.leaf + " ", f.leafKey + " ", f.copy + " ", " new ",
		"websocket.example.com", "172.31.10.20", ca.Subject.CommonName, fingerprint(ca.Raw),
		ca.NotAfter.Format("2006-01-02"), "make up",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the first run does not say %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "because") {
		t.Errorf("the first run gives reasons:\n%s", out)
	}
}

func TestFirstRunModes(t *testing.T) {
	t.Parallel()
	if !keepsModes {
		t.Skip("this system keeps no modes")
	}
	f := made(t)
	for path, want := range map[string]fs.FileMode{
		f.ca: 0o644, f.caKey: 0o600, f.server: 0o750, f.leaf: 0o644, f.leafKey: 0o640, f.copy: 0o644,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %04o, want %04o", path, got, want)
		}
	}
}

func TestSecondRunChangesNothing(t *testing.T) {
	t.Parallel()
	f := made(t)
	f.unchanged()
	f.clock = f.clock.AddDate(0, 11, 0)
	f.unchanged()
	if out := f.mustRun(); strings.Count(out, "\n") > 2 {
		t.Errorf("a run with nothing to do says too much:\n%s", out)
	}
}

func TestClockBehindTheCA(t *testing.T) {
	t.Parallel()
	f := made(t)
	f.clock = time.Unix(0, 0)
	before := f.snapshot()
	code, _, errs := f.run("--renew")
	if code != cli.Fail || !strings.Contains(errs, "clock") || len(f.changed(before)) > 0 {
		t.Errorf("exit %d, changed %v: %s", code, f.changed(before), errs)
	}
	f.clock = time.Now().Add(-50 * time.Minute) // within what the certificates are dated back
	f.unchanged()
	f.clock = time.Unix(0, 0)
	f.mustRun("--new-ca")
	f.good()
}

func TestUnreadableIsNotReplaced(t *testing.T) {
	t.Parallel()
	f := made(t)
	for _, path := range []string{f.caKey, f.leaf} {
		data := read1(t, path)
		f.drop(path)
		if err := os.Mkdir(path, 0o755); err != nil {
			t.Fatal(err)
		}
		before := f.snapshot()
		code, _, errs := f.run("--new-ca")
		if code != cli.Fail || !strings.Contains(errs, path) || len(f.changed(before)) > 0 {
			t.Errorf("exit %d, changed %v: %s", code, f.changed(before), errs)
		}
		f.drop(path)
		f.put(path, data)
	}
}

func TestDocsNameEveryFile(t *testing.T) {
	t.Parallel()
	readme := string(read1(t, "../../certs/README.md"))
	files := pathsIn("")
	for _, f := range files.files() {
		if !strings.Contains(readme, "`"+filepath.ToSlash(f.path)+"`") {
			t.Errorf("certs/README.md does not name %s", f.path)
		}
	}
	ignored := strings.Fields(string(read1(t, "../../certs/.gitignore")))
	if !slices.Equal(ignored, []string{"*", "!.gitignore", "!README.md"}) {
		t.Errorf("certs/.gitignore is %q", ignored)
	}
}
