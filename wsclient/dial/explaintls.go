package dial

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"wslab/wsclient/exit"
	"wslab/wsclient/printable"
)

const chapter = "docs/03-certificates.md"

func (d *Dialer) explainTLS(err error) error {
	var untrusted *tls.CertificateVerificationError
	var notTLS tls.RecordHeaderError
	where := d.Target.HostPort()
	switch {
	case errors.As(err, &untrusted):
		return d.explainTrust(err, first(untrusted.UnverifiedCertificates))
	case errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Errorf("%w: %s speaks plain ws:// on this port: try %s", exit.ErrTLS, where, d.Target.Other())
	case errors.As(err, &notTLS):
		return fmt.Errorf("%w: what %s answered is not TLS: does it speak plain ws:// on this port? Try %s", exit.ErrTLS, where, d.Target.Other())
	}
	return fmt.Errorf("%w with %s: %s: see more with `openssl s_client -connect %s`", exit.ErrTLS, where, plain(err), where)
}

func (d *Dialer) explainTrust(err error, cert *x509.Certificate) error {
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &name):
		return fmt.Errorf("%w: the certificate is not for %q but for %s: connect to one of those, or add the name to CERT_EXTRA_NAMES in .env and run `make certs`",
			exit.ErrTLS, d.Target.Host(), orNothing(Names(name.Certificate)))
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && time.Now().Before(invalid.Cert.NotBefore):
		return fmt.Errorf("%w: the certificate is not valid before %s: check this machine's clock with `date`", exit.ErrTLS, invalid.Cert.NotBefore.Format(time.DateTime))
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fmt.Errorf("%w: the certificate has expired, on %s: run `make certs` where the server is", exit.ErrTLS, invalid.Cert.NotAfter.Format(time.DateOnly))
	case errors.As(err, &invalid):
		return fmt.Errorf("%w: the certificate is not valid (%s): see %s", exit.ErrTLS, plain(err), chapter)
	}
	return fmt.Errorf("%w: the certificate is not trusted: it was signed by %q, %s", exit.ErrTLS, issuer(cert), d.howToTrust())
}

func (d *Dialer) howToTrust() string {
	switch {
	case d.Roots.Skipped != nil:
		return fmt.Sprintf("and the lab's CA could not be used: %v", d.Roots.Skipped)
	case d.Roots.File != "":
		return fmt.Sprintf("which is not the CA in %s: give the one that signed it with `--ca FILE`; see %s", d.Roots.File, chapter)
	}
	return fmt.Sprintf("which this machine does not know: give the lab's CA with `--ca certs/ca.pem`; see %s", chapter)
}

func issuer(cert *x509.Certificate) string {
	if cert == nil {
		return ""
	}
	return printable.Line(cert.Issuer.String())
}

// Names are what a certificate is for, addresses last.
func Names(cert *x509.Certificate) []string {
	var names []string
	for _, name := range cert.DNSNames {
		names = append(names, printable.Line(name))
	}
	for _, ip := range cert.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}

func orNothing(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

// speaksTLS tries, because what a server says to plain HTTP on a TLS port is up to each server.
func (d *Dialer) speaksTLS(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, min(d.Timeout, 2*time.Second))
	defer cancel()
	// Nothing is sent over it: it is only to see whether there is TLS at all.
	dialer := tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true}, NetDialer: d.dialer()}
	conn, err := dialer.DialContext(ctx, "tcp", d.Target.HostPort())
	if err == nil {
		conn.Close()
	}
	return err == nil || isAlert(err)
}

// isAlert tells whether the server ended TLS, in TLS's own way. crypto/tls has no exported type
// for that, except with QUIC: it marks it as the operation.
func isAlert(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "remote error"
}

// lateAlert is what the server had against a TLS connection that was open for the client already,
// such as that it wants a certificate of the client (RFC 8446, section 4.4.2.4). net/http may have
// met it, and yet report that its own next step failed. It is nil where there was none.
func lateAlert(conn *tls.Conn) error {
	if conn == nil {
		return nil
	}
	conn.SetReadDeadline(time.Now()) // what was read before is kept; nothing is waited for
	if _, err := conn.Read(make([]byte, 1)); isAlert(err) {
		return err
	}
	return nil
}
