package testcert

import (
	"os"
	"path/filepath"
	"testing"

	"wslab/services/certificate"
)

// Dir makes a certificate directory as the servers find it: a good pair and its authority.
func Dir(t testing.TB) (dir string, authority *Authority) {
	t.Helper()
	dir, authority = t.TempDir(), New(t, "wslab test CA")
	authority.Issue(t, Leaf{}).Write(t, dir)
	Replace(t, filepath.Join(dir, certificate.CAFile), authority.PEM)
	return dir, authority
}

// Write puts the pair in dir: the key first, then the certificate, each at once.
func (p Pair) Write(t testing.TB, dir string) {
	t.Helper()
	Replace(t, filepath.Join(dir, certificate.KeyFile), p.Key)
	Replace(t, filepath.Join(dir, certificate.CertFile), p.Cert)
}

// Replace writes a file under another name and renames it, so that readers find all or nothing.
func Replace(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name+".new", data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		t.Fatal(err)
	}
}
