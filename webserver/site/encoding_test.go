package site_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// decoded undoes a response's coding.
func (a answer) decoded(t *testing.T) string {
	t.Helper()
	var r io.Reader = strings.NewReader(a.body)
	var err error
	switch a.Header.Get("Content-Encoding") {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "zstd":
		r, err = zstd.NewReader(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

var long = strings.Repeat("a line that compresses well\n", 200)

func TestEncoding(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"long.js": long})
	s.age("long.js")
	tags := map[string]string{}
	for accept, want := range map[string]string{
		"":                          "",
		"gzip":                      "gzip",
		"zstd":                      "zstd",
		"gzip, deflate, br, zstd":   "zstd",
		"gzip;q=1.0, zstd;q=0.5":    "gzip",
		"gzip;q=0":                  "",
		"gzip; q=0, zstd;q=0.001":   "zstd",
		"GZIP":                      "gzip",
		"br":                        "",
		"*":                         "",
		"identity":                  "",
		"gzip;q=x":                  "",
		"gzip;level=9":              "",
		"deflate,gzip;q=0.8,*;q=.1": "gzip",
	} {
		a := s.get("/long.js", "Accept-Encoding: "+accept)
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Encoding") != want || a.decoded(t) != long {
			t.Errorf("%q: %d %q, want %q", accept, a.StatusCode, a.Header.Get("Content-Encoding"), want)
		}
		if got := a.Header.Values("Vary"); len(got) != 1 || got[0] != "Accept-Encoding" {
			t.Errorf("%q: Vary %q", accept, got)
		}
		if want != "" && len(a.body) > len(long)/2 {
			t.Errorf("%q: %d bytes of %d", accept, len(a.body), len(long))
		}
		tags[want] = a.Header.Get("ETag")
	}
	base := strings.TrimSuffix(tagOf(long), `"`)
	if tags[""] != base+`"` || tags["gzip"] != base+`-gzip"` || tags["zstd"] != base+`-zstd"` {
		t.Errorf("tags %q", tags)
	}
}

// A coding's tag is good for that coding alone, and for 304 and HEAD as for 200.
func TestEncodingConditional(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"long.js": long})
	s.age("long.js")
	for _, coding := range []string{"gzip", "zstd", "identity"} {
		accept := "Accept-Encoding: " + coding
		first := s.get("/long.js", accept)
		tag := first.Header.Get("ETag")
		again := s.get("/long.js", accept, "If-None-Match: "+tag)
		s.want(again, http.StatusNotModified, "")
		head := s.do(http.MethodHead, "/long.js", accept)
		s.want(head, http.StatusOK, "")
		for _, name := range []string{"ETag", "Vary", "Cache-Control"} {
			if got, want := again.Header.Get(name), first.Header.Get(name); got != want {
				t.Errorf("%s: 304 has %s %q, 200 %q", coding, name, got, want)
			}
		}
		for _, name := range []string{"ETag", "Vary", "Cache-Control", "Last-Modified", "Content-Encoding", "Content-Type"} {
			if got, want := head.Header.Get(name), first.Header.Get(name); got != want {
				t.Errorf("%s: HEAD has %s %q, GET %q", coding, name, got, want)
			}
		}
		// A length that HEAD does not know it must not tell (RFC 9110, 8.6).
		if got := head.Header.Get("Content-Length"); got != "" && got != first.Header.Get("Content-Length") {
			t.Errorf("%s: HEAD has Content-Length %q, GET %q", coding, got, first.Header.Get("Content-Length"))
		}
		for _, other := range []string{"gzip", "zstd", "identity"} {
			if a := s.get("/long.js", "Accept-Encoding: "+other, "If-None-Match: "+tag); (a.StatusCode == http.StatusNotModified) != (other == coding) {
				t.Errorf("%s's tag for %s: %d", coding, other, a.StatusCode)
			}
		}
	}
}

func TestEncodingLeavesRangesAlone(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"long.js": long})
	s.age("long.js")
	whole := s.get("/long.js", "Accept-Encoding: gzip").Header.Get("ETag")
	for name, tc := range map[string]struct {
		headers []string
		status  int
	}{
		"one range":                 {[]string{"Range: bytes=0-2047"}, http.StatusPartialContent},
		"two ranges":                {[]string{"Range: bytes=0-2047,3000-5000"}, http.StatusPartialContent},
		"continues what was gzip":   {[]string{"Range: bytes=0-2047", "If-Range: " + whole}, http.StatusOK},
		"continues what was as now": {[]string{"Range: bytes=0-2047", "If-Range: " + tagOf(long)}, http.StatusPartialContent},
	} {
		a := s.get("/long.js", append(tc.headers, "Accept-Encoding: gzip, zstd")...)
		if a.StatusCode != tc.status || a.Header.Get("Content-Encoding") != "" || !strings.Contains(a.body, long[:1000]) {
			t.Errorf("%s: %d %q", name, a.StatusCode, a.Header.Get("Content-Encoding"))
		}
		if a.Header.Get("ETag") != tagOf(long) || a.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: headers %v", name, a.Header)
		}
	}
}

func TestEncodingLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"short.js": "short", "picture.png": long, "unknown": long})
	for _, target := range []string{"/short.js", "/picture.png", "/unknown"} {
		a := s.get(target, "Accept-Encoding: gzip, zstd")
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Encoding") != "" || a.Header.Get("Vary") != "" {
			t.Errorf("%s: %d %v", target, a.StatusCode, a.Header)
		}
	}
}
