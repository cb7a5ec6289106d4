// Package cli reads the settings of every program in the lab the same way: a struct whose
// fields are flags, each of which can also be given as an environment variable, with one
// default, all listed by -h.
package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Exit codes of every program in the lab.
const (
	OK    = 0 // did its work, or stopped cleanly when asked
	Fail  = 1 // could not do its work
	Usage = 2 // was asked in a way that it does not understand
)

// Program is a program and where it reads from and writes to. Tests give it their own.
type Program struct {
	Name    string
	Summary string
	Args    []string // without the program's name
	Getenv  func(string) string
	Stdout  io.Writer
	Stderr  io.Writer
}

// Parse fills settings, a pointer to a struct with kong tags, from flags, else from the
// environment, else from defaults. An environment variable that is set to nothing counts as
// not set, because that is what Compose passes for ${NAME:-}.
//
// It returns the subcommand's name ("" where there are none). With done true the program is to
// exit with code: help was asked for and printed, or bad usage was reported in one line.
func (p Program) Parse(settings any) (command string, code int, done bool) {
	exit := -1
	parser, err := p.parser(settings, kong.Exit(func(code int) { exit = code }))
	if err != nil {
		return "", p.usage(err), true
	}
	ctx, err := parser.Parse(p.Args)
	switch {
	case exit >= 0:
		return "", exit, true
	case err != nil:
		return "", p.usage(err), true
	}
	return ctx.Command(), OK, false
}

// Errorf prints one line that starts with the program's name and returns Fail.
func (p Program) Errorf(format string, args ...any) int {
	fmt.Fprintf(p.Stderr, "%s: %s\n", p.Name, fmt.Sprintf(format, args...))
	return Fail
}

func (p Program) usage(err error) int {
	p.Errorf("%v; run `%s -h` to see every setting", err, p.Name)
	return Usage
}

func (p Program) parser(settings any, options ...kong.Option) (*kong.Kong, error) {
	return kong.New(settings, append([]kong.Option{
		kong.Name(p.Name),
		kong.Description(p.Summary),
		kong.Writers(p.Stdout, p.Stderr),
		kong.ConfigureHelp(kong.HelpOptions{NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.ValueFormatter(helpWithVariable),
		kong.Resolvers(kong.ResolverFunc(p.fromEnvironment)),
	}, options...)...)
}

// fromEnvironment stands in for kong's own env tag, which reads the process's environment and so
// could not be tested in parallel.
func (p Program) fromEnvironment(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	name := variable(flag.Value)
	if name == "" || p.Getenv == nil || p.Getenv(name) == "" {
		return nil, nil
	}
	return p.Getenv(name), nil
}

// Variable is the environment variable of a flag: --idle-timeout is IDLE_TIMEOUT.
func Variable(flag string) string {
	if flag == "help" {
		return ""
	}
	return strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// variable is "" for a flag that has none: help, and flags tagged env:"-". Those are for programs
// that people type, where a variable such as SIZE would be set for something else.
func variable(value *kong.Value) string {
	if slices.Contains(value.Tag.Envs, "-") {
		return ""
	}
	return Variable(value.Name)
}

func helpWithVariable(value *kong.Value) string {
	if value.Flag == nil || variable(value) == "" {
		return value.Help
	}
	return fmt.Sprintf("%s ($%s)", value.Help, variable(value))
}
