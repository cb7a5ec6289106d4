package health_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wslab/services/health"
	"wslab/services/listen"
	"wslab/services/testcert"
)

// fast never stays.
var fast = health.Pace{Settled: time.Hour}

// server answers with what is to be answered, and counts.
type server struct {
	addr  listen.Addrs
	asked atomic.Int32
}

func start(t *testing.T, config *tls.Config, h http.HandlerFunc) *server {
	s := &server{}
	ts := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		if r.URL.Path != health.Path {
			http.NotFound(w, r)
			return
		}
		h(w, r)
	}))
	ts.Config.ErrorLog = log.New(io.Discard, "", 0)
	if ts.TLS = config; config != nil {
		ts.StartTLS()
	} else {
		ts.Start()
	}
	t.Cleanup(ts.Close)
	s.addr = listen.Addrs{ts.Listener.Addr().String()}
	return s
}

func up(seconds int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"status":"ok","uptime_seconds":%d}`, seconds)
	}
}

func with(t *testing.T, authority *testcert.Authority, leaf testcert.Leaf) *tls.Config {
	p := authority.Issue(t, leaf)
	pair, err := tls.X509KeyPair(p.Cert, p.Key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}}
}

func TestProbeHealthy(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	plain, secure := start(t, nil, up(1)), start(t, with(t, authority, testcert.Leaf{}), up(1))
	if err := health.Probe(t.Context(), plain.addr, secure.addr, dir, fast); err != nil {
		t.Error(err)
	}
	if plain.asked.Load() != 1 || secure.asked.Load() != 1 {
		t.Errorf("asked http %d times and https %d times, want each once", plain.asked.Load(), secure.asked.Load())
	}
	// Without https no certificate is needed.
	if err := health.Probe(t.Context(), plain.addr, nil, "nowhere", fast); err != nil {
		t.Error(err)
	}
}

// What listens everywhere is asked at the loopback address.
func TestProbeEverywhere(t *testing.T) {
	t.Parallel()
	s := start(t, nil, up(1))
	_, port, _ := net.SplitHostPort(s.addr[0])
	for _, host := range []string{"", "0.0.0.0", "[::]"} {
		if err := health.Probe(t.Context(), listen.Addrs{host + ":" + port}, nil, "", fast); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestProbeUnhealthy(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	good := start(t, nil, up(1)).addr
	closed := httptest.NewServer(nil)
	closed.Close()
	answer := func(status int, body string) listen.Addrs {
		return start(t, nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); fmt.Fprint(w, body) }).addr
	}
	secure := func(a *testcert.Authority, l testcert.Leaf) listen.Addrs { return start(t, with(t, a, l), up(1)).addr }
	for name, tc := range map[string]struct {
		plain, secure listen.Addrs
		dir, says     string
	}{
		"refused":         {listen.Addrs{closed.Listener.Addr().String()}, nil, dir, "refused"},
		"one of two":      {append(good[:1:1], closed.Listener.Addr().String()), nil, dir, "refused"},
		"status":          {answer(503, `{"status":"ok"}`), nil, dir, "503"},
		"not JSON":        {answer(200, "<html>"), nil, dir, "something else"},
		"nothing":         {answer(200, ""), nil, dir, "something else"},
		"http for https":  {nil, good, dir, "HTTP response to HTTPS"},
		"no CA":           {good, secure(authority, testcert.Leaf{}), t.TempDir(), "make certs"},
		"another's CA":    {good, secure(testcert.New(t, "other"), testcert.Leaf{}), dir, "unknown authority"},
		"expired":         {good, secure(authority, testcert.Leaf{Until: time.Now().Add(-time.Hour)}), dir, "expired"},
		"not localhost's": {good, secure(authority, testcert.Leaf{Names: []string{"elsewhere"}}), dir, "localhost"},
		"no address":      {listen.Addrs{"a b:1"}, nil, dir, "invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := health.Probe(t.Context(), tc.plain, tc.secure, tc.dir, fast)
			if !errors.Is(err, health.ErrUnhealthy) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v; want ErrUnhealthy that says %q", err, tc.says)
			}
		})
	}
}

func TestProbeHangs(t *testing.T) {
	t.Parallel()
	s := start(t, nil, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	began := time.Now()
	err := health.Probe(t.Context(), s.addr, nil, "", fast)
	if !errors.Is(err, health.ErrUnhealthy) || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}
