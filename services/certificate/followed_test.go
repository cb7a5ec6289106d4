package certificate_test

import (
	"context"
	"crypto/tls"
	"log/slog"
	"math/big"
	"sync"
	"testing"
	"time"

	"wslab/services/certificate"
	"wslab/services/testcert"
)

const interval = 10 * time.Millisecond

// followed is a pair that is followed and served.
type followed struct {
	*testing.T
	dir, addr string
	authority *testcert.Authority
	log       *lines
}

func follow(t *testing.T) *followed {
	dir, authority := testcert.Dir(t)
	log := &lines{}
	pair, err := certificate.Open(dir, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pair.Close)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { pair.Follow(ctx, interval); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	return &followed{t, dir, listen(t, pair, "http/1.1"), authority, log}
}

// serial is that of the certificate that a new connection gets.
func (f *followed) serial() *big.Int {
	f.Helper()
	conn := f.dial()
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber
}

func (f *followed) dial() *tls.Conn {
	f.Helper()
	conn, err := dial(f.addr, "localhost", &tls.Config{RootCAs: f.authority.Pool()})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { conn.Close() })
	return conn
}

// changes waits until new connections get another certificate than old.
func (f *followed) changes(old *big.Int) {
	f.Helper()
	for end := time.Now().Add(10 * time.Second); f.serial().Cmp(old) == 0; time.Sleep(interval) {
		if time.Now().After(end) {
			f.Fatalf("still the old certificate; log: %q", f.log.all())
		}
	}
}

type lines struct {
	mu   sync.Mutex
	have []string
}

func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.have = append(l.have, string(line))
	return len(line), nil
}

func (l *lines) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.have...)
}
