package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"fmt"
	"time"
)

const (
	caYears = 10
	// leafDays stays below the 398 days that Apple's platforms accept and that the CA/Browser
	// Forum's baseline requirements allowed when this was written.
	leafDays = 397
	// backdate lets a laptop whose clock is a little behind use a certificate made just now.
	backdate = time.Hour
)

// authority is the CA: its certificate, the file's content, and the key where it is known.
type authority struct {
	cert *x509.Certificate
	pem  []byte
	key  crypto.Signer
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

func newAuthority(now time.Time) (authority, error) {
	key, err := newKey()
	if err != nil {
		return authority{}, err
	}
	template := authorityTemplate(now)
	cert, data, err := sign(template, template, key.Public(), key)
	return authority{cert, data, key}, err
}

func authorityTemplate(now time.Time) *x509.Certificate {
	id := make([]byte, 3) // enough to tell two labs apart in a browser's list
	rand.Read(id)
	start := now.Add(-backdate)
	return &x509.Certificate{
		Subject:               pkix.Name{CommonName: "wslab local CA " + hex.EncodeToString(id)},
		NotBefore:             start,
		NotAfter:              start.AddDate(caYears, 0, 0),
		BasicConstraintsValid: true, // written as critical, like the two below that RFC 5280 wants so
		IsCA:                  true,
		MaxPathLen:            1, // an ACME intermediate may hang under it
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		// Not required of a root, but clients honour it: a leaked key signs neither code nor mail.
		ExtKeyUsage:                 []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         permittedDNS,
		PermittedIPRanges:           permittedNets(),
	}
}

// newLeaf makes the servers' certificate and checks it the way that a client will, because a CA
// from elsewhere may have constraints of its own.
func newLeaf(ca authority, key crypto.Signer, want names, now time.Time) (*x509.Certificate, []byte, error) {
	template, err := leafTemplate(key.Public(), want, now, ca.cert.NotAfter)
	if err != nil {
		return nil, nil, err
	}
	cert, data, err := sign(template, ca.cert, key.Public(), ca.key)
	if err != nil {
		return nil, nil, err
	}
	return cert, data, verify(cert, ca.cert, now)
}

func leafTemplate(public crypto.PublicKey, want names, now, end time.Time) (*x509.Certificate, error) {
	id, err := keyID(public)
	if err != nil {
		return nil, err
	}
	start := now.Add(-backdate)
	if own := start.AddDate(0, 0, leafDays); own.Before(end) {
		end = own // else it would outlive its CA, and still look good when it no longer is
	}
	return &x509.Certificate{
		Subject:               pkix.Name{CommonName: want.dns[0]},
		NotBefore:             start,
		NotAfter:              end,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		SubjectKeyId:          id, // package x509 adds it to CAs alone, and the AKI to every leaf
		DNSNames:              want.dns,
		IPAddresses:           want.netIPs(),
	}, nil
}

// keyID is method 1 of RFC 7093 section 2: SHA-256, cut to the 160 bits that are customary.
func keyID(public crypto.PublicKey) ([]byte, error) {
	key, ok := public.(*ecdsa.PublicKey)
	if !ok {
		return nil, errNotP256
	}
	point, err := key.Bytes()
	sum := sha256.Sum256(point)
	return sum[:20], err
}

func sign(template, parent *x509.Certificate, public crypto.PublicKey, key crypto.Signer) (*x509.Certificate, []byte, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, key)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot sign a certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	return cert, encodeCert(der), err
}

func verify(leaf, ca *x509.Certificate, now time.Time) error {
	if ca == nil || !ca.IsCA {
		return errNotCA // package x509 would take a certificate as its own root
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca)
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, CurrentTime: now})
	return err
}
