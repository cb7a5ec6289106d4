package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// clients are those that people use, each asked whether it takes the certificate that a server
// shows as that of host. They are real programs: what counts is what they do.
var clients = []struct {
	name string
	asks func(t *testing.T, s shown, host string) error
}{
	{"Go", askGo}, {"openssl", askOpenSSL}, {"Python", askPython}, {"curl", askCurl},
}

// shown is a server that shows a chain, for clients that trust ca.
type shown struct {
	addr, ca, chain string
	pair            tls.Certificate
}

// show starts a server at a port of its own. The chain is a leaf, then intermediates.
func show(t *testing.T, ca []byte, pair tls.Certificate, chain ...[]byte) shown {
	t.Helper()
	dir := t.TempDir()
	s := shown{ca: filepath.Join(dir, "ca.pem"), chain: filepath.Join(dir, "chain.pem"), pair: pair}
	for path, data := range map[string][]byte{s.ca: ca, s.chain: slices.Concat(chain...)} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	server.Config.ErrorLog = discard
	server.StartTLS()
	t.Cleanup(server.Close)
	s.addr = server.Listener.Addr().String()
	return s
}

func showFolder(t *testing.T, f *folder) shown {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(f.leaf, f.leafKey)
	if err != nil {
		t.Fatal(err)
	}
	return show(t, read1(t, f.copy), pair, read1(t, f.leaf))
}

func askGo(t *testing.T, s shown, host string) error {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(read1(t, s.ca))
	conn, err := tls.Dial("tcp", s.addr, &tls.Config{RootCAs: roots, ServerName: host})
	if err != nil {
		return err
	}
	return conn.Close()
}

func askOpenSSL(t *testing.T, s shown, host string) error {
	kind := "-verify_hostname"
	if net.ParseIP(host) != nil {
		kind = "-verify_ip"
	}
	return command(t, "openssl", "verify", "-x509_strict", "-purpose", "sslserver",
		"-CAfile", s.ca, "-untrusted", s.chain, kind, host, s.chain)
}

const pythonClient = `
import socket, ssl, sys
ca, host, port, name = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
context.verify_flags |= ssl.VERIFY_X509_STRICT
with socket.create_connection((host, int(port))) as plain:
    with context.wrap_socket(plain, server_hostname=name):
        pass
`

func askPython(t *testing.T, s shown, host string) error {
	ip, port, err := net.SplitHostPort(s.addr)
	if err != nil {
		t.Fatal(err)
	}
	return command(t, python(), "-c", pythonClient, s.ca, ip, port, host)
}

func askCurl(t *testing.T, s shown, host string) error {
	target := host
	if strings.Contains(host, ":") {
		target = "[" + host + "]"
	}
	return command(t, "curl", "--silent", "--show-error", "--cacert", s.ca, "--capath", t.TempDir(), "--noproxy", "*",
		"--connect-to", "::"+s.addr, "https://"+target+"/")
}

// python is the interpreter itself: a version manager's python3 is a script that takes a second.
var python = sync.OnceValue(func() string {
	path, err := exec.Command("python3", "-c", "import sys; print(sys.executable)").Output()
	if err != nil {
		return "python3"
	}
	return strings.TrimSpace(string(path))
})

var errRefused = errors.New("refused")

// command tells a client's refusal from a client that could not be run at all.
func command(t *testing.T, name string, args ...string) error {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed here", name)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return errors.Join(errRefused, errors.New(string(out)))
	} else if err != nil {
		t.Fatal(err)
	}
	return nil
}
