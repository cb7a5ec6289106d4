package dial

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"

	"wslab/wsclient/exit"
	"wslab/wsclient/printable"
)

// explain turns what the libraries say into what failed, which exit code that is, and what to do.
func (d *Dialer) explain(interrupt context.Context, err error, r *Report) error {
	var dns *net.DNSError
	switch {
	case interrupt.Err() != nil:
		return exit.Interrupted(interrupt)
	case r.Response != nil:
		return d.explainResponse(interrupt, err, r.Response)
	case r.resolving, errors.As(err, &dns):
		return d.explainName(err, dns)
	case errors.Is(err, context.DeadlineExceeded):
		return d.explainSilence(r)
	case r.Address == "":
		return d.explainUnreachable(err)
	case d.Target.Secure() && r.TLS == nil:
		return d.explainTLS(err)
	}
	return d.explainNoHTTP(interrupt, err, r)
}

func (d *Dialer) explainName(err error, dns *net.DNSError) error {
	host := d.Target.Host()
	switch {
	case d.Target.IsLabName():
		return fmt.Errorf("%w: %q is a name in the lab's network: start the lab with `make up`, then connect to localhost, or use the name from within: `docker compose run --rm wsclient …`",
			exit.ErrName, host)
	case dns == nil || !dns.IsNotFound:
		return fmt.Errorf("%w: %q could not be looked up (%s): check this machine's DNS, or give an address instead",
			exit.ErrName, host, plain(err))
	}
	return fmt.Errorf("%w: there is no %q: check the spelling, or `getent hosts %s`", exit.ErrName, host, host)
}

func (d *Dialer) explainSilence(r *Report) error {
	where := d.Target.HostPort()
	switch {
	case r.Address == "":
		return fmt.Errorf("%w from %s within %v: is there a firewall between? A longer `--timeout` waits longer", exit.ErrNoAnswer, where, d.Timeout)
	case d.Target.Secure() && r.TLS == nil:
		return fmt.Errorf("%w: %s accepted the connection, but sent no TLS within %v: does it speak plain ws:// on this port? Try %s",
			exit.ErrNoAnswer, where, d.Timeout, d.Target.Other())
	}
	return fmt.Errorf("%w: %s accepted the connection, but did not answer the handshake within %v: look at what it logged, as with `make logs`",
		exit.ErrNoAnswer, where, d.Timeout)
}

func (d *Dialer) explainUnreachable(err error) error {
	where := d.Target.HostPort()
	if errors.Is(err, syscall.ECONNREFUSED) {
		return fmt.Errorf("%w: nothing listens on %s (connection refused): start the lab with `make up`, or see its ports with `make ps`", exit.ErrNoAnswer, where)
	}
	return fmt.Errorf("%w: cannot reach %s (%s): check the address, and this machine's network", exit.ErrNoAnswer, where, plain(err))
}

// explainNoHTTP is for an open connection on which something else than HTTP came back.
func (d *Dialer) explainNoHTTP(ctx context.Context, err error, r *Report) error {
	where := d.Target.HostPort()
	alert := lateAlert(r.conn)
	switch {
	case alert != nil:
		return d.explainTLS(alert)
	case !d.Target.Secure() && d.speaksTLS(ctx):
		return d.secureOnly()
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return fmt.Errorf("%w: %s closed the connection instead of answering: is there a WebSocket server on this port?", exit.ErrRefused, where)
	}
	return fmt.Errorf("%w: what %s answered is not HTTP (%s): is there a WebSocket server on this port?", exit.ErrRefused, where, plain(err))
}

func (d *Dialer) secureOnly() error {
	return fmt.Errorf("%w: %s speaks TLS on this port: try %s", exit.ErrTLS, d.Target.HostPort(), d.Target.Other())
}

// plain is the heart of an error of net or net/http: the rest repeats what we say ourselves.
func plain(err error) string {
	var system *os.SyscallError
	var dns *net.DNSError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &system):
		return system.Err.Error()
	case errors.As(err, &dns):
		return printable.Line(dns.Err)
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return printable.Line(err.Error())
}

// IsSwitch tells whether the server agreed to speak WebSocket.
func IsSwitch(resp *http.Response) bool {
	return resp != nil && resp.StatusCode == http.StatusSwitchingProtocols
}
