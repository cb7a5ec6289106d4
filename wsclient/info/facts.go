// Package info shows how a connection came about: name, address, TLS, certificate and handshake.
package info

import (
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"wslab/wsclient/dial"
	"wslab/wsclient/printable"
)

// Facts are what is shown. What was not reached is left out. Its fields in JSON are an interface.
type Facts struct {
	URL         string       `json:"url"`
	Resolved    []string     `json:"resolved,omitempty"`
	Address     string       `json:"address,omitempty"`
	TLS         *TLS         `json:"tls,omitempty"`
	Certificate *Certificate `json:"certificate,omitempty"`
	Status      string       `json:"status,omitempty"`
	Header      http.Header  `json:"header,omitempty"`
	Subprotocol string       `json:"subprotocol,omitempty"`
	Extensions  []string     `json:"extensions,omitempty"`
	Times       Times        `json:"times_ms"`
	Error       string       `json:"error,omitempty"`
}

// TLS is what was agreed.
type TLS struct {
	Version string `json:"version"`
	Cipher  string `json:"cipher"`
	ALPN    string `json:"alpn"`
}

// Certificate is the server's.
type Certificate struct {
	Subject string    `json:"subject"`
	Names   []string  `json:"names"`
	Issuer  string    `json:"issuer"`
	From    time.Time `json:"from"`
	Until   time.Time `json:"until"`
	SHA256  string    `json:"sha256"`
	Trust   string    `json:"trust"`
}

// Times are in milliseconds.
type Times struct {
	DNS     float64 `json:"dns"`
	Connect float64 `json:"connect"`
	TLS     float64 `json:"tls"`
	Upgrade float64 `json:"upgrade"`
	Total   float64 `json:"total"`
}

// Of collects the facts of a report; err is why it ends where it does, or nil.
func Of(r *dial.Report, d *dial.Dialer, err error) Facts {
	f := Facts{URL: r.Target.String(), Resolved: r.Addresses, Address: r.Address, Times: times(r.Times)}
	if r.TLS != nil {
		f.TLS = &TLS{tls.VersionName(r.TLS.Version), tls.CipherSuiteName(r.TLS.CipherSuite), r.TLS.NegotiatedProtocol}
	}
	if r.Certificate != nil {
		f.Certificate = certificate(r, d)
	}
	if r.Response != nil {
		f.Status, f.Header = printable.Line(r.Response.Proto+" "+r.Response.Status), r.Response.Header
		f.Subprotocol = r.Response.Header.Get("Sec-WebSocket-Protocol")
		f.Extensions = r.Response.Header.Values("Sec-WebSocket-Extensions")
	}
	if err != nil {
		f.Error = err.Error()
	}
	return f
}

func certificate(r *dial.Report, d *dial.Dialer) *Certificate {
	cert := r.Certificate
	return &Certificate{
		Subject: printable.Line(cert.Subject.String()),
		Names:   dial.Names(cert),
		Issuer:  printable.Line(cert.Issuer.String()),
		From:    cert.NotBefore,
		Until:   cert.NotAfter,
		SHA256:  fingerprint(cert.Raw),
		Trust:   trusted(r, d),
	}
}

func trusted(r *dial.Report, d *dial.Dialer) string {
	switch {
	case r.TLS == nil:
		return "no"
	case d.Insecure:
		return "not checked (--insecure)"
	case d.Roots.Signed(r.TLS.VerifiedChains):
		return "by the CA in " + d.Roots.File
	}
	return "by a CA that this system knows"
}

// fingerprint has the form that browsers and openssl show.
func fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

func times(t dial.Times) Times {
	return Times{ms(t.DNS), ms(t.Connect), ms(t.TLS), ms(t.Upgrade), ms(t.Total)}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// names are the header's, sorted: net/http does not keep their order.
func (f Facts) names() []string {
	var names []string
	for name := range f.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
