package page_test

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"wslab/services/testcert"
)

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self' ws: wss: http: https:; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'; manifest-src 'self'"

const www = "../../webserver/www"

// theLab is a lab as small as the page needs it: the folder of the page with the web server's
// headers and /lab.json, and a WebSocket server on a ws:// and a wss:// port.
type theLab struct {
	site, secure, ws, wss *httptest.Server
	ca                    *testcert.Authority
}

type labOptions struct {
	origins []string // hosts whose pages may connect; all of this machine's unless told
}

func newLab(t *testing.T, options labOptions) *theLab {
	t.Helper()
	if options.origins == nil {
		options.origins = []string{"127.0.0.1:*", "localhost:*"}
	}
	lab := &theLab{ca: testcert.New(t, "wslab test CA")}
	server := wsHandler(options.origins)
	lab.ws = serve(t, server, nil)
	lab.wss = serve(t, server, lab.ca)
	lab.site = serve(t, lab.handler(), nil)
	lab.secure = serve(t, lab.handler(), lab.ca)
	return lab
}

func serve(t *testing.T, handler http.Handler, ca *testcert.Authority) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(handler)
	s.Config.ErrorLog = quiet
	if ca != nil {
		s.TLS = &tls.Config{Certificates: []tls.Certificate{issue(t, ca)}}
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s
}

func issue(t *testing.T, ca *testcert.Authority) tls.Certificate {
	t.Helper()
	pair := ca.Issue(t, testcert.Leaf{})
	cert, err := tls.X509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// dropFirst cuts the connection on the first few requests for a path.
func dropFirst(times int32, path string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path && atomic.AddInt32(&times, -1) >= 0 {
			panic(http.ErrAbortHandler)
		}
		next.ServeHTTP(w, r)
	})
}

func (l *theLab) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(filepath.FromSlash(www))))
	mux.HandleFunc("/lab.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(l.facts())
	})
	mux.HandleFunc("/ca.pem", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-x509-ca-cert")
		w.Write(l.ca.PEM)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		mux.ServeHTTP(w, r)
	})
}

// facts is /lab.json. The container side keeps the real numbers: no test reaches it.
func (l *theLab) facts() map[string]any {
	return map[string]any{
		"lab_net": "172.31.10",
		"web":     map[string]any{"names": []string{"webserver", "webserver.example.com"}, "address": "172.31.10.10", "http_port": 80, "https_port": 443},
		"ws": map[string]any{
			"names":   []string{"wsserver", "ws", "wss", "wsserver.example.com", "ws.example.com", "wss.example.com", "websocket.example.com"},
			"address": "172.31.10.20", "ws_port": 10081, "ws_legacy_port": 10080, "wss_port": 10443,
		},
		"published": map[string]int{
			"http_port": port(l.site), "https_port": port(l.secure),
			"ws_port": port(l.ws), "ws_legacy_port": 10080, "wss_port": port(l.wss),
		},
		"ca": map[string]string{"subject": l.ca.Cert.Subject.CommonName, "sha256": fingerprint(l.ca), "not_after": "2036-11-19T00:00:00Z", "url": "/ca.pem"},
	}
}

func fingerprint(ca *testcert.Authority) string {
	return strings.ReplaceAll(fmt.Sprintf("% X", sha256.Sum256(ca.Cert.Raw)), " ", ":")
}

func port(s *httptest.Server) int {
	u, err := url.Parse(s.URL)
	if err != nil {
		panic(err)
	}
	number, err := strconv.Atoi(u.Port())
	if err != nil {
		panic(err)
	}
	return number
}

func portText(s *httptest.Server) string { return strconv.Itoa(port(s)) }

// closedPort is one on which nothing listens.
func closedPort(t testing.TB) string {
	t.Helper()
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	return portText(s)
}
