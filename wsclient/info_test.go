package main

import (
	"crypto/sha256"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"
	"time"

	"wslab/services/testcert"
	"wslab/wsclient/info"
	"wslab/wsclient/peer"
)

// fingerprint is computed in another way than the program does.
func fingerprint(t *testing.T, cert []byte) string {
	block, _ := pem.Decode(cert)
	var pairs []string
	for _, b := range sha256.Sum256(block.Bytes) {
		pairs = append(pairs, fmt.Sprintf("%02X", b))
	}
	return strings.Join(pairs, ":")
}

func TestInfo(t *testing.T) {
	t.Parallel()
	authority := testcert.New(t, "peer test CA")
	pair := authority.Issue(t, testcert.Leaf{Until: time.Now().Add(49 * time.Hour)})
	url := strings.Replace(peer.WSS(t, pair, peer.Greet), "127.0.0.1", "localhost", 1)
	ca := peer.CA(t, authority)
	p := start(t, open(t), "info", "--ca="+ca, "--subprotocol=two", "--compress", url+"/foo")
	if code := p.wait(t); code != 0 || p.stderr.String() != "" {
		t.Errorf("exit code %d, %s", code, p.stderr.String())
	}
	ms := ` ` + number + ` ms`
	matches(t, p.stdout.String(), strings.Join([]string{
		`url          ` + url + `/foo`,
		`resolved     [0-9a-f.:, ]*127\.0\.0\.1[0-9a-f.:, ]*`,
		`address      127\.0\.0\.1:\d+`,
		`tls          TLS 1\.3, TLS_\w+, ALPN http/1\.1`,
		`certificate  none`,
		`names        localhost, webserver, wsserver\.example\.com, 127\.0\.0\.1, ::1`,
		`issuer       CN=peer test CA`,
		`valid        \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d \(2 days left\)`,
		`sha256       ` + fingerprint(t, pair.Cert),
		`trusted      by the CA in ` + ca,
		`status       HTTP/1\.1 101 Switching Protocols`,
		`header       Connection: Upgrade`,
		`(header       [^\n]+\n)+subprotocol  two`,
		`extensions   permessage-deflate[^\n]*`,
		`time         DNS` + ms + `, connect` + ms + `, TLS` + ms + `, upgrade` + ms + `, total` + ms,
	}, "\n")+"\n")
}

func TestInfoPlain(t *testing.T) {
	t.Parallel()
	url := peer.WS(t, peer.Echo)
	p := start(t, open(t), "info", url)
	p.wait(t)
	matches(t, p.stdout.String(), `url          `+url+"\n"+`address      127\.0\.0\.1:\d+`+"\nstatus .*subprotocol  none\nextensions   none\ntime         connect [^D]*\n")
	if strings.Contains(p.stdout.String(), "TLS") {
		t.Errorf("TLS where there is none:\n%s", p.stdout.String())
	}
}

// Where it fails it shows how far it came, and the certificate that is not trusted above all.
func TestInfoFails(t *testing.T) {
	t.Parallel()
	lab, _ := peer.Lab(t, peer.Echo)
	refusing := answer(t, 418, "text/plain", "no")
	for _, tc := range []struct {
		args       []string
		code       int
		shows, not []string
		says       string
	}{
		{[]string{lab}, 5, []string{"issuer       CN=peer test CA", "sha256 ", "trusted      no\n"}, []string{"tls  ", "status"}, "not trusted"},
		{[]string{"--insecure", lab}, 0, []string{"tls  ", "trusted      not checked (--insecure)", "status "}, nil, "warning"},
		{[]string{refusing}, 6, []string{"status       HTTP/1.1 418 I'm a teapot", "header       Content-Type: text/plain"}, nil, `"no": see its answer above`},
		{[]string{"ws://no..such"}, 3, []string{"url          ws://no..such\n"}, []string{"address", "status"}, "name not found"},
	} {
		p := start(t, open(t), append([]string{"info"}, tc.args...)...)
		if code := p.wait(t); code != tc.code || !strings.Contains(p.stderr.String(), tc.says) {
			t.Errorf("%q: exit code %d and %q, want %d and %q", tc.args, code, p.stderr.String(), tc.code, tc.says)
		}
		for _, text := range tc.shows {
			if !strings.Contains(p.stdout.String(), text) {
				t.Errorf("%q does not show %q:\n%s", tc.args, text, p.stdout.String())
			}
		}
		for _, text := range tc.not {
			if strings.Contains(p.stdout.String(), text) {
				t.Errorf("%q shows %q:\n%s", tc.args, text, p.stdout.String())
			}
		}
	}
}

func TestInfoJSON(t *testing.T) {
	t.Parallel()
	url, ca := peer.Lab(t, peer.Echo)
	p := start(t, open(t), "info", "--json", "--ca="+ca, "--subprotocol=one", url)
	p.wait(t)
	var facts info.Facts
	if err := json.Unmarshal([]byte(p.stdout.String()), &facts); err != nil || strings.Count(p.stdout.String(), "\n") != 1 {
		t.Fatalf("%v: %s", err, p.stdout.String())
	}
	if facts.URL != url || facts.TLS.Version != "TLS 1.3" || len(facts.Certificate.Names) != 5 || facts.Header.Get("Upgrade") != "websocket" ||
		facts.Subprotocol != "one" || facts.Times.Total <= 0 || facts.Error != "" {
		t.Errorf("%s", p.stdout.String())
	}
	p = start(t, open(t), "info", "--json", url)
	if code := p.wait(t); code != 5 || !strings.Contains(p.stdout.String(), `"error":"TLS failed: the certificate is not trusted`) {
		t.Errorf("exit code %d: %s", code, p.stdout.String())
	}
}
