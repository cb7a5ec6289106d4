package dial

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"

	"wslab/wsclient/target"
)

// Report is what was seen of a connection while it opened. What was not reached is zero.
type Report struct {
	Target      target.URL
	Addresses   []string // what the name stands for; none where an address was given
	Address     string   // the one that answered
	TLS         *tls.ConnectionState
	Certificate *x509.Certificate // also one that is not trusted
	Response    *http.Response
	Times       Times
	resolving   bool
	conn        *tls.Conn
}

// Times are how long each step took.
type Times struct{ DNS, Connect, TLS, Upgrade, Total time.Duration }

// observer makes a report. net/http calls it from goroutines of its own, some after Dial is over.
type observer struct {
	mu     sync.Mutex
	report Report
	start  time.Time
	last   time.Time // when the step before this one was over
}

func newObserver(t target.URL) *observer {
	now := time.Now()
	return &observer{report: Report{Target: t}, start: now, last: now}
}

func (o *observer) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart:         func(httptrace.DNSStartInfo) { o.note(func(r *Report) { r.resolving = true }) },
		DNSDone:          o.resolved,
		ConnectDone:      o.connected,
		TLSHandshakeDone: o.secured,
	}
}

func (o *observer) note(what func(*Report)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	what(&o.report)
}

// over keeps the TLS connection, for what it may know when net/http does not.
func (o *observer) over(conn *tls.Conn) *tls.Conn {
	o.note(func(r *Report) { r.conn = conn })
	return conn
}

// step is how long it is since the step before.
func (o *observer) step() time.Duration {
	before := o.last
	o.last = time.Now()
	return o.last.Sub(before)
}

func (o *observer) resolved(info httptrace.DNSDoneInfo) {
	o.note(func(r *Report) {
		r.resolving = false
		r.Times.DNS = o.step()
		for _, addr := range info.Addrs {
			r.Addresses = append(r.Addresses, addr.String())
		}
	})
}

// connected is called for each address that was tried.
func (o *observer) connected(_, addr string, err error) {
	o.note(func(r *Report) {
		if err == nil && r.Address == "" {
			r.Address, r.Times.Connect = addr, o.step()
		}
	})
}

func (o *observer) secured(state tls.ConnectionState, err error) {
	o.note(func(r *Report) {
		var untrusted *tls.CertificateVerificationError
		switch {
		case err == nil:
			r.TLS, r.Times.TLS = &state, o.step()
			r.Certificate = first(state.PeerCertificates)
		case errors.As(err, &untrusted):
			r.Certificate = first(untrusted.UnverifiedCertificates)
		}
	})
}

func first(chain []*x509.Certificate) *x509.Certificate {
	if len(chain) == 0 {
		return nil
	}
	return chain[0]
}

// finish returns a copy, which nothing that comes late can change.
func (o *observer) finish(resp *http.Response) *Report {
	o.mu.Lock()
	defer o.mu.Unlock()
	if resp != nil {
		o.report.Response = resp
		o.report.Times.Upgrade = o.step()
	}
	o.report.Times.Total = time.Since(o.start)
	report := o.report
	return &report
}
