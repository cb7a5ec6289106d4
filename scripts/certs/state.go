package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

var (
	errMissing = errors.New("is missing")
	errDamaged = errors.New("is damaged")
	errNotP256 = errors.New("is not an ECDSA P-256 key")
)

// certFile and keyFile are what a file holds, or err, which says why it holds nothing of use.
type certFile struct {
	path string
	data []byte
	cert *x509.Certificate
	err  error
}

type keyFile struct {
	path string
	key  crypto.Signer
	err  error
}

// found is the folder as a run finds it.
type found struct {
	ca, copy, leaf certFile
	caKey, leafKey keyFile
}

// load fails only where a file is there and cannot be read: to replace that would be to guess.
func load(p paths) (f found, err error) {
	for path, into := range map[string]*certFile{p.ca: &f.ca, p.copy: &f.copy, p.leaf: &f.leaf} {
		if *into, err = loadCert(path); err != nil {
			return f, err
		}
	}
	for path, into := range map[string]*keyFile{p.caKey: &f.caKey, p.leafKey: &f.leafKey} {
		if *into, err = loadKey(path); err != nil {
			return f, err
		}
	}
	return f, nil
}

func loadCert(path string) (certFile, error) {
	f := certFile{path: path}
	data, err := read(path)
	if data == nil {
		f.err = fmt.Errorf("%s %w", path, errMissing)
		return f, err
	}
	f.data = data
	if f.cert, err = parseCert(data); err != nil {
		f.err = fmt.Errorf("%s %w (%v)", path, errDamaged, err)
	}
	return f, nil
}

func loadKey(path string) (keyFile, error) {
	f := keyFile{path: path}
	data, err := read(path)
	if data == nil {
		f.err = fmt.Errorf("%s %w", path, errMissing)
		return f, err
	}
	if f.key, err = parseKey(data); err != nil {
		f.err = fmt.Errorf("%s %w (%v)", path, errDamaged, err)
	}
	return f, nil
}

// read returns nil data, and no error, for a file that does not exist.
func read(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", path, cause(err))
	}
	return data, nil
}

// servable is nil for a key that a new certificate can be made for.
func (f keyFile) servable() error {
	if f.err != nil {
		return f.err
	}
	if key, ok := f.key.(*ecdsa.PrivateKey); !ok || key.Curve != elliptic.P256() {
		return fmt.Errorf("%s %w", f.path, errNotP256)
	}
	return nil
}

// authority is the CA to go on with: the one that the CA's key belongs to, else the one that
// signed the servers' certificate. The copy counts too: it is the way back when --new-ca was
// interrupted after its first file, or when ca.pem was lost.
func (f found) authority() certFile {
	for _, c := range []certFile{f.ca, f.copy} {
		if belong(c.cert, f.caKey.key) {
			return c
		}
	}
	for _, c := range []certFile{f.ca, f.copy} {
		if c.cert != nil && f.leaf.cert != nil && f.leaf.cert.CheckSignatureFrom(c.cert) == nil {
			return c
		}
	}
	return f.ca
}
