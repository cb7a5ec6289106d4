package main

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
)

const (
	certBlock = "CERTIFICATE"
	keyBlock  = "PRIVATE KEY"
)

var (
	errNoCert = errors.New("no certificate in PEM form")
	errNoKey  = errors.New("no private key in PEM form")
)

func encodeCert(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: certBlock, Bytes: der})
}

func encodeKey(key crypto.Signer) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: der}), nil
}

func parseCert(data []byte) (*x509.Certificate, error) {
	block := firstBlock(data, certBlock)
	if block == nil {
		return nil, errNoCert
	}
	return x509.ParseCertificate(block.Bytes)
}

// parseKey reads what this program writes (PKCS #8) and what other tools do, because a CA that
// someone brought along must not be taken for a broken one and replaced.
func parseKey(data []byte) (crypto.Signer, error) {
	block := firstBlock(data, keyBlock)
	if block == nil {
		return nil, errNoKey
	}
	if key, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errNoKey
	}
	return signer, nil
}

// firstBlock passes over others, such as the EC PARAMETERS that openssl writes before a key.
func firstBlock(data []byte, suffix string) *pem.Block {
	for {
		block, rest := pem.Decode(data)
		if block == nil || strings.HasSuffix(block.Type, suffix) {
			return block
		}
		data = rest
	}
}

// belong tells whether the certificate is for the key.
func belong(cert *x509.Certificate, key crypto.Signer) bool {
	if cert == nil || key == nil {
		return false
	}
	public, ok := cert.PublicKey.(interface{ Equal(crypto.PublicKey) bool })
	return ok && public.Equal(key.Public())
}
