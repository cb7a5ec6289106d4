package trust

import (
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wslab/services/testcert"
)

func write(t *testing.T, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// trusts tells whether a certificate that the authority signs verifies.
func trusts(t *testing.T, r Roots, a *testcert.Authority) bool {
	t.Helper()
	chains, err := a.Cert.Verify(x509.VerifyOptions{Roots: r.Pool, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if (err == nil) != r.Signed(chains) {
		t.Errorf("verified: %v, but signed by the file: %v", err, r.Signed(chains))
	}
	return err == nil
}

func TestLoad(t *testing.T) {
	t.Parallel()
	one, two := testcert.New(t, "one"), testcert.New(t, "two")
	fileOne, fileTwo := write(t, one.PEM), write(t, two.PEM)
	both, missing := write(t, append(append([]byte("a comment\n"), one.PEM...), two.PEM...)), filepath.Join(t.TempDir(), "none")
	for _, tc := range []struct {
		name, file string
		usual      []string
		used       string
		one, two   bool
	}{
		{"named", fileOne, []string{fileTwo}, fileOne, true, false},
		{"bundle", both, nil, both, true, true},
		{"first usual one", "", []string{fileTwo, fileOne}, fileTwo, false, true},
		{"second usual one", "", []string{missing, fileOne}, fileOne, true, false},
		{"after one of no use", "", []string{write(t, []byte("x")), fileOne}, fileOne, true, false},
		{"none", "", []string{missing}, "", false, false},
	} {
		r, err := Load(tc.file, tc.usual)
		if err != nil || r.File != tc.used || r.Skipped != nil {
			t.Errorf("%s: used %q, skipped %v, %v", tc.name, r.File, r.Skipped, err)
			continue
		}
		if gotOne, gotTwo := trusts(t, r, one), trusts(t, r, two); gotOne != tc.one || gotTwo != tc.two {
			t.Errorf("%s: trusts one %v, two %v", tc.name, gotOne, gotTwo)
		}
	}
}

func TestLoadFails(t *testing.T) {
	t.Parallel()
	pair := testcert.New(t, "one").Issue(t, testcert.Leaf{})
	for name, tc := range map[string]struct{ file, says string }{
		"missing":   {filepath.Join(t.TempDir(), "none"), "run `make certs`"},
		"no PEM":    {write(t, []byte("hello")), "has none in PEM"},
		"a key":     {write(t, pair.Key), "has none in PEM"},
		"damaged":   {write(t, []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")), "has none in PEM"},
		"directory": {t.TempDir(), "is a directory"},
	} {
		if _, err := Load(tc.file, nil); !errors.Is(err, ErrCA) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v, want %q", name, err, tc.says)
		}
		r, err := Load("", []string{tc.file})
		if err != nil || r.File != "" || (r.Skipped == nil) != (name == "missing") {
			t.Errorf("%s as a usual one: used %q, skipped %v, %v", name, r.File, r.Skipped, err)
		}
	}
}
