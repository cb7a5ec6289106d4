package cli

import (
	"strings"
	"testing"
)

func TestParseBadUsage(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args, env []string
		says      string
	}{
		"unknown flag":      {[]string{"--bogus"}, nil, "--bogus"},
		"unknown command":   {[]string{"bogus"}, nil, "bogus"},
		"no value":          {[]string{"--port"}, nil, "--port"},
		"bad number":        {[]string{"--port=x"}, nil, "--port"},
		"too large":         {[]string{"--port=65536"}, nil, "--port"},
		"bad duration":      {[]string{"--idle-timeout=5"}, nil, "--idle-timeout"},
		"not in enum":       {[]string{"--format=xml"}, nil, `"text","json"`},
		"bad variable":      {nil, []string{"PORT=x"}, "--port"},
		"fails validation":  {[]string{"--port=0"}, nil, "no port at all"},
		"two commands":      {[]string{"serve", "check"}, nil, "check"},
		"variable in enum":  {nil, []string{"FORMAT=xml"}, "--format"},
		"bad for a command": {[]string{"check", "--port=x"}, nil, "--port"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, code, done, stdout, stderr := parse(&example{}, tc.args, tc.env...)
			if code != Usage || !done || stdout != "" {
				t.Errorf("code %d, done %v, stdout %q", code, done, stdout)
			}
			if !strings.HasPrefix(stderr, "example: ") || !strings.Contains(stderr, tc.says) ||
				!strings.HasSuffix(stderr, "; run `example -h` to see every setting\n") || strings.Count(stderr, "\n") != 1 {
				t.Errorf("stderr %q is not one line that says %s and what to do", stderr, tc.says)
			}
		})
	}
}

func TestParseHelp(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-h"}, {"--help"}, {"check", "-h"}, {"--port=81", "-h"}} {
		_, code, done, stdout, stderr := parse(&example{}, args)
		if code != OK || !done || stderr != "" {
			t.Errorf("%q: code %d, done %v, stderr %q", args, code, done, stderr)
		}
		for _, want := range []string{"Usage: example", "--idle-timeout=5s", "How long to wait. ($IDLE_TIMEOUT)", "($PORT)"} {
			if !strings.Contains(stdout, want) {
				t.Errorf("%q: help lacks %q:\n%s", args, want, stdout)
			}
		}
		if strings.Contains(stdout, "$HELP") {
			t.Errorf("%q: help offers a variable for itself", args)
		}
	}
}
