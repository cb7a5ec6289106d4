// Command certs makes the lab's certificate authority (CA) and the certificate that both servers
// show, and keeps them in good order: run again, it changes nothing until something is due.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"wslab/services/cli"
	"wslab/services/lab"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// settings are what a person can choose; services/cli adds the environment variables.
type settings struct {
	CertsDir       string  `default:"certs" help:"Folder that gets the certificates."`
	LabNet         lab.Net `default:"172.31.10" help:"First three octets of the lab's network: the servers' addresses go into the certificate."`
	CertExtraNames names   `help:"More DNS names and addresses for the certificate, separated by commas."`
	Renew          bool    `help:"Make a new server certificate now."`
	NewCA          bool    `name:"new-ca" help:"Make a new CA too. Everyone who trusted the old one must trust the new one."`
	LogsDir        string  `help:"Folder of the web server's log files, to be made ready for it."`
	WWWDir         string  `name:"www-dir" help:"Folder of the page, to be made readable for the web server."`
}

// program is what a run takes from the machine. Tests give it a clock and an identity of their
// own, and fail its file operations.
type program struct {
	now    func() time.Time
	become func(dir string) error
	group  func() int
	before func(op, path string) error
}

func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	p := program{now: time.Now, become: becomeOwner, group: serversGroup}
	return p.run(ctx, args, getenv, stdout, stderr)
}

func (p program) run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	command := cli.Program{
		Name:    "certs",
		Summary: "Makes the lab's certificate authority and server certificate, and renews what is due.",
		Args:    args, Getenv: getenv, Stdout: stdout, Stderr: stderr,
	}
	var s settings
	if _, code, done := command.Parse(&s); done {
		return code
	}
	if err := p.work(ctx, s, stdout); err != nil {
		return command.Errorf("%v; %s", err, next(err))
	}
	return cli.OK
}
