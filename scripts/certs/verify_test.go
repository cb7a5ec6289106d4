package main

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

var discard = log.New(io.Discard, "", 0)

func TestClientsAcceptEveryName(t *testing.T) {
	t.Parallel()
	server := showFolder(t, made(t, "--cert-extra-names=laptop.local,*.lab.example.com,fd00::7"))
	hosts, ips := everyName(t)
	all := slices.Concat(hosts, ips, []string{"laptop.local", "any.lab.example.com", "fd00::7"})
	for _, client := range clients {
		t.Run(client.name, func(t *testing.T) {
			t.Parallel()
			for _, host := range all {
				if err := client.asks(t, server, host); err != nil {
					t.Errorf("%s: %v", host, err)
				}
			}
			for _, host := range []string{"other.local", "10.0.0.1"} {
				if client.asks(t, server, host) == nil {
					t.Errorf("%s: accepted, and it is not in the certificate", host)
				}
			}
		})
	}
}

// Whoever steals the CA's key must gain nothing on the public internet.
func TestClientsRefuseWhatTheCAMayNotSign(t *testing.T) {
	t.Parallel()
	ca := made(t).authority()
	for _, tc := range []struct {
		host    string
		dns     []string
		accepts bool
	}{
		{host: "a.test", accepts: true}, // else the others could be refused for any reason
		{host: "10.1.2.3", accepts: true},
		{host: "www.example.org"},
		{host: "github.com"},
		{host: "notexample.com"},
		{host: "8.8.8.8"},
		{host: "2001:4860:4860::8888"},
		{host: "a.test", dns: []string{"a.test", "github.com"}},
	} {
		server := forge(t, ca, tc.host, func(leaf *x509.Certificate) { leaf.DNSNames = append(leaf.DNSNames, tc.dns...) })
		for _, client := range clients {
			t.Run(client.name+" "+tc.host+strings.Join(tc.dns, " "), func(t *testing.T) {
				t.Parallel()
				if err := client.asks(t, server, tc.host); (err == nil) != tc.accepts {
					t.Errorf("accepts %v, want %v: %v", err == nil, tc.accepts, err)
				}
			})
		}
	}
}

// Some clients still look at the common name where no alternative name is given.
func TestClientsRefuseCommonNameAlone(t *testing.T) {
	t.Parallel()
	ca := made(t).authority()
	server := forge(t, ca, "github.com", func(leaf *x509.Certificate) { leaf.DNSNames = nil })
	for _, client := range clients {
		t.Run(client.name, func(t *testing.T) {
			t.Parallel()
			if client.asks(t, server, "github.com") == nil {
				t.Error("accepted")
			}
		})
	}
}

// forge signs with the CA's key what this program refuses to.
func forge(t *testing.T, ca authority, host string, change func(*x509.Certificate)) shown {
	t.Helper()
	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := leafTemplate(key.Public(), names{dns: []string{host}}, time.Now(), ca.cert.NotAfter)
	if err != nil {
		t.Fatal(err)
	}
	if ip := net.ParseIP(host); ip != nil {
		leaf.DNSNames, leaf.IPAddresses, leaf.Subject = nil, []net.IP{ip}, pkix.Name{CommonName: "forged"}
	}
	change(leaf)
	cert, data, err := sign(leaf, ca.cert, key.Public(), ca.key)
	if err != nil {
		t.Fatal(err)
	}
	return show(t, ca.pem, tls.Certificate{Certificate: [][]byte{cert.Raw}, PrivateKey: key}, data)
}

// A stolen key signs no code and no mail either, and no certificate for a client to log in with.
func TestForServersAlone(t *testing.T) {
	t.Parallel()
	ca := made(t).authority()
	roots := x509.NewCertPool()
	roots.AddCert(ca.cert)
	for usage, accepts := range map[x509.ExtKeyUsage]bool{
		x509.ExtKeyUsageServerAuth: true, x509.ExtKeyUsageClientAuth: false,
		x509.ExtKeyUsageCodeSigning: false, x509.ExtKeyUsageEmailProtection: false,
	} {
		server := forge(t, ca, "a.test", func(leaf *x509.Certificate) { leaf.ExtKeyUsage = []x509.ExtKeyUsage{usage} })
		leaf, err := x509.ParseCertificate(server.pair.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		_, err = leaf.Verify(x509.VerifyOptions{Roots: roots, KeyUsages: []x509.ExtKeyUsage{usage}})
		if (err == nil) != accepts {
			t.Errorf("usage %v: %v", usage, err)
		}
	}
	mail := forge(t, ca, "a.test", func(leaf *x509.Certificate) {
		leaf.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}
	})
	if command(t, "openssl", "verify", "-purpose", "smimesign", "-CAfile", mail.ca, mail.chain) == nil {
		t.Error("openssl takes it for signing mail")
	}
}
