package site_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wslab/webserver/site"
)

var quiet = slog.New(slog.DiscardHandler)

// served is a folder and a server of it.
type served struct {
	*testing.T
	dir, addr string
}

func serve(t *testing.T, files map[string]string) *served {
	t.Helper()
	s := &served{T: t, dir: t.TempDir()}
	for name, content := range files {
		s.write(name, content)
	}
	s.addr = serveDir(t, s.dir).addr
	return s
}

func serveDir(t *testing.T, dir string) *served {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	server := httptest.NewServer(site.New(root.FS(), quiet))
	t.Cleanup(server.Close)
	return &served{t, dir, server.Listener.Addr().String()}
}

func (s *served) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *served) write(name, content string) {
	s.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o755); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(s.path(name), []byte(content), 0o644); err != nil {
		s.Fatal(err)
	}
}

// age makes a file as old as one that nobody edits right now.
func (s *served) age(name string) {
	s.Helper()
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(s.path(name), old, old); err != nil {
		s.Fatal(err)
	}
}

// answer is a response, read whole and left as it came: not decompressed, no redirect followed.
type answer struct {
	*http.Response
	body string
}

// get sends target as it is, which http.Client would not. headers are "Name: value".
func (s *served) get(target string, headers ...string) answer {
	s.Helper()
	return s.do(http.MethodGet, target, headers...)
}

func (s *served) do(method, target string, headers ...string) answer {
	s.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	lines := append([]string{method + " " + target + " HTTP/1.1", "Host: x", "Connection: close"}, headers...)
	fmt.Fprint(conn, strings.Join(lines, "\r\n"), "\r\n\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		s.Fatalf("%s %q: %v", method, target, err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatalf("%s %q: %v", method, target, err)
	}
	return answer{resp, string(body)}
}

func (s *served) want(a answer, status int, body string) {
	s.Helper()
	if a.StatusCode != status || a.body != body {
		s.Errorf("got %d %.80q, want %d %.80q", a.StatusCode, a.body, status, body)
	}
}
