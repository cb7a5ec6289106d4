package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

type example struct {
	IdleTimeout time.Duration `default:"5s" help:"How long to wait."`
	Format      string        `default:"text" enum:"text,json" help:"Form: text|json."`
	Port        uint16        `default:"80" help:"Port."`
	Names       []string      `help:"Names."`
	Verbose     bool          `help:"Say more."`

	Serve struct{} `cmd:"" default:"1" help:"Serve."`
	Check struct{} `cmd:"" help:"Check."`
}

func (e *example) Validate() error {
	if e.Port == 0 {
		return errors.New("no port at all")
	}
	return nil
}

// parse runs Parse with arguments, and environment given as NAME=value.
func parse(settings any, args []string, environment ...string) (command string, code int, done bool, stdout, stderr string) {
	var out, err bytes.Buffer
	p := Program{Name: "example", Summary: "An example.", Args: args, Stdout: &out, Stderr: &err}
	p.Getenv = func(name string) string {
		for _, entry := range environment {
			if value, ok := strings.CutPrefix(entry, name+"="); ok {
				return value
			}
		}
		return ""
	}
	command, code, done = p.Parse(settings)
	return command, code, done, out.String(), err.String()
}

func TestParse(t *testing.T) {
	t.Parallel()
	defaults := example{IdleTimeout: 5 * time.Second, Format: "text", Port: 80}
	for name, tc := range map[string]struct {
		args, env []string
		command   string
		change    func(*example)
	}{
		"defaults":             {nil, nil, "serve", func(*example) {}},
		"flag":                 {[]string{"--idle-timeout=1m"}, nil, "serve", func(e *example) { e.IdleTimeout = time.Minute }},
		"flag and its value":   {[]string{"--port", "81"}, nil, "serve", func(e *example) { e.Port = 81 }},
		"command":              {[]string{"check"}, nil, "check", func(*example) {}},
		"flag before command":  {[]string{"--port=81", "check"}, nil, "check", func(e *example) { e.Port = 81 }},
		"flag after command":   {[]string{"check", "--port=81"}, nil, "check", func(e *example) { e.Port = 81 }},
		"variable":             {nil, []string{"IDLE_TIMEOUT=2s"}, "serve", func(e *example) { e.IdleTimeout = 2 * time.Second }},
		"variable, boolean":    {nil, []string{"VERBOSE=true"}, "serve", func(e *example) { e.Verbose = true }},
		"variable, list":       {nil, []string{"NAMES=a,b"}, "serve", func(e *example) { e.Names = []string{"a", "b"} }},
		"flag beats variable":  {[]string{"--port=81"}, []string{"PORT=82"}, "serve", func(e *example) { e.Port = 81 }},
		"empty variable":       {nil, []string{"PORT="}, "serve", func(*example) {}},
		"another's variable":   {nil, []string{"EXAMPLE_PORT=82", "HELP=yes"}, "serve", func(*example) {}},
		"variable for command": {[]string{"check"}, []string{"PORT=82"}, "check", func(e *example) { e.Port = 82 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got example
			command, code, done, stdout, stderr := parse(&got, tc.args, tc.env...)
			want := defaults
			tc.change(&want)
			if command != tc.command || code != OK || done || stdout+stderr != "" {
				t.Errorf("command %q, code %d, done %v, output %q", command, code, done, stdout+stderr)
			}
			if strings.Join(got.Names, " ") != strings.Join(want.Names, " ") {
				t.Errorf("names %q, want %q", got.Names, want.Names)
			}
			got.Names, want.Names = nil, nil
			if got.IdleTimeout != want.IdleTimeout || got.Format != want.Format || got.Port != want.Port || got.Verbose != want.Verbose {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestParseWhatIsNoStruct(t *testing.T) {
	t.Parallel()
	if _, code, done, _, stderr := parse(new(int), nil); code != Usage || !done || stderr == "" {
		t.Errorf("code %d, done %v, stderr %q", code, done, stderr)
	}
}

func TestParseWithoutEnvironment(t *testing.T) {
	t.Parallel()
	var e example
	if _, code, done := (Program{Name: "example"}).Parse(&e); code != OK || done || e.Port != 80 {
		t.Errorf("code %d, done %v, %+v", code, done, e)
	}
}

func TestErrorf(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	code := Program{Name: "example", Stderr: &stderr}.Errorf("no %s", "luck")
	if code != Fail || stderr.String() != "example: no luck\n" {
		t.Errorf("code %d, stderr %q", code, stderr.String())
	}
}

func TestVariable(t *testing.T) {
	t.Parallel()
	for flag, want := range map[string]string{"port": "PORT", "idle-timeout": "IDLE_TIMEOUT", "tz": "TZ", "help": ""} {
		if got := Variable(flag); got != want {
			t.Errorf("Variable(%q) = %q, want %q", flag, got, want)
		}
	}
}
