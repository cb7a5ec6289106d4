package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/coder/websocket"

	"wslab/services/cli"
	"wslab/wsclient/cat"
	"wslab/wsclient/dial"
	"wslab/wsclient/exit"
	"wslab/wsclient/info"
	"wslab/wsclient/rtt"
	"wslab/wsclient/target"
	"wslab/wsclient/trust"
)

// run is the program: main gives it the process's surroundings, tests give it their own.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	var set settings
	program := cli.Program{Name: "wsclient", Summary: summary(), Args: args, Getenv: getenv, Stdout: stdout, Stderr: stderr}
	command, code, done := program.Parse(&set)
	if done {
		return code
	}
	c := client{&set, stdin, stdout, stderr}
	commands := map[string]func(context.Context) error{"rtt <url>": c.rtt, "cat <url>": c.cat, "info <url>": c.info}
	err := commands[command](ctx)
	if err != nil && !exit.ReaderGone(err) {
		program.Errorf("%v", err)
	}
	return exit.Code(err)
}

type client struct {
	*settings
	stdin          io.Reader
	stdout, stderr io.Writer
}

func (c client) rtt(ctx context.Context) error {
	d, err := c.dialer(c.RTT.URL.WithPath("/echo"))
	if err != nil {
		return err
	}
	d.MaxMessage = max(d.MaxMessage, int64(c.RTT.Size))
	var print rtt.Printer = rtt.Text{Out: c.stdout, Quiet: c.RTT.Quiet}
	if c.JSON {
		print = rtt.JSON{Out: c.stdout, Quiet: c.RTT.Quiet}
	}
	return rtt.Run(ctx, d, rtt.Options{
		Count: c.RTT.Count, Interval: c.RTT.Interval, Timeout: c.Timeout, Size: int(c.RTT.Size), Reconnect: c.RTT.Reconnect,
	}, print)
}

func (c client) cat(ctx context.Context) error {
	d, err := c.dialer(c.Cat.URL)
	if err != nil {
		return err
	}
	conn, report, err := d.Dial(ctx)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	if terminal(c.stdin) {
		fmt.Fprintf(c.stderr, "connected to %s (%s): type a line to send it; Ctrl-D ends\n", report.Target, report.Address)
	}
	session := cat.Session{Conn: conn, In: c.stdin, Print: c.catPrinter(), Options: cat.Options{
		Binary: c.Cat.Binary, Whole: c.Cat.Message, Linger: c.Cat.Linger, Timeout: c.Timeout, Longest: int64(c.MaxMessage),
	}}
	return session.Run(ctx)
}

func (c client) catPrinter() cat.Printer {
	switch {
	case c.JSON:
		return cat.JSON{Out: c.stdout}
	case terminal(c.stdout) && terminal(c.stdin):
		return cat.Terminal{Out: c.stdout, Prefix: "< "}
	case terminal(c.stdout):
		return cat.Terminal{Out: c.stdout}
	}
	return cat.Plain{Out: c.stdout}
}

func (c client) info(ctx context.Context) error {
	d, err := c.dialer(c.Info.URL)
	if err != nil {
		return err
	}
	d.Shown = true
	conn, report, err := d.Dial(ctx)
	if err == nil {
		conn.Close(websocket.StatusNormalClosure, "")
	}
	facts := info.Of(report, d, err)
	if c.JSON {
		return errors.Join(facts.JSON(c.stdout), err)
	}
	return errors.Join(facts.Text(c.stdout), err)
}

func (c client) dialer(to target.URL) (*dial.Dialer, error) {
	d := &dial.Dialer{
		Target: to, Insecure: c.Insecure, Header: c.Header, Subprotocols: target.Names(c.Subprotocol),
		Compress: c.Compress, Timeout: c.Timeout, MaxMessage: int64(c.MaxMessage),
	}
	if c.Origin != "" {
		d.Header = append(d.Header, target.Header{Name: "Origin", Value: string(c.Origin)})
	}
	if !to.Secure() {
		return d, nil
	}
	if c.Insecure {
		fmt.Fprintln(c.stderr, "wsclient: warning: --insecure: nobody has checked who answers")
	}
	var err error
	d.Roots, err = trust.Load(c.CA, trust.Usual)
	return d, err
}
