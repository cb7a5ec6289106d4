package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"testing"
)

// A CA that someone brought along is used, in whichever form openssl wrote its key, and its own
// constraints are respected.
func TestCAFromElsewhere(t *testing.T) {
	t.Parallel()
	for name, block := range map[string]func(*ecdsa.PrivateKey) []byte{
		"EC PRIVATE KEY": func(key *ecdsa.PrivateKey) []byte {
			der, err := x509.MarshalECPrivateKey(key)
			if err != nil {
				t.Error(err)
			}
			params := pem.EncodeToMemory(&pem.Block{Type: "EC PARAMETERS", Bytes: []byte{6, 8, 42}})
			return append(params, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})...)
		},
		"PRIVATE KEY": func(key *ecdsa.PrivateKey) []byte {
			data, err := encodeKey(key)
			if err != nil {
				t.Error(err)
			}
			return data
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := made(t)
			ca := f.bring(func(*x509.Certificate) {}, block)
			f.mustRun()
			f.good()
			if !bytes.Equal(read1(t, f.ca), ca) {
				t.Error("the CA was replaced")
			}
		})
	}
}

func (f *folder) bring(change func(*x509.Certificate), block func(*ecdsa.PrivateKey) []byte) (ca []byte) {
	f.t.Helper()
	key, err := newKey()
	if err != nil {
		f.t.Fatal(err)
	}
	template := authorityTemplate(f.clock)
	change(template)
	_, ca, err = sign(template, template, key.Public(), key)
	if err != nil {
		f.t.Fatal(err)
	}
	f.put(f.ca, ca)
	f.put(f.caKey, block(key))
	return ca
}

// A CA brought along may have an RSA key; the servers' certificate is P-256 all the same.
func TestRSACAFromElsewhere(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	f := made(t)
	template := authorityTemplate(f.clock)
	_, ca, err := sign(template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	f.put(f.ca, ca)
	f.put(f.caKey, pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	f.mustRun("--renew")
	f.good()
	if string(read1(t, f.ca)) != string(ca) {
		t.Error("the CA was replaced")
	}
	if err := (keyFile{key: key}).servable(); !errors.Is(err, errNotP256) {
		t.Errorf("err %v", err)
	}
}
