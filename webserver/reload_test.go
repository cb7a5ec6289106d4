package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"wslab/services/certificate"
	"wslab/services/testcert"
)

// handshake returns the serial number of the certificate for a server name; "" sends none (SNI).
func (s *started) handshake(name string) *big.Int {
	s.Helper()
	config := &tls.Config{ServerName: name, InsecureSkipVerify: true}
	conn, err := tls.Dial("tcp", strings.TrimPrefix(s.secure, "https://"), config)
	if err != nil {
		s.Fatalf("SNI %q: %v", name, err)
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber
}

// renewed waits for another certificate than old.
func (s *started) renewed(old *big.Int) {
	s.Helper()
	for end := time.Now().Add(10 * certificate.Poll); s.handshake("localhost").Cmp(old) == 0; time.Sleep(certificate.Poll / 10) {
		if time.Now().After(end) {
			s.Fatalf("still the old certificate; stderr %q", s.stderr.String())
		}
	}
}

func TestAnyServerName(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, name := range []string{"", "localhost", "webserver", "unknown.test"} {
		if s.handshake(name).Sign() == 0 {
			t.Errorf("SNI %q: no certificate", name)
		}
	}
}

func TestReload(t *testing.T) {
	t.Parallel()
	s := start(t)
	old := s.handshake("")
	// A connection that is in the middle of a request when the certificate changes.
	conn, err := tls.Dial("tcp", strings.TrimPrefix(s.secure, "https://"), &tls.Config{RootCAs: s.authority.Pool(), NextProtos: []string{"http/1.1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n")
	s.authority.Issue(t, testcert.Leaf{}).Write(t, s.certs)
	s.renewed(old)
	fmt.Fprint(conn, "\r\n")
	if answer, err := io.ReadAll(conn); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 200 OK\r\n") {
		t.Errorf("the old connection: %.60q, %v", answer, err)
	}
	// Trusted as before: s.do verifies.
	if resp, _ := s.do(http.MethodGet, s.secure+"/"); resp.StatusCode != http.StatusOK {
		t.Errorf("%d", resp.StatusCode)
	}
	if code, _, stderr := runs(t, environment(), "healthcheck", "--http-listen=off", "--https-listen="+strings.TrimPrefix(s.secure, "https://"), "--certs-dir="+s.certs); code != 0 {
		t.Errorf("healthcheck: exit %d, %s", code, stderr)
	}
}

func TestReloadKeepsTheOld(t *testing.T) {
	t.Parallel()
	s := start(t)
	old, good := s.handshake(""), s.authority.Issue(t, testcert.Leaf{})
	for n, bad := range []testcert.Pair{
		{Cert: good.Cert[:len(good.Cert)/2], Key: good.Key},
		{Cert: good.Cert, Key: s.authority.Issue(t, testcert.Leaf{}).Key},
	} {
		bad.Write(t, s.certs)
		s.stderr.Wait(t, strings.Repeat(`(?s).*level=ERROR msg="new certificate not used, keeping the old one"`, n+1))
		time.Sleep(2 * certificate.Poll)
		if got := strings.Count(s.stderr.String(), "level=ERROR"); got != n+1 {
			t.Errorf("said %d times for %d bad pairs: %q", got, n+1, s.stderr.String())
		}
		for _, name := range []string{"", "localhost", "unknown.test"} {
			if s.handshake(name).Cmp(old) != 0 {
				t.Errorf("SNI %q gets another certificate than the old one", name)
			}
		}
	}
	good.Write(t, s.certs)
	s.renewed(old)
}
