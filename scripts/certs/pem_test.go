package main

import (
	"crypto/ecdh"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"testing"
)

func TestParseKey(t *testing.T) {
	t.Parallel()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	exchange, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	noSigner, err := x509.MarshalPKCS8PrivateKey(exchange)
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string, der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	}
	for name, tc := range map[string]struct {
		data []byte
		good bool
		err  error
	}{
		"PKCS #1":          {data: block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey)), good: true},
		"for key exchange": {data: block(keyBlock, noSigner), err: errNoKey},
		"certificate":      {data: block(certBlock, []byte{1}), err: errNoKey},
		"garbage inside":   {data: block(keyBlock, []byte{1})},
		"no PEM":           {data: []byte("-----BEGIN"), err: errNoKey},
		"empty":            {err: errNoKey},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key, err := parseKey(tc.data)
			if (err == nil) != tc.good || (key != nil) != tc.good || tc.err != nil && !errors.Is(err, tc.err) {
				t.Errorf("%v, %v", key, err)
			}
		})
	}
	if _, err := keyID(rsaKey.Public()); !errors.Is(err, errNotP256) {
		t.Errorf("an RSA key for the servers: %v", err)
	}
}
