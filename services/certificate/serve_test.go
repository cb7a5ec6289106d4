package certificate_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"testing"

	"wslab/services/certificate"
	"wslab/services/testcert"
)

// listen serves the pair's TLS and echoes.
func listen(t *testing.T, pair *certificate.Pair, protocols ...string) string {
	l, err := tls.Listen("tcp", "127.0.0.1:0", pair.TLSConfig(protocols...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				io.Copy(conn, conn)
				conn.Close()
			}()
		}
	}()
	return l.Addr().String()
}

// dial checks the certificate against the authority and for localhost, whatever name it asks for.
func dial(addr, sni string, config *tls.Config) (*tls.Conn, error) {
	config = config.Clone()
	roots := config.RootCAs
	config.ServerName, config.InsecureSkipVerify = sni, true
	config.VerifyConnection = func(state tls.ConnectionState) error {
		_, err := state.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots})
		return err
	}
	return tls.Dial("tcp", addr, config)
}

func TestTLS(t *testing.T) {
	t.Parallel()
	authority := testcert.New(t, "CA")
	for name, names := range map[string][]string{
		"as make certs makes it": nil,
		"without localhost":      {"lab.example.com"},
		"a wildcard":             {"*.example.com"},
		"addresses alone":        {"10.1.2.3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			authority.Issue(t, testcert.Leaf{Names: names}).Write(t, dir)
			pair, err := certificate.Open(dir, quiet)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(pair.Close)
			addr := listen(t, pair, "http/1.1")
			for _, sni := range []string{"", "localhost", "webserver", "lab.example.com", "unknown.test", "UPPER.example.com"} {
				conn, err := dial(addr, sni, &tls.Config{RootCAs: authority.Pool()})
				if err != nil {
					t.Errorf("SNI %q: %v", sni, err)
					continue
				}
				conn.Close()
			}
		})
	}
}

func TestTLSConfig(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	pair, err := certificate.Open(dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pair.Close)
	addr := listen(t, pair, "h2", "http/1.1")
	trust := &tls.Config{RootCAs: authority.Pool(), NextProtos: []string{"http/1.1", "h2"}}
	conn, err := dial(addr, "", trust)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if got := conn.ConnectionState().NegotiatedProtocol; got != "h2" {
		t.Errorf("negotiated %q, want the server's first", got)
	}
	trust.MaxVersion = tls.VersionTLS11
	trust.MinVersion = tls.VersionTLS10
	if conn, err := dial(addr, "", trust); err == nil {
		conn.Close()
		t.Error("TLS 1.1 was accepted")
	}
	trust.MaxVersion, trust.NextProtos = 0, []string{"acme-tls/1"}
	if conn, err := dial(addr, "localhost", trust); err == nil {
		conn.Close()
		t.Error("acme-tls/1 was accepted")
	}
}

// A client that checks names gets what it needs.
func TestTLSVerified(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	pair, err := certificate.Open(dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pair.Close)
	_, port, _ := net.SplitHostPort(listen(t, pair, "http/1.1"))
	for _, host := range []string{"localhost", "127.0.0.1"} {
		conn, err := tls.Dial("tcp", host+":"+port, &tls.Config{RootCAs: authority.Pool()})
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		conn.Close()
	}
}
