package origin

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

func patterns(t testing.TB, all ...string) (ps Patterns) {
	t.Helper()
	for _, s := range all {
		p, err := ParsePattern(s)
		if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
	return ps
}

func TestAllow(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		pattern, origin, host string
		want                  bool
	}{
		{"localhost", "", "x", true}, // no page
		{"localhost", "http://localhost:8080", "x", true},
		{"localhost", "https://LOCALHOST", "x", true},
		{"localhost", "http://localhost.evil.example", "x", false},
		{"localhost", "http://notlocalhost", "x", false},
		{"localhost", "http://evil.example/localhost", "x", false},
		{"localhost", "http://localhost@evil.example", "x", false},
		{"localhost", "null", "x", false},
		{"localhost", "://", "x", false},
		{"localhost:8080", "http://localhost:8080", "x", true},
		{"localhost:8080", "http://localhost:8081", "x", false},
		{"localhost:80", "http://localhost", "x", true},
		{"localhost:443", "https://localhost", "x", true},
		{"https://localhost", "http://localhost", "x", false},
		{"https://localhost", "https://localhost:8443", "x", true},
		{"*.example.com", "http://web.example.com", "x", true},
		{"*.example.com", "http://example.com", "x", false},
		{"*.example.com", "http://example.com.evil.example", "x", false},
		{"[::1]", "http://[::1]:8080", "x", true},
		{"[::1]:8080", "http://[::1]:8080", "x", true},
		{"[::1]:8080", "http://[::1]:8081", "x", false},
		{"fd00::1", "http://[fd00::1]", "x", true},
		{"*", "http://anything.example", "x", true},
		{"null", "null", "x", true},
		// the same address is the same machine; the same name need not be (DNS rebinding)
		{"localhost", "http://192.168.1.5:8080", "192.168.1.5:10081", true},
		{"localhost", "http://192.168.1.5:8080", "192.168.1.6:10081", false},
		{"localhost", "http://[fd00::5]:8080", "[fd00::5]:10081", true},
		{"localhost", "http://[fd00::5]:8080", "[fd00::5]", true},
		{"localhost", "http://evil.example:10081", "evil.example:10081", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = tc.host
		if tc.origin != "" {
			r.Header.Set("Origin", tc.origin)
		}
		if got := patterns(t, tc.pattern).Allow(r); got != tc.want {
			t.Errorf("pattern %q, Origin %q, Host %q: %v, want %v", tc.pattern, tc.origin, tc.host, got, tc.want)
		}
	}
}

func TestParsePattern(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", " ", "[", "a b", "http://", "http://a/b", "user@host", "[x"} {
		if p, err := ParsePattern(bad); !errors.Is(err, ErrPattern) {
			t.Errorf("ParsePattern(%q) = %+v, %v", bad, p, err)
		}
	}
}

func TestCORS(t *testing.T) {
	t.Parallel()
	handler := patterns(t, "localhost").CORS(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("body")) }))
	for _, tc := range []struct {
		method, origin, allowOrigin, body string
	}{
		{"GET", "", "", "body"},
		{"GET", "http://localhost:8080", "http://localhost:8080", "body"},
		{"GET", "http://evil.example", "", "body"},
		{"OPTIONS", "http://localhost:8080", "http://localhost:8080", ""},
		{"OPTIONS", "http://evil.example", "", ""},
	} {
		r := httptest.NewRequest(tc.method, "/", nil)
		r.Header.Set("Access-Control-Request-Private-Network", "true")
		if tc.origin != "" {
			r.Header.Set("Origin", tc.origin)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != tc.allowOrigin || w.Body.String() != tc.body {
			t.Errorf("%s from %q: allowed %q with body %q, want %q with %q", tc.method, tc.origin, got, w.Body, tc.allowOrigin, tc.body)
		}
		private := w.Header().Get("Access-Control-Allow-Private-Network")
		if want := tc.method == "OPTIONS" && tc.allowOrigin != ""; (private == "true") != want {
			t.Errorf("%s from %q: private network %q", tc.method, tc.origin, private)
		}
	}
}

func FuzzPattern(f *testing.F) {
	for _, s := range []string{"localhost", "https://[::1]:8443", "*.example.com:80", "*", "null", "[[", "http://"} {
		f.Add(s, "http://localhost:8080")
	}
	f.Fuzz(func(t *testing.T, s, origin string) {
		p, err := ParsePattern(s)
		if err != nil {
			return
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header["Origin"] = []string{origin}
		Patterns{p}.Allow(r)
	})
}
