package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wslab/services/testcert"
	"wslab/wsclient/peer"
)

func TestTrust(t *testing.T) {
	t.Parallel()
	url, ca := peer.Lab(t, peer.Greet)
	localhost := strings.Replace(url, "127.0.0.1", "localhost", 1)
	for _, to := range []string{url, localhost, localhost + "/foo"} {
		start(t, none(), "cat", "--linger=0", "--ca="+ca, to).want(t, 0, "hello\n")
	}
	var stdout, stderr output
	env := func(name string) string {
		return map[string]string{"CA": ca, "INSECURE": "true", "MAX_MESSAGE": "1"}[name]
	}
	if code := run(t.Context(), []string{"cat", "--linger=0", url}, env, none(), &stdout, &stderr); code != 0 || stderr.String() != "" {
		t.Errorf("exit code %d with $CA: %s", code, stderr.String())
	}
}

func TestInsecure(t *testing.T) {
	t.Parallel()
	url, _ := peer.Lab(t, peer.Greet)
	p := start(t, none(), "cat", "--insecure", "--linger=0", url)
	if code := p.wait(t); code != 0 || p.stdout.String() != "hello\n" || p.stderr.String() != "wsclient: warning: --insecure: nobody has checked who answers\n" {
		t.Errorf("exit code %d: %q and %q", code, p.stdout.String(), p.stderr.String())
	}
}

func TestNotTrusted(t *testing.T) {
	t.Parallel()
	authority := testcert.New(t, "peer test CA")
	ca := peer.CA(t, authority)
	serve := func(leaf testcert.Leaf) string { return peer.WSS(t, authority.Issue(t, leaf), peer.Echo) }
	good, yesterday := serve(testcert.Leaf{}), time.Now().Add(-24*time.Hour)
	for _, tc := range []struct {
		name, url string
		ca        string
		says      []string
	}{
		{"unknown CA", good, "", []string{`signed by "CN=peer test CA"`, "--ca", "docs/03-certificates.md"}},
		{"another CA", good, peer.CA(t, testcert.New(t, "peer test CA")), []string{"which is not the CA in ", "give the one that signed it with `--ca FILE`"}},
		{"another name", serve(testcert.Leaf{Names: []string{"wss.example.com", "192.0.2.7"}}), ca,
			[]string{`not for "127.0.0.1" but for wss.example.com, 192.0.2.7: connect to one of those`, "CERT_EXTRA_NAMES"}},
		{"expired", serve(testcert.Leaf{Until: yesterday}), ca, []string{"has expired, on " + yesterday.UTC().Format(time.DateOnly), "run `make certs`"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for _, says := range tc.says {
				refuses(t, 5, says, "--ca="+tc.ca, tc.url)
			}
		})
	}
}

// say is a server that says this, whatever it is asked.
func say(t *testing.T, text string) string {
	return peer.TCP(t, func(c net.Conn) {
		io.WriteString(c, text)
		hold(c)
	})
}

func TestWrongScheme(t *testing.T) {
	t.Parallel()
	plain, secure := strings.TrimPrefix(peer.WS(t, peer.Echo), "ws://"), ""
	secure, _ = peer.Lab(t, peer.Echo)
	secure = strings.TrimPrefix(secure, "wss://")
	garbage := say(t, "SSH-2.0-OpenSSH_9.9\r\n")
	reset := peer.TCP(t, func(c net.Conn) { io.CopyN(io.Discard, c, 5) })
	for _, tc := range []struct{ name, url, says string }{
		{"wss to ws", "wss://" + plain, plain + " speaks plain ws:// on this port: try ws://" + plain},
		{"ws to wss", "ws://" + secure + "/echo", secure + " speaks TLS on this port: try wss://" + secure + "/echo"},
		{"wss to SSH", "wss://" + garbage, "is not TLS: does it speak plain ws:// on this port? Try ws://" + garbage},
		{"wss to a server that hangs up", "wss://" + reset, "see more with `openssl s_client -connect " + reset + "`"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			refuses(t, 5, tc.says, tc.url)
		})
	}
}

// TLS servers that answer plain HTTP with an alert, and those that want to know the client.
func TestAlerts(t *testing.T) {
	t.Parallel()
	authority := testcert.New(t, "peer test CA")
	pair := authority.Issue(t, testcert.Leaf{})
	cert, err := tls.X509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		config *tls.Config
		scheme string
		says   string
	}{
		"plain to TLS":               {&tls.Config{}, "ws", "speaks TLS on this port: try wss://"},
		"wants a certificate":        {&tls.Config{ClientAuth: tls.RequireAnyClientCert}, "wss", "certificate required"},
		"plain to one that wants it": {&tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, "ws", "speaks TLS on this port"},
		"another protocol":           {&tls.Config{NextProtos: []string{"mqtt"}}, "wss", "no application protocol"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.config.Certificates = []tls.Certificate{cert}
			addr := peer.TCP(t, func(c net.Conn) { hold(tls.Server(c, tc.config)) })
			refuses(t, 5, tc.says, "--ca="+peer.CA(t, authority), fmt.Sprintf("%s://%s", tc.scheme, addr))
		})
	}
}

// What is wrong with the file of the CA is said before anything is sent.
func TestCAFile(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refuses(t, 1, "none.pem: no such file or directory: run `make certs`", "--ca=none.pem", "wss://"+peer.Free(t))
	refuses(t, 1, empty+" has none in PEM", "--ca="+empty, "wss://"+peer.Free(t))
}
