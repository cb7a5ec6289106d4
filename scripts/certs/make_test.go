package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/asn1"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	oidKeyUsage         = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidBasicConstraints = asn1.ObjectIdentifier{2, 5, 29, 19}
	oidNameConstraints  = asn1.ObjectIdentifier{2, 5, 29, 30}
)

func TestCAFields(t *testing.T) {
	t.Parallel()
	f := made(t)
	ca := f.certificate(f.ca)
	checkCommon(t, ca, oidKeyUsage, oidBasicConstraints, oidNameConstraints)
	if !ca.IsCA || ca.MaxPathLen != 1 || ca.KeyUsage != x509.KeyUsageCertSign|x509.KeyUsageCRLSign {
		t.Errorf("CA %v, path length %d, key usage %b", ca.IsCA, ca.MaxPathLen, ca.KeyUsage)
	}
	if !ca.PermittedDNSDomainsCritical || !slices.Equal(ca.PermittedDNSDomains, permittedDNS) {
		t.Errorf("constraints %v", ca.PermittedDNSDomains)
	}
	if len(ca.PermittedIPRanges) != len(permittedIPs) {
		t.Fatalf("constraints %v", ca.PermittedIPRanges)
	}
	for i, ip := range ca.PermittedIPRanges {
		if ip.String() != permittedIPs[i].String() {
			t.Errorf("constraint %v, want %v", ip, permittedIPs[i])
		}
	}
	if want := ca.NotBefore.AddDate(10, 0, 0); !ca.NotAfter.Equal(want) {
		t.Errorf("ends %v, want %v", ca.NotAfter, want)
	}
	id, ok := strings.CutPrefix(ca.Subject.String(), "CN=wslab local CA ")
	if !ok || len(id) != 6 {
		t.Errorf("subject %q", ca.Subject)
	}
}

func TestLeafFields(t *testing.T) {
	t.Parallel()
	f := made(t)
	leaf, ca := f.certificate(f.leaf), f.certificate(f.ca)
	checkCommon(t, leaf, oidKeyUsage, oidBasicConstraints)
	if leaf.IsCA || leaf.KeyUsage != x509.KeyUsageDigitalSignature {
		t.Errorf("CA %v, key usage %b", leaf.IsCA, leaf.KeyUsage)
	}
	if !bytes.Equal(leaf.AuthorityKeyId, ca.SubjectKeyId) || bytes.Equal(leaf.SubjectKeyId, ca.SubjectKeyId) {
		t.Errorf("AKI %x, CA's SKI %x, own SKI %x", leaf.AuthorityKeyId, ca.SubjectKeyId, leaf.SubjectKeyId)
	}
	if life := leaf.NotAfter.Sub(leaf.NotBefore); life != 397*24*time.Hour {
		t.Errorf("lives %v", life)
	}
	hosts, ips := everyName(t)
	slices.Sort(hosts)
	if got := slices.Sorted(slices.Values(leaf.DNSNames)); !slices.Equal(got, hosts) {
		t.Errorf("names %q, want %q", got, hosts)
	}
	for i, ip := range leaf.IPAddresses {
		if ip.String() != ips[i] {
			t.Errorf("address %v, want %v", ip, ips[i])
		}
	}
	if rest := read1(t, f.leaf); bytes.Count(rest, []byte("BEGIN")) != 1 {
		t.Errorf("server.pem holds more than the leaf:\n%s", rest)
	}
}

// checkCommon is what RFC 5280 and OpenSSL's -x509_strict ask of both.
func checkCommon(t *testing.T, cert *x509.Certificate, critical ...asn1.ObjectIdentifier) {
	t.Helper()
	for _, extension := range cert.Extensions {
		want := slices.ContainsFunc(critical, extension.Id.Equal)
		if extension.Critical != want {
			t.Errorf("extension %v critical: %v", extension.Id, extension.Critical)
		}
		critical = slices.DeleteFunc(critical, extension.Id.Equal)
	}
	if len(critical) > 0 {
		t.Errorf("extensions %v are not there", critical)
	}
	key, ok := cert.PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() || cert.SignatureAlgorithm != x509.ECDSAWithSHA256 {
		t.Errorf("key %T, signed with %v", cert.PublicKey, cert.SignatureAlgorithm)
	}
	// RFC 5280 section 4.1.2.2: positive, at most 20 octets.
	if cert.SerialNumber.Sign() <= 0 || cert.SerialNumber.BitLen() < 64 || cert.SerialNumber.BitLen() > 159 {
		t.Errorf("serial number %v", cert.SerialNumber)
	}
	if len(cert.SubjectKeyId) != 20 || cert.Version != 3 || !cert.BasicConstraintsValid {
		t.Errorf("SKI %x, version %d", cert.SubjectKeyId, cert.Version)
	}
	if !slices.Equal(cert.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}) || len(cert.UnknownExtKeyUsage) > 0 {
		t.Errorf("extended key usage %v", cert.ExtKeyUsage)
	}
	if ago := time.Since(cert.NotBefore); ago < 50*time.Minute || ago > 70*time.Minute {
		t.Errorf("begins %v ago", ago)
	}
}

func TestTwoLabsDiffer(t *testing.T) {
	t.Parallel()
	a, b := made(t), made(t)
	one, other := a.certificate(a.ca), b.certificate(b.ca)
	if one.Subject.String() == other.Subject.String() || one.SerialNumber.Cmp(other.SerialNumber) == 0 {
		t.Errorf("two CAs are both %v, %v", one.Subject, one.SerialNumber)
	}
}

func TestExtraNamesAreInTheCertificate(t *testing.T) {
	t.Parallel()
	f := made(t, "--cert-extra-names=laptop.local,*.lab.example.com,192.168.1.20")
	leaf := f.certificate(f.leaf)
	for _, name := range []string{"laptop.local", "any.lab.example.com", "192.168.1.20", "localhost"} {
		if err := leaf.VerifyHostname(name); err != nil {
			t.Error(err)
		}
	}
	if err := leaf.VerifyHostname("other.local"); err == nil {
		t.Error("is good for any name")
	}
}

func TestConstraintsAreWrittenAsRanges(t *testing.T) {
	t.Parallel()
	for i, network := range permittedNets() {
		ones, bits := network.Mask.Size()
		addr, _ := netip.AddrFromSlice(network.IP)
		if got := netip.PrefixFrom(addr, ones); got != permittedIPs[i].Masked() || bits != addr.BitLen() {
			t.Errorf("%v, want %v", got, permittedIPs[i])
		}
	}
}
