package site_test

import (
	"net/http"
	"os"
	"testing"
	"time"
)

func TestConditional(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"file.txt": "content"})
	s.age("file.txt")
	first := s.get("/file.txt")
	s.want(first, http.StatusOK, "content")
	tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if tag == "" || tag[0] != '"' || modified == "" || first.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("headers %v", first.Header)
	}
	later := time.Now().UTC().Format(http.TimeFormat)
	earlier := time.Now().Add(-48 * time.Hour).UTC().Format(http.TimeFormat)
	for name, tc := range map[string]struct {
		headers []string
		status  int
	}{
		"same tag":                    {[]string{"If-None-Match: " + tag}, http.StatusNotModified},
		"same tag, weak":              {[]string{"If-None-Match: W/" + tag}, http.StatusNotModified},
		"same tag among others":       {[]string{`If-None-Match: "x", ` + tag}, http.StatusNotModified},
		"any tag":                     {[]string{"If-None-Match: *"}, http.StatusNotModified},
		"another tag":                 {[]string{`If-None-Match: "x"`}, http.StatusOK},
		"same time":                   {[]string{"If-Modified-Since: " + modified}, http.StatusNotModified},
		"later":                       {[]string{"If-Modified-Since: " + later}, http.StatusNotModified},
		"earlier":                     {[]string{"If-Modified-Since: " + earlier}, http.StatusOK},
		"no time":                     {[]string{"If-Modified-Since: yesterday"}, http.StatusOK},
		"tag beats time":              {[]string{`If-None-Match: "x"`, "If-Modified-Since: " + modified}, http.StatusOK},
		"must match, does":            {[]string{"If-Match: " + tag}, http.StatusOK},
		"must match, does not":        {[]string{`If-Match: "x"`}, http.StatusPreconditionFailed},
		"must be unmodified, is":      {[]string{"If-Unmodified-Since: " + modified}, http.StatusOK},
		"must be unmodified, was not": {[]string{"If-Unmodified-Since: " + earlier}, http.StatusPreconditionFailed},
	} {
		a := s.get("/file.txt", tc.headers...)
		if a.StatusCode != tc.status || (a.body == "content") != (tc.status == http.StatusOK) {
			t.Errorf("%s: %d %q, want %d", name, a.StatusCode, a.body, tc.status)
		}
		if a.StatusCode == http.StatusNotModified && a.Header.Get("ETag") != tag {
			t.Errorf("%s: 304 with ETag %q, want %q", name, a.Header.Get("ETag"), tag)
		}
	}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"file.txt": "0123456789"})
	s.age("file.txt")
	first := s.get("/file.txt")
	tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if first.Header.Get("Accept-Ranges") != "bytes" {
		t.Errorf("headers %v", first.Header)
	}
	for name, tc := range map[string]struct {
		headers            []string
		status             int
		body, contentRange string
	}{
		"first":                   {[]string{"Range: bytes=0-3"}, 206, "0123", "bytes 0-3/10"},
		"from":                    {[]string{"Range: bytes=8-"}, 206, "89", "bytes 8-9/10"},
		"last":                    {[]string{"Range: bytes=-2"}, 206, "89", "bytes 8-9/10"},
		"beyond":                  {[]string{"Range: bytes=10-"}, 416, "invalid range: failed to overlap\n", "bytes */10"},
		"another unit":            {[]string{"Range: lines=1-2"}, 416, "invalid range\n", ""},
		"if the tag is same":      {[]string{"Range: bytes=0-3", "If-Range: " + tag}, 206, "0123", "bytes 0-3/10"},
		"if the tag is another":   {[]string{"Range: bytes=0-3", `If-Range: "x"`}, 200, "0123456789", ""},
		"if the time is same":     {[]string{"Range: bytes=0-3", "If-Range: " + modified}, 206, "0123", "bytes 0-3/10"},
		"if not modified, is not": {[]string{"Range: bytes=0-3", "If-None-Match: " + tag}, 304, "", ""},
	} {
		a := s.get("/file.txt", tc.headers...)
		if a.StatusCode != tc.status || a.body != tc.body || a.Header.Get("Content-Range") != tc.contentRange {
			t.Errorf("%s: %d %q %q", name, a.StatusCode, a.body, a.Header.Get("Content-Range"))
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"file.txt": "content"})
	s.age("file.txt")
	get, head := s.get("/file.txt"), s.do(http.MethodHead, "/file.txt")
	s.want(head, http.StatusOK, "")
	for _, name := range []string{"Content-Type", "Content-Length", "ETag", "Last-Modified", "Accept-Ranges", "Vary", "Cache-Control"} {
		if got, want := head.Header.Get(name), get.Header.Get(name); got != want {
			t.Errorf("%s: HEAD has %q, GET %q", name, got, want)
		}
	}
	if got := s.do(http.MethodHead, "/none").StatusCode; got != http.StatusNotFound {
		t.Errorf("HEAD of nothing: %d", got)
	}
}

// Last-Modified may not be later than Date (RFC 9110, 8.8.2.1).
func TestModifiedInTheFuture(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"file.txt": "content"})
	future := time.Now().Add(time.Hour)
	if err := os.Chtimes(s.path("file.txt"), future, future); err != nil {
		t.Fatal(err)
	}
	got, err := http.ParseTime(s.get("/file.txt").Header.Get("Last-Modified"))
	if err != nil || got.After(time.Now()) {
		t.Errorf("Last-Modified %v, %v", got, err)
	}
}
