package certificate

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Errors of Open. Their texts end with what to do.
var (
	ErrMissing    = errors.New("no certificate")
	ErrUnreadable = errors.New("certificate file cannot be read")
	ErrInvalid    = errors.New("not a certificate and its key")
	ErrExpired    = errors.New("certificate has expired")
)

const advice = "run `make certs`"

// files is a pair as read from disk.
type files struct{ cert, key []byte }

func read(dir string) (files, error) {
	cert, err := readFile(filepath.Join(dir, CertFile))
	if err != nil {
		return files{}, err
	}
	key, err := readFile(filepath.Join(dir, KeyFile))
	return files{cert, key}, err
}

func readFile(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: there is no %s: %s", ErrMissing, name, advice)
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("%w: user %d may not read %s: %s, which gives it to the servers' group", ErrUnreadable, os.Getuid(), name, advice)
	case err != nil:
		return nil, fmt.Errorf("%w: %w: %s", ErrUnreadable, err, advice)
	}
	return data, nil
}

// check returns the leaf of a pair that can be served now.
func (f files) check(dir string, now time.Time) (*x509.Certificate, error) {
	pair, err := tls.X509KeyPair(f.cert, f.key)
	if err != nil {
		return nil, fmt.Errorf("%w: %s with %s: %w: %s",
			ErrInvalid, filepath.Join(dir, CertFile), KeyFile, err, advice)
	}
	if leaf := pair.Leaf; now.After(leaf.NotAfter) {
		return nil, fmt.Errorf("%w: %s was good until %s: %s",
			ErrExpired, filepath.Join(dir, CertFile), leaf.NotAfter.Format(time.DateOnly), advice)
	}
	return pair.Leaf, nil
}
