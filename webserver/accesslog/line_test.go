package accesslog

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"
)

// combined is the format as log tools read it: no field can hold its own end.
var combined = regexp.MustCompile(`^(\S+) - - \[(\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] "([A-Z]+) (\S+) (HTTP/\d\.\d)" (\d{3}) (\d+) "([^"\\]|\\x[0-9a-f]{2})*" "([^"\\]|\\x[0-9a-f]{2})*"\n$`)

func TestLine(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 7, 4, 1, 2, 3, 0, time.FixedZone("", -4*3600))
	request := func(change func(*http.Request)) *http.Request {
		r := &http.Request{Method: "GET", RequestURI: "/a?b=c", Proto: "HTTP/1.1", RemoteAddr: "192.0.2.1:1234", Header: http.Header{}, URL: &url.URL{}}
		change(r)
		return r
	}
	for name, tc := range map[string]struct {
		change func(*http.Request)
		want   string
	}{
		"bare": {func(*http.Request) {}, `192.0.2.1 - - [04/Jul/2026:01:02:03 -0400] "GET /a?b=c HTTP/1.1" 200 5 "-" "-"`},
		"full": {func(r *http.Request) {
			r.Header.Set("Referer", "http://localhost:8080/")
			r.Header.Set("User-Agent", "curl/8 (x)")
		}, `192.0.2.1 - - [04/Jul/2026:01:02:03 -0400] "GET /a?b=c HTTP/1.1" 200 5 "http://localhost:8080/" "curl/8 (x)"`},
		"IPv6":          {func(r *http.Request) { r.RemoteAddr = "[2001:db8::1]:1234" }, `2001:db8::1 - - [04/Jul/2026:01:02:03 -0400] "GET /a?b=c HTTP/1.1" 200 5 "-" "-"`},
		"not TCP":       {func(r *http.Request) { r.RemoteAddr = "@" }, `@ - - [04/Jul/2026:01:02:03 -0400] "GET /a?b=c HTTP/1.1" 200 5 "-" "-"`},
		"nowhere":       {func(r *http.Request) { r.RemoteAddr = "" }, `- - - [04/Jul/2026:01:02:03 -0400] "GET /a?b=c HTTP/1.1" 200 5 "-" "-"`},
		"forged fields": {func(r *http.Request) { r.Header.Set("User-Agent", `x" "y\`) }, `192.0.2.1 - - [04/Jul/2026:01:02:03 -0400] "GET /a?b=c HTTP/1.1" 200 5 "-" "x\x22 \x22y\x5c"`},
		"forged line":   {func(r *http.Request) { r.Header["Referer"] = []string{"x\r\n127.0.0.1 - -"} }, `192.0.2.1 - - [04/Jul/2026:01:02:03 -0400] "GET /a?b=c HTTP/1.1" 200 5 "x\x0d\x0a127.0.0.1 - -" "-"`},
		"terminal":      {func(r *http.Request) { r.RequestURI = "/\x1b[2J\u009b\x7f" }, `192.0.2.1 - - [04/Jul/2026:01:02:03 -0400] "GET /\x1b[2J\xc2\x9b\x7f HTTP/1.1" 200 5 "-" "-"`},
		"credentials":   {func(r *http.Request) { r.SetBasicAuth("user", "secret") }, `192.0.2.1 - - [04/Jul/2026:01:02:03 -0400] "GET /a?b=c HTTP/1.1" 200 5 "-" "-"`},
	} {
		got := string(appendLine(nil, request(tc.change), start, 200, 5))
		if got != tc.want+"\n" {
			t.Errorf("%s:\n got %q\nwant %q", name, got, tc.want)
		}
		if !combined.MatchString(got) {
			t.Errorf("%s: not the Combined Log Format: %q", name, got)
		}
	}
}
