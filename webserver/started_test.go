package main

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"wslab/services/testcert"
	"wslab/services/testoutput"
)

// environment is one of NAME=value entries alone.
func environment(entries ...string) func(string) string {
	return func(name string) string {
		for _, entry := range entries {
			if value, ok := strings.CutPrefix(entry, name+"="); ok {
				return value
			}
		}
		return ""
	}
}

// runs runs the program to its end, which must come soon.
func runs(t *testing.T, getenv func(string) string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err testoutput.Output
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan int, 1)
	go func() { done <- run(ctx, args, getenv, &out, &err) }()
	select {
	case code = <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("%q goes on; stderr %q", args, err.String())
	}
	return code, out.String(), err.String()
}

// started is a running server on http and https, of a certificate and logs of its own.
type started struct {
	*testing.T
	plain, secure  string // URLs without the last slash
	certs, logs    string
	authority      *testcert.Authority
	stdout, stderr testoutput.Output
	stop           context.CancelFunc
	exit           chan int
}

func start(t *testing.T, args ...string) *started {
	t.Helper()
	s := &started{T: t, logs: t.TempDir(), exit: make(chan int, 1)}
	s.certs, s.authority = testcert.Dir(t)
	args = append([]string{"--http-listen=127.0.0.1:0", "--https-listen=127.0.0.1:0", "--certs-dir=" + s.certs, "--logs-dir=" + s.logs}, args...)
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	go func() { s.exit <- run(ctx, args, environment(), &s.stdout, &s.stderr) }()
	t.Cleanup(s.end)
	s.stderr.Wait(t, `url\W+https://`)
	s.plain = regexp.MustCompile(`http://[^/]+`).FindString(s.stderr.String())
	s.secure = regexp.MustCompile(`https://[^/]+`).FindString(s.stderr.String())
	return s
}

// end stops the server, which must go well.
func (s *started) end() {
	s.stop()
	select {
	case code := <-s.exit:
		s.exit <- code
		if code != 0 {
			s.Errorf("exit %d; stderr %q", code, s.stderr.String())
		}
	case <-time.After(20 * time.Second):
		s.Errorf("does not stop; stderr %q", s.stderr.String())
	}
}

// client speaks HTTP/2 where it can, trusts the server's authority, and follows no redirect.
func (s *started) client() *http.Client {
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.authority.Pool()}, ForceAttemptHTTP2: true, DisableCompression: true}
	s.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// do asks, and returns the response with its body read.
func (s *started) do(method, url string, headers ...string) (*http.Response, string) {
	s.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		s.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		req.Header.Set(name, value)
	}
	resp, err := s.client().Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return resp, string(body)
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var quiet = slog.New(slog.DiscardHandler)
