package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wslab/services/lab"
)

// folder is a certs folder of a test's own, with a clock that the test sets.
type folder struct {
	paths
	t     *testing.T
	clock time.Time
	p     program
}

func newFolder(t *testing.T) *folder {
	t.Helper()
	f := &folder{paths: pathsIn(filepath.Join(t.TempDir(), "certs")), t: t, clock: time.Now()}
	f.p = program{
		now:    func() time.Time { return f.clock },
		become: func(string) error { return nil },
		group:  func() int { return noGroup },
	}
	return f
}

// made is a folder after its first run.
func made(t *testing.T, args ...string) *folder {
	t.Helper()
	f := newFolder(t)
	f.mustRun(args...)
	return f
}

func (f *folder) run(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = f.p.run(context.Background(), append([]string{"--certs-dir", f.dir}, args...), nil, &out, &errs)
	return code, out.String(), errs.String()
}

func (f *folder) mustRun(args ...string) (stdout string) {
	f.t.Helper()
	code, stdout, stderr := f.run(args...)
	if code != 0 || stderr != "" {
		f.t.Fatalf("run %v: exit %d, %s", args, code, stderr)
	}
	return stdout
}

// state is what a file is, so far as a run could change it.
type state struct {
	data string
	mode fs.FileMode
	time time.Time
}

// snapshot is every file and folder, hidden ones too.
func (f *folder) snapshot() map[string]state { return snapshot(f.t, f.dir) }

func snapshot(t *testing.T, dir string) map[string]state {
	t.Helper()
	all := map[string]state{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		s := state{mode: info.Mode(), time: info.ModTime()}
		if info.Mode().IsRegular() {
			s.data = string(read1(t, path))
		}
		all[path] = s
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// changed lists the files that differ, by their names in the folder.
func (f *folder) changed(before map[string]state) (names []string) {
	after := f.snapshot()
	for path := range after {
		if !after[path].mode.IsDir() && after[path] != before[path] {
			name, _ := filepath.Rel(f.dir, path)
			names = append(names, filepath.ToSlash(name))
		}
	}
	slices.Sort(names)
	return names
}

// unchanged fails where a further run does anything at all.
func (f *folder) unchanged(args ...string) {
	f.t.Helper()
	before := f.snapshot()
	out := f.mustRun(args...)
	if after := f.snapshot(); !maps.Equal(before, after) {
		f.t.Errorf("a further run changed something: %v\n%s", f.changed(before), out)
	}
	if !strings.Contains(out, "nothing to do") {
		f.t.Errorf("a further run says %q", out)
	}
}

// good checks what the servers and their clients need: a pair that loads and verifies with the
// CA on offer, for every name, and a CA key that can sign the next one.
func (f *folder) good() {
	f.t.Helper()
	ca, copied := read1(f.t, f.ca), read1(f.t, f.copy)
	if !bytes.Equal(ca, copied) {
		f.t.Error("server/ca.pem is not a copy of ca.pem")
	}
	if err := f.pair(f.clock, copied); err != nil {
		f.t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(f.dir, "*", ".tmp*")); len(left) > 0 {
		f.t.Errorf("left behind: %v", left)
	}
}

// pair is nil where the servers' pair loads and verifies with one of the CAs.
func (f *folder) pair(now time.Time, cas ...[]byte) error {
	pair, err := tls.LoadX509KeyPair(f.leaf, f.leafKey)
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	for _, ca := range cas {
		roots.AppendCertsFromPEM(ca)
	}
	_, err = pair.Leaf.Verify(x509.VerifyOptions{Roots: roots, CurrentTime: now})
	return err
}

func (f *folder) certificate(path string) *x509.Certificate {
	f.t.Helper()
	cert, err := parseCert(read1(f.t, path))
	if err != nil {
		f.t.Fatal(err)
	}
	return cert
}

// authority is the folder's CA with its key, to sign what the program would not.
func (f *folder) authority() authority {
	f.t.Helper()
	key, err := parseKey(read1(f.t, f.caKey))
	if err != nil {
		f.t.Fatal(err)
	}
	return authority{f.certificate(f.ca), read1(f.t, f.ca), key}
}

func (f *folder) put(path string, data []byte) {
	f.t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) drop(paths ...string) {
	f.t.Helper()
	for _, path := range paths {
		if err := os.Remove(path); err != nil {
			f.t.Fatal(err)
		}
	}
}

func read1(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func labNet(t *testing.T, octets string) lab.Net {
	t.Helper()
	n, err := lab.ParseNet(octets)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// everyName is what clients may ask for, written as they do.
func everyName(t *testing.T) (hosts, ips []string) {
	t.Helper()
	hosts = slices.Concat(lab.AllWebNames(), lab.AllWSNames(), []string{"localhost"})
	network := labNet(t, lab.DefaultNet)
	return hosts, []string{"127.0.0.1", "::1", network.Web().String(), network.WS().String()}
}
