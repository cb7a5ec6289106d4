package main

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"testing"
	"time"
)

// An ACME server's intermediate will hang under this CA, and nothing under the intermediate.
func TestIntermediate(t *testing.T) {
	t.Parallel()
	root := made(t).authority()
	one := intermediate(t, root)
	two := intermediate(t, one)
	for name, tc := range map[string]struct {
		chain   []authority
		accepts bool
	}{
		"one": {chain: []authority{one}, accepts: true},
		"two": {chain: []authority{two, one}},
	} {
		server := showUnder(t, root, tc.chain)
		for _, client := range clients {
			t.Run(name+" "+client.name, func(t *testing.T) {
				t.Parallel()
				if err := client.asks(t, server, "a.test"); (err == nil) != tc.accepts {
					t.Errorf("accepts %v, want %v: %v", err == nil, tc.accepts, err)
				}
			})
		}
	}
}

func intermediate(t *testing.T, parent authority) authority {
	t.Helper()
	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	cert, data, err := sign(&x509.Certificate{
		Subject: pkix.Name{CommonName: "under " + parent.cert.Subject.CommonName}, NotBefore: parent.cert.NotBefore,
		NotAfter: parent.cert.NotAfter, BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}, parent.cert, key.Public(), parent.key)
	if err != nil {
		t.Fatal(err)
	}
	return authority{cert, data, key}
}

// showUnder shows a leaf that the first of the chain signed.
func showUnder(t *testing.T, root authority, chain []authority) shown {
	t.Helper()
	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	template, err := leafTemplate(key.Public(), names{dns: []string{"a.test"}}, time.Now(), root.cert.NotAfter)
	if err != nil {
		t.Fatal(err)
	}
	leaf, data, err := sign(template, chain[0].cert, key.Public(), chain[0].key)
	if err != nil {
		t.Fatal(err)
	}
	pair, files := tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key}, [][]byte{data}
	for _, ca := range chain {
		pair.Certificate, files = append(pair.Certificate, ca.cert.Raw), append(files, ca.pem)
	}
	return show(t, root.pem, pair, files...)
}
