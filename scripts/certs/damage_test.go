package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"time"
)

// left sets the clock to a time before the servers' certificate ends.
func (f *folder) left(d time.Duration) { f.clock = f.certificate(f.leaf).NotAfter.Add(-d) }

func (f *folder) cut(path string) {
	data := read1(f.t, path)
	f.put(path, data[:len(data)/2])
}

func (f *folder) putKey(path string, curve elliptic.Curve) {
	f.t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		f.t.Fatal(err)
	}
	data, err := encodeKey(key)
	if err != nil {
		f.t.Fatal(err)
	}
	f.put(path, data)
}

func (f *folder) signAt(now time.Time) { f.signWith(f.authority(), now) }

func (f *folder) signWith(ca authority, now time.Time) { f.sign(ca, now, func(*x509.Certificate) {}) }

// sign puts another certificate for the servers' key into the folder.
func (f *folder) sign(ca authority, now time.Time, change func(*x509.Certificate)) {
	f.t.Helper()
	key, err := parseKey(read1(f.t, f.leafKey))
	if err != nil {
		f.t.Fatal(err)
	}
	template, err := leafTemplate(key.Public(), wanted(labNet(f.t, "172.31.10"), names{}), now, ca.cert.NotAfter)
	if err != nil {
		f.t.Fatal(err)
	}
	change(template)
	_, data, err := sign(template, ca.cert, key.Public(), ca.key)
	if err != nil {
		f.t.Fatal(err)
	}
	f.put(f.leaf, data)
}

func (f *folder) leafAsCA() {
	f.put(f.ca, read1(f.t, f.leaf))
	f.put(f.copy, read1(f.t, f.leaf))
	f.put(f.caKey, read1(f.t, f.leafKey))
}

// narrowCA is a CA that may not sign localhost.
func (f *folder) narrowCA() {
	f.bring(func(c *x509.Certificate) { c.PermittedDNSDomains = []string{"example.com"} }, func(key *ecdsa.PrivateKey) []byte {
		data, err := encodeKey(key)
		if err != nil {
			f.t.Fatal(err)
		}
		return data
	})
}

func (f *folder) emptyAll() {
	for _, file := range f.files() {
		f.put(file.path, nil)
	}
}
