package accesslog

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// logged is a server whose handler is to be logged, and what was.
type logged struct {
	url         string
	access, log buffer
}

func serve(t *testing.T, next http.HandlerFunc) *logged {
	l := &logged{}
	h := &Handler{Next: next, Out: &l.access, Zone: time.FixedZone("", 5400), Log: slog.New(slog.NewTextHandler(&l.log, nil)),
		Skip: func(r *http.Request) bool { return r.URL.Path == "/skip" }}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	l.url = s.URL
	return l
}

func (l *logged) get(t *testing.T, path string) (status int, body string, err error) {
	t.Helper()
	resp, err := http.Get(l.url + path)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(b), err
}

func TestHandler(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		next http.HandlerFunc
		want string // status and size
	}{
		"nothing":       {func(http.ResponseWriter, *http.Request) {}, "200 0"},
		"body":          {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hel"); fmt.Fprint(w, "lo") }, "200 5"},
		"status":        {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); fmt.Fprint(w, "no") }, "404 2"},
		"no body":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, "304 0"},
		"early hints":   {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(410) }, "410 0"},
		"second status": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(201); w.WriteHeader(500) }, "201 0"},
		"copied":        {func(w http.ResponseWriter, _ *http.Request) { io.CopyN(w, zeros{}, 100_000) }, "200 100000"},
		"unwrapped":     {func(w http.ResponseWriter, _ *http.Request) { http.NewResponseController(w).Flush() }, "200 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := serve(t, tc.next)
			l.get(t, "/path")
			got := l.access.wait(1)
			if !combined.MatchString(got) || !strings.Contains(got, `+0130] "GET /path HTTP/1.1" `+tc.want+` "-" "Go-http-client/1.1"`) {
				t.Errorf("%q, want %s", got, tc.want)
			}
			if log := l.log.String(); log != "" {
				t.Errorf("log %q", log)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestHandlerSkips(t *testing.T) {
	t.Parallel()
	l := serve(t, func(http.ResponseWriter, *http.Request) {})
	l.get(t, "/skip")
	l.get(t, "/after")
	if got := l.access.wait(1); strings.Contains(got, "/skip") {
		t.Errorf("%q", got)
	}
}

func TestHandlerLogsFailures(t *testing.T) {
	t.Parallel()
	l := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
	l.get(t, "/path")
	l.access.wait(1)
	if got := l.log.String(); !strings.Contains(got, "level=ERROR") || !strings.Contains(got, "uri=/path status=503") {
		t.Errorf("log %q", got)
	}
}

func TestHandlerPanics(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		next         http.HandlerFunc
		access, body string
		cut          bool
	}{
		"before the answer": {func(http.ResponseWriter, *http.Request) { panic("out of luck") }, `" 500 `, "The server failed", false},
		"within the answer": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			fmt.Fprint(w, "half")
			panic("out of luck")
		}, `" 200 4 `, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := serve(t, tc.next)
			_, body, err := l.get(t, "/path")
			if (err != nil) != tc.cut || !strings.Contains(body, tc.body) || strings.Contains(body, "luck") {
				t.Errorf("%q, %v", body, err)
			}
			if got := l.access.wait(1); !combined.MatchString(got) || !strings.Contains(got, tc.access) {
				t.Errorf("access log %q", got)
			}
			if got := l.log.String(); !strings.Contains(got, "out of luck") || !strings.Contains(got, "handler_test.go") {
				t.Errorf("log %q; want the panic and where", got)
			}
		})
	}
}

// Handlers hang up on purpose with this panic.
func TestHandlerAborts(t *testing.T) {
	t.Parallel()
	l := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(200)
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	if _, _, err := l.get(t, "/path"); err == nil {
		t.Error("the answer looks whole")
	}
	if got := l.access.wait(1) + l.log.String(); strings.Count(got, "\n") != 1 {
		t.Errorf("%q; want one line in the access log alone", got)
	}
}

func TestHandlerLinesAreWhole(t *testing.T) {
	t.Parallel()
	l := serve(t, func(http.ResponseWriter, *http.Request) {})
	var requests sync.WaitGroup
	for n := range 50 {
		requests.Go(func() { l.get(t, "/"+strings.Repeat("x", n)) })
	}
	requests.Wait()
	for line := range strings.Lines(l.access.wait(50)) {
		if !combined.MatchString(line) {
			t.Errorf("%q", line)
		}
	}
}
