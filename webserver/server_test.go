package main

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"wslab/services/health"
	"wslab/webserver/facts"
)

func TestSameOnBoth(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, path := range []string{"/", "/index.html", "/style.css", "/lab.json", "/ca.pem", "/ca.crt"} {
		plain, body := s.do(http.MethodGet, s.plain+path)
		secure, secureBody := s.do(http.MethodGet, s.secure+path)
		if plain.StatusCode != http.StatusOK || secure.StatusCode != http.StatusOK || body != secureBody || body == "" {
			t.Errorf("%s: http %d, https %d, %d and %d bytes", path, plain.StatusCode, secure.StatusCode, len(body), len(secureBody))
		}
		if plain.Proto != "HTTP/1.1" || secure.Proto != "HTTP/2.0" {
			t.Errorf("%s: %s and %s", path, plain.Proto, secure.Proto)
		}
		if plain.Header.Get("Etag") != secure.Header.Get("Etag") {
			t.Errorf("%s: ETags %s and %s", path, plain.Header.Get("Etag"), secure.Header.Get("Etag"))
		}
	}
}

func TestHeadersOnEverything(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, target := range []string{"GET /", "GET /js/main.js", "GET /js", "GET /none", "GET /.env", "POST /", "GET /healthz", "GET /lab.json", "GET /ca.pem", "HEAD /ca.crt"} {
		method, path, _ := strings.Cut(target, " ")
		for _, base := range []string{s.plain, s.secure} {
			resp, _ := s.do(method, base+path)
			for name, want := range securityHeaders {
				if got := resp.Header.Values(name); len(got) != 1 || got[0] != want[0] {
					t.Errorf("%s: %s %q, want %q", target, name, got, want)
				}
			}
			if got := resp.Header.Get("Strict-Transport-Security"); got != "" {
				t.Errorf("%s: Strict-Transport-Security %q", target, got)
			}
			if got := resp.Header.Get("Cache-Control"); got != "no-cache" && got != "no-store" {
				t.Errorf("%s: Cache-Control %q", target, got)
			}
		}
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"} {
		for _, path := range []string{"/", "/none", "/lab.json", "/ca.pem", health.Path} {
			resp, _ := s.do(method, s.plain+path)
			if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d, Allow %q", method, path, resp.StatusCode, resp.Header.Get("Allow"))
			}
		}
	}
	for _, path := range []string{"/", "/lab.json", "/ca.pem", "/ca.crt", health.Path} {
		if resp, body := s.do(http.MethodHead, s.plain+path); resp.StatusCode != http.StatusOK || body != "" {
			t.Errorf("HEAD %s: %d %q", path, resp.StatusCode, body)
		}
	}
}

func TestNotFoundForBrowsers(t *testing.T) {
	t.Parallel()
	s := start(t)
	resp, body := s.do(http.MethodGet, s.plain+"/none", "Accept: text/html")
	if resp.StatusCode != http.StatusNotFound || !strings.Contains(body, `<a href="/">`) {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	s := start(t, "--lab-net=10.1.2", "--http-port=1", "--https-port=2", "--ws-port=3", "--ws-legacy-port=4", "--wss-port=5")
	_, body := s.do(http.MethodGet, s.plain+facts.LabPath)
	for _, want := range []string{`"lab_net":"10.1.2"`, `"subject":"wslab test CA"`,
		`"published":{"http_port":1,"https_port":2,"ws_port":3,"ws_legacy_port":4,"wss_port":5}`} {
		if !strings.Contains(body, want) {
			t.Errorf("lab.json lacks %s: %s", want, body)
		}
	}
	if _, body := s.do(http.MethodGet, s.plain+facts.PEMPath); body != string(s.authority.PEM) {
		t.Errorf("ca.pem %q", body)
	}
	if _, body := s.do(http.MethodGet, s.plain+facts.DERPath); body != string(s.authority.Cert.Raw) {
		t.Errorf("ca.crt %q", body)
	}
}

func TestLivePage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(content string) {
		if err := os.WriteFile(dir+"/index.html", []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("first")
	s := start(t, "--www-dir="+dir)
	first, body := s.do(http.MethodGet, s.secure+"/")
	write("other")
	second, other := s.do(http.MethodGet, s.secure+"/", "If-None-Match: "+first.Header.Get("Etag"))
	if body != "first" || second.StatusCode != http.StatusOK || other != "other" {
		t.Errorf("%q, then %d %q", body, second.StatusCode, other)
	}
}
