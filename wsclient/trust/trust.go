// Package trust is whom the client believes that a server is who it says: the system's
// authorities, and the lab's, whose certificate is in a file.
package trust

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// ErrCA means that a file is not one with a CA certificate.
var ErrCA = errors.New("no CA certificate")

// Usual is where the lab's CA certificate is, in the order of looking: in the checkout, on a
// machine that has the servers' part of it alone, and in the lab's containers.
var Usual = []string{"certs/ca.pem", "certs/server/ca.pem", "/certs/ca.pem"}

// Roots are the authorities that are trusted.
type Roots struct {
	Pool    *x509.CertPool
	File    string // where the lab's came from, or "" for none
	Skipped error  // why a usual file that is there was of no use
	added   []*x509.Certificate
}

// Load trusts the system's authorities and those in file. Where file is "" it takes the first of
// the usual ones that is of use, or none.
func Load(file string, usual []string) (Roots, error) {
	if file != "" {
		certs, err := read(file)
		return roots(file, certs), err
	}
	var skipped error
	for _, name := range usual {
		certs, err := read(name)
		if err == nil {
			return roots(name, certs), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			skipped = err
		}
	}
	r := roots("", nil)
	r.Skipped = skipped
	return r, nil
}

// Signed tells whether a verified chain ends in the file, not in the system.
func (r Roots) Signed(chains [][]*x509.Certificate) bool {
	for _, chain := range chains {
		for _, own := range r.added {
			if bytes.Equal(chain[len(chain)-1].Raw, own.Raw) {
				return true
			}
		}
	}
	return false
}

func roots(file string, certs []*x509.Certificate) Roots {
	pool, err := x509.SystemCertPool()
	if err != nil { // a system without a list of its own
		pool = x509.NewCertPool()
	}
	for _, cert := range certs {
		pool.AddCert(cert)
	}
	return Roots{Pool: pool, File: file, added: certs}
}

func read(name string) ([]*x509.Certificate, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w: run `make certs`, which makes certs/ca.pem", ErrCA, err)
	}
	var certs []*x509.Certificate
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if cert, err := x509.ParseCertificate(block.Bytes); block.Type == "CERTIFICATE" && err == nil {
			certs = append(certs, cert)
		}
	}
	if len(certs) == 0 {
		return nil, fmt.Errorf("%w: %s has none in PEM: take certs/ca.pem, which `make certs` makes", ErrCA, name)
	}
	return certs, nil
}
