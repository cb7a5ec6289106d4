// Package facts tells clients about the lab: its certificate authority, its addresses and ports.
package facts

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"wslab/services/certificate"
	"wslab/webserver/refuse"
)

// Where the CA certificate is offered. A .crt is DER, which Windows and Android take.
const (
	PEMPath = "/ca.pem"
	DERPath = "/ca.crt"
)

var errNoCA = errors.New("no CA certificate")

// CA is the authority whose certificate is in Dir. Each request reads the file anew: it is small,
// asked for rarely, and changes when the lab gets a new authority.
type CA struct{ Dir string }

// PEM offers the certificate in PEM.
func (c CA) PEM() http.Handler {
	return c.offer("wslab-ca.pem", func(cert *x509.Certificate) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
	})
}

// DER offers the certificate in DER.
func (c CA) DER() http.Handler {
	return c.offer("wslab-ca.crt", func(cert *x509.Certificate) []byte { return cert.Raw })
}

func (c CA) offer(name string, encode func(*x509.Certificate) []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cert, err := c.certificate()
		if err != nil {
			refuse.With(w, r, http.StatusNotFound, "This lab has no CA certificate to offer. Run `make certs`.")
			return
		}
		h := w.Header()
		h.Set("Content-Type", "application/x-x509-ca-cert")
		// inline, because "attachment" keeps Firefox and iOS from offering to trust it.
		h.Set("Content-Disposition", `inline; filename="`+name+`"`)
		h.Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(encode(cert)))
	})
}

// certificate returns the first CA certificate in the file. What is offered is made from that,
// so that nothing else that came into the file, such as a key, can ever leave.
func (c CA) certificate() (*x509.Certificate, error) {
	rest, err := os.ReadFile(filepath.Join(c.Dir, certificate.CAFile))
	if err != nil {
		return nil, err
	}
	for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		if cert, err := x509.ParseCertificate(block.Bytes); err == nil && cert.IsCA {
			return cert, nil
		}
	}
	return nil, errNoCA
}
