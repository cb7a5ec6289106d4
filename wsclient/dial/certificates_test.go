package dial

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wslab/services/testcert"
	"wslab/wsclient/exit"
	"wslab/wsclient/peer"
	"wslab/wsclient/trust"
)

// selfSigned is a certificate that is its own authority, so that anything can be wrong with it.
func selfSigned(t *testing.T, change func(*x509.Certificate)) (testcert.Pair, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	change(template)
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return testcert.Pair{
		Cert: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), Key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}),
	}, pool
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	tomorrow := time.Now().Add(24 * time.Hour)
	for name, tc := range map[string]struct {
		change func(*x509.Certificate)
		says   string
	}{
		"good":        {func(*x509.Certificate) {}, ""},
		"not yet":     {func(c *x509.Certificate) { c.NotBefore, c.NotAfter = tomorrow, tomorrow.Add(time.Hour) }, "is not valid before " + tomorrow.UTC().Format(time.DateOnly)},
		"not for TLS": {func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection} }, "is not valid (x509: certificate specifies an incompatible key usage): see docs/03-certificates.md"},
		"no names":    {func(c *x509.Certificate) { c.IPAddresses = nil }, `not for "127.0.0.1" but for nothing`},
		"a name that is none": {func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"localhost", "\x1bevil"} },
			"not for \"127.0.0.1\" but for localhost, \ufffdevil: connect"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pair, pool := selfSigned(t, tc.change)
			d := Dialer{Target: parse(t, peer.WSS(t, pair, peer.Echo)), Timeout: 10 * time.Second, Roots: trust.Roots{Pool: pool}}
			c, r, err := d.Dial(t.Context())
			switch {
			case tc.says == "" && err == nil:
				c.CloseNow()
			case tc.says == "" || !errors.Is(err, exit.ErrTLS) || !strings.Contains(err.Error(), tc.says):
				t.Errorf("%v, want %q", err, tc.says)
			}
			if r.Certificate == nil {
				t.Error("the certificate is not in the report")
			}
		})
	}
}

// A lab's CA that cannot be read is said where it is missed.
func TestSkippedCA(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	roots, err := trust.Load("", []string{file})
	if err != nil {
		t.Fatal(err)
	}
	url, _ := peer.Lab(t, peer.Echo)
	d := Dialer{Target: parse(t, url), Timeout: 10 * time.Second, Roots: roots}
	if _, _, err := d.Dial(t.Context()); !errors.Is(err, exit.ErrTLS) || !strings.Contains(err.Error(), "the lab's CA could not be used: no CA certificate: "+file) {
		t.Error(err)
	}
}

// The advice to use curl comes with the CA, without which curl would refuse.
func TestAdviceForCurl(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{"wss://h:1/x": "`curl --cacert certs/ca.pem https://h:1/`", "ws://h:1/x": "`curl http://h:1/`"} {
		d := Dialer{Target: parse(t, url), Roots: trust.Roots{File: "certs/ca.pem"}}
		if got := d.seeEndpoints(); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
