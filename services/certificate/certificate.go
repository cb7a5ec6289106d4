// Package certificate serves TLS from the lab's certificate files and follows them: when they
// change, new connections get the new certificate, with no restart and none dropped.
package certificate

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"time"

	"github.com/caddyserver/certmagic"
	"go.uber.org/zap"
)

// Names of the files in the certificate directory.
const (
	CertFile = "server.pem"
	KeyFile  = "server-key.pem"
	CAFile   = "ca.pem"
)

// Poll is how often Follow looks at the files. Looking beats file events, which bind mounts of
// Docker Desktop do not all carry.
const Poll = time.Second

// Pair is a certificate and its key, the newest good ones that were in the directory.
type Pair struct {
	dir    string
	log    *slog.Logger
	cache  *certmagic.Cache
	config *certmagic.Config
	inUse  files
	hash   string // certmagic's name for the ones in use
	fault  string // what was wrong at the last look, "" for nothing
	said   string // what was logged of it
}

// Open loads the pair from dir. Its errors say which file is wrong and end with what to do.
// Close frees what it holds.
func Open(dir string, log *slog.Logger) (*Pair, error) {
	found, err := read(dir)
	if err != nil {
		return nil, err
	}
	p := &Pair{dir: dir, log: log}
	p.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return p.config, nil },
		Logger:           zap.NewNop(),
	})
	p.config = certmagic.New(p.cache, certmagic.Config{
		CertSelection: theOne{},
		// The lab's CA has no OCSP responder, and the lab asks nothing of the internet.
		OCSP:   certmagic.OCSPConfig{DisableStapling: true},
		Logger: zap.NewNop(),
	})
	if err := p.use(found); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Serve opens the pair in dir and follows it until ctx is done, for servers that speak one of
// protocols (ALPN).
func Serve(ctx context.Context, dir string, log *slog.Logger, protocols ...string) (*tls.Config, error) {
	p, err := Open(dir, log)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, p.Close)
	go p.Follow(ctx, Poll)
	return p.TLSConfig(protocols...), nil
}

// Close ends certmagic's maintenance. Connections in use go on.
func (p *Pair) Close() { p.cache.Stop() }

// TLSConfig serves the pair to clients that speak one of protocols (ALPN).
func (p *Pair) TLSConfig(protocols ...string) *tls.Config {
	config := p.config.TLSConfig()
	config.NextProtos = protocols
	config.MinVersion = tls.VersionTLS12
	return config
}

// Follow looks at the files every interval until ctx is done.
func (p *Pair) Follow(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			p.look()
		}
	}
}

// look takes the pair on disk into use when it is another one.
func (p *Pair) look() {
	found, err := read(p.dir)
	if err == nil && !same(found, p.inUse) {
		if err = p.use(found); err == nil {
			p.log.Info("certificate reloaded", "file", CertFile)
		}
	}
	p.complain(err)
}

// complain says once that the files are no good, and not before they were found so twice: the
// first look may have come between the writing of one file and the other.
func (p *Pair) complain(err error) {
	before := p.fault
	p.fault = ""
	if err != nil {
		p.fault = err.Error()
	}
	switch p.fault {
	case "":
		p.said = ""
	case before:
		if p.said != p.fault {
			p.log.Error("new certificate not used, keeping the old one", "error", err)
			p.said = p.fault
		}
	}
}

// use puts the new certificate beside the old one before it takes that away, so that there is
// no moment without. (certmagic's own replacement function deadlocks in v0.25.6.)
func (p *Pair) use(found files) error {
	leaf, err := found.check(p.dir, time.Now())
	if err != nil {
		return err
	}
	hash, err := p.config.CacheUnmanagedCertificatePEMBytes(context.Background(), found.cert, found.key, nil)
	if err != nil {
		return fmt.Errorf("%w: %w: %s", ErrInvalid, err, advice)
	}
	if p.hash != "" && p.hash != hash {
		p.cache.Remove([]string{p.hash})
	}
	p.hash, p.inUse = hash, found
	p.log.Debug("certificate in use", "names", leaf.DNSNames, "until", leaf.NotAfter)
	return nil
}

func same(a, b files) bool { return bytes.Equal(a.cert, b.cert) && bytes.Equal(a.key, b.key) }

// theOne selects the certificate for every client. certmagic alone would have none for a client
// that asks for a name that is not in it, or, as one that dials an address, for no name (SNI).
type theOne struct{}

// SelectCertificate gets all certificates where none matches. There are two while one replaces
// the other.
func (theOne) SelectCertificate(hello *tls.ClientHelloInfo, choices []certmagic.Certificate) (certmagic.Certificate, error) {
	return certmagic.DefaultCertificateSelector(hello, choices)
}
