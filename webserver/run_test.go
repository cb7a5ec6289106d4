package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wslab/services/certificate"
	"wslab/services/cli"
	"wslab/services/testcert"
	"wslab/services/testoutput"
	"wslab/webserver/logs"
)

func TestFailures(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	certs, authority := testcert.Dir(t)
	spoilt := func(p testcert.Pair) string {
		dir := t.TempDir()
		p.Write(t, dir)
		return "--certs-dir=" + dir
	}
	good := authority.Issue(t, testcert.Leaf{})
	for name, tc := range map[string]struct {
		args []string
		says []string
	}{
		"port taken":       {[]string{"--https-listen=off", "--http-listen=" + taken.Addr().String()}, []string{taken.Addr().String(), "port is taken", "`--http-listen`"}},
		"https port taken": {[]string{"--certs-dir=" + certs, "--https-listen=" + taken.Addr().String()}, []string{"port is taken", "`--https-listen`"}},
		"no certificate":   {[]string{"--certs-dir=" + t.TempDir()}, []string{"no certificate", "server.pem", "run `make certs`"}},
		"another's key":    {[]string{spoilt(testcert.Pair{Cert: good.Cert, Key: authority.Issue(t, testcert.Leaf{}).Key})}, []string{"server-key.pem", "run `make certs`"}},
		"expired":          {[]string{spoilt(authority.Issue(t, testcert.Leaf{Until: time.Now().Add(-time.Hour)}))}, []string{"expired", "run `make certs`"}},
		"no page":          {[]string{"--https-listen=off", "--www-dir=" + t.TempDir() + "/none"}, []string{"none", "`--www-dir`"}},
		"page is a file":   {[]string{"--https-listen=off", "--www-dir=" + certs + "/ca.pem"}, []string{"ca.pem", "`--www-dir`"}},
		"no logs":          {[]string{"--https-listen=off", "--logs-dir=" + t.TempDir() + "/none"}, []string{"access.log", "run `make certs`, which prepares logs/"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := runs(t, environment(), append([]string{"--http-listen=127.0.0.1:0"}, tc.args...)...)
			if code != cli.Fail || stdout != "" || !strings.HasPrefix(stderr, "webserver: ") || strings.Count(stderr, "\n") != 1 {
				t.Errorf("exit %d, stdout %q, stderr %q; want one line", code, stdout, stderr)
			}
			for _, says := range tc.says {
				if !strings.Contains(stderr, says) {
					t.Errorf("stderr %q does not say %q", stderr, says)
				}
			}
		})
	}
}

func TestSeveralAddresses(t *testing.T) {
	t.Parallel()
	s := start(t, "--http-listen=127.0.0.1:0,127.0.0.1:0")
	if got := strings.Count(s.stderr.String(), "msg=listening url=http://"); got != 2 {
		t.Errorf("%d http addresses in %q", got, s.stderr.String())
	}
}

// Without https no certificate is needed.
func TestHTTPSOff(t *testing.T) {
	t.Parallel()
	var stderr testoutput.Output
	ctx, cancel := context.WithCancel(t.Context())
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, []string{"--http-listen=127.0.0.1:0", "--https-listen=off", "--certs-dir=none"}, environment(), io.Discard, &stderr)
	}()
	stderr.Wait(t, `msg=listening url=http://127`)
	cancel()
	if code := <-exit; code != cli.OK || strings.Contains(stderr.String(), "https://") {
		t.Errorf("exit %d, stderr %q", code, stderr.String())
	}
}

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	s := start(t)
	settings := []string{"healthcheck", "--http-listen=" + strings.TrimPrefix(s.plain, "http://"),
		"--https-listen=" + strings.TrimPrefix(s.secure, "https://"), "--certs-dir=" + s.certs}
	if code, stdout, stderr := runs(t, environment(), settings...); code != cli.OK || stdout+stderr != "" {
		t.Errorf("exit %d, %q", code, stdout+stderr)
	}
	s.do(http.MethodGet, s.plain+"/")
	s.stdout.Wait(t, `"GET / HTTP/1.1" 200`) // logged when the answer is over, which the client may see first
	if got := s.stdout.String(); strings.Contains(got, "/healthz") {
		t.Errorf("access log %q", got)
	}
	s.end()
	if code, _, stderr := runs(t, environment(), settings...); code != cli.Fail || !strings.Contains(stderr, "webserver: not healthy") {
		t.Errorf("after the end: exit %d, %q", code, stderr)
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.end()
	// Another test may have been given the port since; only this server has a certificate of this authority.
	c, err := tls.Dial("tcp", strings.TrimPrefix(s.secure, "https://"), &tls.Config{ServerName: "localhost", RootCAs: s.authority.Pool()})
	if err == nil {
		c.Close()
		t.Error("still listens")
	}
	if got := s.stderr.String(); !strings.Contains(got, "msg=stopped") {
		t.Errorf("stderr %q", got)
	}
}

func TestStderrAndErrorLog(t *testing.T) {
	t.Parallel()
	s := start(t, "--log-format=json", "--log-level=debug", "--tz=<+0130>-1:30")
	os.Remove(filepath.Join(s.certs, certificate.CertFile))
	s.stderr.Wait(t, `"level":"ERROR"`)
	for line := range strings.Lines(s.stderr.String()) {
		var entry struct{ Time, Level, Msg string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil || !strings.HasSuffix(entry.Time, "+01:30") || entry.Msg == "" {
			t.Errorf("%q: %v", line, err)
		}
	}
	for _, level := range []string{"DEBUG", "INFO"} {
		if !strings.Contains(s.stderr.String(), `"level":"`+level+`"`) {
			t.Errorf("stderr has nothing at level %s: %q", level, s.stderr.String())
		}
	}
	got := readFile(t, filepath.Join(s.logs, logs.ErrorFile))
	if strings.Count(got, "\n") != 1 || !strings.Contains(got, `"level":"ERROR"`) || !strings.Contains(got, "+01:30") {
		t.Errorf("error.log %q; want the error alone", got)
	}
	if out := s.stdout.String(); out != "" {
		t.Errorf("stdout %q; want the access log alone", out)
	}
}
