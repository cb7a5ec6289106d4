package site_test

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"wslab/webserver/site"
)

func TestTypes(t *testing.T) {
	t.Parallel()
	s := serve(t, nil)
	for name, want := range map[string]string{
		"a.html": "text/html; charset=utf-8", "a.css": "text/css; charset=utf-8", "a.js": "text/javascript; charset=utf-8",
		"a.mjs": "text/javascript; charset=utf-8", "a.txt": "text/plain; charset=utf-8", "a.json": "application/json",
		"a.svg": "image/svg+xml", "a.wasm": "application/wasm", "a.webmanifest": "application/manifest+json", "a.ico": "image/x-icon",
		"a.png": "image/png", "A.HTML": "text/html; charset=utf-8", "a.woff2": "font/woff2", "a.min.js": "text/javascript; charset=utf-8",
		"a": "application/octet-stream", "a.unknown": "application/octet-stream", "a.html.bak": "application/octet-stream",
	} {
		// The content says something else, and must not be asked.
		s.write(name, "<!doctype html><script>1</script>")
		if got := s.get("/" + name).Header.Get("Content-Type"); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestDirectories(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"index.html": "home", "docs/index.html": "docs", "a b/ü?/index.html": "odd", "none/x.txt": "x", "deep/index.html/x": "x"})
	s.want(s.get("/"), http.StatusOK, "home")
	s.want(s.get("/docs/"), http.StatusOK, "docs")
	s.want(s.get("/docs/?a=b"), http.StatusOK, "docs")
	s.want(s.get("/a%20b/%C3%BC%3F/"), http.StatusOK, "odd")
	for target, want := range map[string]string{
		"/docs":              "/docs/",
		"/docs?a=b&c=//x":    "/docs/?a=b&c=//x",
		"/a%20b/%C3%BC%3F":   "/a%20b/%C3%BC%3F/",
		"//docs":             "",
		"//elsewhere/..docs": "",
		"/none":              "",
		"/deep":              "",
		"/none/":             "",
	} {
		a := s.get(target)
		if want == "" && a.StatusCode == http.StatusNotFound {
			continue
		}
		if a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != want || a.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d to %q, want %q", target, a.StatusCode, a.Header.Get("Location"), want)
		}
	}
}

// Files in the program have no time: they get that of the start.
func TestWithoutTimes(t *testing.T) {
	t.Parallel()
	h := site.New(fstest.MapFS{"index.html": {Data: []byte("home")}}, quiet)
	for range 2 {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		if w.Code != http.StatusOK || w.Body.String() != "home" || w.Header().Get("ETag") != tagOf("home") || w.Header().Get("Last-Modified") == "" {
			t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
		}
	}
}

// failing is a file system whose every file fails in one way.
type failing struct{ err error }

func (f failing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: f.err}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err    error
		status int
		log    string
	}{
		"not there":     {fs.ErrNotExist, http.StatusNotFound, ""},
		"too long":      {syscall.ENAMETOOLONG, http.StatusNotFound, ""},
		"leads out":     {errors.New("path escapes from parent"), http.StatusNotFound, ""},
		"not readable":  {fs.ErrPermission, http.StatusForbidden, "level=WARN"},
		"too many open": {syscall.EMFILE, http.StatusInternalServerError, "level=ERROR"},
		"broken disk":   {syscall.EIO, http.StatusInternalServerError, "level=ERROR"},
	} {
		var log bytes.Buffer
		h := site.New(failing{tc.err}, slog.New(slog.NewTextHandler(&log, nil)))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/file.txt", nil))
		if w.Code != tc.status || !strings.Contains(log.String(), tc.log) || (tc.log == "") != (log.Len() == 0) {
			t.Errorf("%s: %d, log %q", name, w.Code, &log)
		}
		if strings.Contains(w.Body.String(), tc.err.Error()) {
			t.Errorf("%s: the answer tells the cause: %q", name, w.Body)
		}
	}
}
