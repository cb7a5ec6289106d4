// Package exit is how the client tells by its exit code what went wrong. Whoever finds a fault
// wraps one of these errors; main asks for the code once, at the end.
package exit

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"wslab/services/cli"
)

// Kinds of failure that have an exit code of their own.
var (
	ErrName     = errors.New("name not found")
	ErrNoAnswer = errors.New("no answer")
	ErrTLS      = errors.New("TLS failed")
	ErrRefused  = errors.New("handshake failed")
	ErrClosed   = errors.New("closed")
)

var codes = []struct {
	err   error
	code  int
	means string
}{
	{nil, cli.OK, "done, or stopped with Ctrl-C; the server closed with 1000 or without a code"},
	{nil, cli.Fail, "anything that is not below"},
	{nil, cli.Usage, "asked for in a way that it does not understand"},
	{ErrName, 3, "the name was not found (DNS)"},
	{ErrNoAnswer, 4, "no answer: refused, unreachable, or not within --timeout"},
	{ErrTLS, 5, "TLS: not trusted, another name, expired, or no TLS at all"},
	{ErrRefused, 6, "the handshake got another HTTP status than 101, or a faulty answer"},
	{ErrClosed, 7, "closed with another code than 1000, or cut"},
}

// Code is the exit code for what a run ended with.
func Code(err error) int {
	if err == nil || ReaderGone(err) {
		return cli.OK
	}
	for _, c := range codes {
		if c.err != nil && errors.Is(err, c.err) {
			return c.code
		}
	}
	return cli.Fail
}

// Help is the list of exit codes for -h, indented so that it keeps its lines.
func Help() string {
	var b strings.Builder
	for _, c := range codes {
		fmt.Fprintf(&b, "    %d  %s\n", c.code, c.means)
	}
	return b.String()
}

// ReaderGone tells that nobody reads the output any more, as after `wsclient cat URL | head`.
// That is a way to stop, not a failure.
func ReaderGone(err error) bool { return errors.Is(err, syscall.EPIPE) }

// Interrupted is what Ctrl-C ends with where there is no connection yet that could be closed.
func Interrupted(ctx context.Context) error {
	return fmt.Errorf("stopped before the connection was open: %w", context.Cause(ctx))
}
