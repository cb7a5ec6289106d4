// Wsclient is a WebSocket client for the command line.
//
//	wsclient rtt URL    measures round trips, like ping
//	wsclient cat URL    joins standard input and output with a connection, like netcat
//	wsclient info URL   shows the handshake: address, TLS, certificate, headers, times
//
// Its exit codes tell what went wrong:
//
//	0  done, or stopped with Ctrl-C; the server closed with 1000 or without a code
//	1  anything that is not below
//	2  asked for in a way that it does not understand
//	3  the name was not found (DNS)
//	4  no answer: refused, unreachable, or not within --timeout
//	5  TLS: not trusted, another name, expired, or no TLS at all
//	6  the handshake got another HTTP status than 101, or a faulty answer
//	7  closed with another code than 1000, or cut
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// Without this, Go ends a process whose stdout nobody reads any more, with no close frame.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends a close that takes too long.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}
