//go:build lab

package lab

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"testing"
)

// secureAddrs is every name and address of both servers with its TLS port.
func secureAddrs() (addrs []string) {
	for _, host := range webHosts() {
		addrs = append(addrs, net.JoinHostPort(host, "443"))
	}
	for _, host := range wsHosts() {
		addrs = append(addrs, net.JoinHostPort(host, "10443"))
	}
	return addrs
}

func TestChainInGo(t *testing.T) {
	t.Parallel()
	for _, addr := range secureAddrs() {
		c, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: roots(t)})
		if err != nil {
			t.Errorf("%s: %v", addr, err)
			continue
		}
		if v := c.ConnectionState().Version; v != tls.VersionTLS13 {
			t.Errorf("%s speaks %s", addr, tls.VersionName(v))
		}
		c.Close()
	}
}

func TestNotTrustedWithoutCA(t *testing.T) {
	t.Parallel()
	c, err := tls.Dial("tcp", "wsserver:10443", &tls.Config{RootCAs: x509.NewCertPool()})
	if err == nil {
		c.Close()
		t.Fatal("a client that does not know the CA was satisfied")
	}
}

func TestALPN(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{"webserver:443": "h2", "wsserver:10443": "http/1.1"} {
		c, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: roots(t), NextProtos: []string{"h2", "http/1.1"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.ConnectionState().NegotiatedProtocol; got != want {
			t.Errorf("%s negotiates %q, want %q", addr, got, want)
		}
		c.Close()
	}
}

// strict is Python's strictest check (RFC 5280 to the letter, OpenSSL's X509_V_FLAG_X509_STRICT).
const strict = `
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[1])
context.verify_flags |= ssl.VERIFY_X509_STRICT
host, port = sys.argv[2], int(sys.argv[3])
with socket.create_connection((host, port), 10) as s, context.wrap_socket(s, server_hostname=host) as tls:
    print(tls.version())
`

func TestChainInOtherPrograms(t *testing.T) {
	t.Parallel()
	for _, addr := range secureAddrs() {
		host, port, _ := net.SplitHostPort(addr)
		verify := "-verify_hostname"
		if net.ParseIP(host) != nil {
			verify = "-verify_ip"
		}
		for name, cmd := range map[string]*exec.Cmd{
			"python":  exec.Command("python3", "-c", strict, certs+"/ca.pem", host, port),
			"openssl": exec.Command("openssl", "s_client", "-connect", addr, "-CAfile", certs+"/ca.pem", "-x509_strict", "-verify_return_error", verify, host, "-brief"),
			"curl":    exec.Command("curl", "--silent", "--show-error", "--fail", "--cacert", certs+"/ca.pem", fmt.Sprintf("https://%s/healthz", addr)),
		} {
			cmd.Stdin = strings.NewReader("")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s on %s: %v\n%s", name, addr, err, out)
			}
		}
	}
}

func TestWebServer(t *testing.T) {
	t.Parallel()
	for _, host := range webHosts() {
		for _, scheme := range []string{"http", "https"} {
			resp, err := client(t).Get(scheme + "://" + host + "/")
			if err != nil {
				t.Error(err)
				continue
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s: %s %v", host, resp.Status, resp.Header)
			}
			// Browsers complain of it over http, and want it over https.
			if got := resp.Header.Get("Cross-Origin-Opener-Policy") != ""; got != (scheme == "https") {
				t.Errorf("%s://%s: Cross-Origin-Opener-Policy sent is %v", scheme, host, got)
			}
		}
	}
}
