package certificate_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wslab/services/certificate"
	"wslab/services/testcert"
)

var quiet = slog.New(slog.DiscardHandler)

func TestOpenBad(t *testing.T) {
	t.Parallel()
	authority := testcert.New(t, "CA")
	good, other := authority.Issue(t, testcert.Leaf{}), authority.Issue(t, testcert.Leaf{})
	expired := authority.Issue(t, testcert.Leaf{Until: time.Now().Add(-time.Hour)})
	remove := func(name string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, name)) }
	}
	put := func(p testcert.Pair) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) { p.Write(t, dir) }
	}
	for name, tc := range map[string]struct {
		spoil func(t *testing.T, dir string)
		want  error
		says  string
	}{
		"no certificate":     {remove(certificate.CertFile), certificate.ErrMissing, certificate.CertFile},
		"no key":             {remove(certificate.KeyFile), certificate.ErrMissing, certificate.KeyFile},
		"no directory":       {func(_ *testing.T, dir string) { os.RemoveAll(dir) }, certificate.ErrMissing, certificate.CertFile},
		"another's key":      {put(testcert.Pair{Cert: good.Cert, Key: other.Key}), certificate.ErrInvalid, "match"},
		"expired":            {put(expired), certificate.ErrExpired, time.Now().UTC().Add(-time.Hour).Format(time.DateOnly)},
		"empty certificate":  {put(testcert.Pair{Key: good.Key}), certificate.ErrInvalid, certificate.CertFile},
		"empty key":          {put(testcert.Pair{Cert: good.Cert}), certificate.ErrInvalid, certificate.KeyFile},
		"half a certificate": {put(testcert.Pair{Cert: good.Cert[:200], Key: good.Key}), certificate.ErrInvalid, certificate.CertFile},
		"key twice":          {put(testcert.Pair{Cert: good.Key, Key: good.Key}), certificate.ErrInvalid, certificate.CertFile},
		"a directory": {func(t *testing.T, dir string) {
			remove(certificate.CertFile)(t, dir)
			os.Mkdir(filepath.Join(dir, certificate.CertFile), 0o755)
		}, certificate.ErrUnreadable, certificate.CertFile},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			good.Write(t, dir)
			tc.spoil(t, dir)
			pair, err := certificate.Open(dir, quiet)
			if err == nil {
				pair.Close()
			}
			checkError(t, err, tc.want, tc.says)
		})
	}
}

func checkError(t *testing.T, err, want error, says string) {
	t.Helper()
	if !errors.Is(err, want) || !strings.Contains(err.Error(), says) ||
		!strings.Contains(err.Error(), "run `make certs`") || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v; want %q in one line that says %s and what to do", err, want, says)
	}
}
