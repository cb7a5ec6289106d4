package main

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"wslab/webserver/logs"
)

var combined = regexp.MustCompile(`^127\.0\.0\.1 - - \[(\d{2}/\w{3}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] "(GET|HEAD|POST) (\S+) HTTP/(1\.1|2\.0)" (\d{3}) (\d+) "([^"]*)" "([^"]*)"\n$`)

func (s *started) accessLog() string { return filepath.Join(s.logs, logs.AccessFile) }

func TestAccessLog(t *testing.T) {
	t.Parallel()
	s := start(t, "--tz=EST+5EDT,M3.2.0/2,M11.1.0/2")
	began := time.Now().Truncate(time.Second)
	_, index := s.do(http.MethodGet, s.plain+"/", "Referer: http://localhost/", `User-Agent: a "browser"`)
	s.stdout.Wait(t, `"GET`) // a line is written when its answer is over, which the client may see first
	s.do(http.MethodHead, s.secure+"/?q=1")
	s.stdout.Wait(t, `"HEAD`)
	s.do(http.MethodPost, s.plain+"/")
	want := []string{
		fmt.Sprintf(`"GET / HTTP/1.1" 200 %d "http://localhost/" "a \x22browser\x22"`, len(index)),
		`"HEAD /?q=1 HTTP/2.0" 200 0 "-" "Go-http-client/2.0"`,
		`"POST / HTTP/1.1" 405 `,
	}
	s.stdout.Wait(t, `"POST`)
	s.end()
	got := strings.SplitAfter(s.stdout.String(), "\n")
	for n, want := range want {
		match := combined.FindStringSubmatch(got[n])
		if match == nil || !strings.Contains(got[n], want) {
			t.Errorf("line %q, want %s", got[n], want)
			continue
		}
		at, err := time.Parse("02/Jan/2006:15:04:05 -0700", match[1])
		if _, offset := at.Zone(); err != nil || at.Before(began) || time.Since(at) > time.Minute || offset != -5*3600 && offset != -4*3600 {
			t.Errorf("time %s: %v", match[1], err)
		}
	}
	if file := readFile(t, s.accessLog()); file != s.stdout.String() {
		t.Errorf("the file has %q, stdout %q", file, s.stdout.String())
	}
}

// What `: > logs/access.log` does while the server runs.
func TestAccessLogEmptied(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.do(http.MethodGet, s.plain+"/one")
	s.stdout.Wait(t, "/one")
	if err := os.Truncate(s.accessLog(), 0); err != nil {
		t.Fatal(err)
	}
	s.do(http.MethodGet, s.plain+"/two")
	s.stdout.Wait(t, "/two")
	if got := readFile(t, s.accessLog()); !combined.MatchString(got) || !strings.Contains(got, "/two") {
		t.Errorf("%q, want the one line since", got)
	}
}

// /dev/full is a disk with no room left.
func TestAccessLogOnAFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Symlink("/dev/full", filepath.Join(dir, logs.AccessFile)); err != nil {
		t.Fatal(err)
	}
	s := start(t, "--logs-dir="+dir)
	for range 3 {
		if resp, _ := s.do(http.MethodGet, s.plain+"/"); resp.StatusCode != http.StatusOK {
			t.Errorf("%d", resp.StatusCode)
		}
	}
	s.stdout.Wait(t, "(?s)GET.*GET.*GET")
	if got := s.stderr.String(); strings.Count(got, "no space left on device") != 1 {
		t.Errorf("stderr %q; want it said once", got)
	}
}

func TestOwnProbe(t *testing.T) {
	t.Parallel()
	for remote, want := range map[string]bool{"127.0.0.1:1": true, "[::1]:1": true, "172.31.10.1:1": false, "[2001:db8::1]:1": false, "": false} {
		if got := ownProbe(&http.Request{URL: &url.URL{Path: "/healthz"}, RemoteAddr: remote}); got != want {
			t.Errorf("from %q: %v", remote, got)
		}
	}
	if ownProbe(&http.Request{URL: &url.URL{Path: "/"}, RemoteAddr: "127.0.0.1:1"}) {
		t.Error("a page from this machine is not a probe")
	}
}

// A malformed request must neither be served nor put a line of its own making into the log.
func TestAccessLogForged(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, request := range []string{
		"GET /\r\n127.0.0.1 - - forged\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: a\x1b[2J\rb\r\n\r\n",
		"GET /%0a127.0.0.1%20forged HTTP/1.1\r\nHost: x\r\nUser-Agent: \"\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.plain, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, request)
		conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		conn.Read(make([]byte, 1))
		conn.Close()
	}
	s.do(http.MethodGet, s.plain+"/last")
	for line := range strings.Lines(s.stdout.Wait(t, "/last")) {
		if !combined.MatchString(line) {
			t.Errorf("line %q", line)
		}
	}
}
