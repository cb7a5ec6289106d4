package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"wslab/services/lab"
)

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
