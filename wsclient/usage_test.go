package main

import (
	"os"
	"strings"
	"testing"

	"wslab/wsclient/exit"
)

// Bad usage is one line on stderr that says what is accepted.
func TestUsage(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		args []string
		says string
	}{
		{nil, `expected one of "rtt", "cat", "info"`},
		{[]string{"dance"}, "dance"},
		{[]string{"rtt"}, "<url>"},
		{[]string{"rtt", "ws://localhost", "ws://localhost"}, "unexpected argument"},
		{[]string{"cat", "wsserver:10443"}, "did you mean wss://wsserver:10443?"},
		{[]string{"cat", "http://localhost:10081"}, "did you mean ws://localhost:10081?"},
		{[]string{"cat", "--bogus", "ws://localhost"}, "--bogus"},
		{[]string{"cat", "-n3", "ws://localhost"}, "-n"},
		{[]string{"cat", "--timeout=0", "ws://localhost"}, "--timeout must be more than 0"},
		{[]string{"cat", "--linger=-1s", "ws://localhost"}, "--linger cannot be negative"},
		{[]string{"cat", "--max-message=much", "ws://localhost"}, "not a size"},
		{[]string{"cat", "--header=Cookie", "ws://localhost"}, "'Cookie: a=b'"},
		{[]string{"cat", "--header=Upgrade: h2c", "ws://localhost"}, "the handshake sets it"},
		{[]string{"cat", "--subprotocol=a b", "ws://localhost"}, `"a b"`},
		{[]string{"cat", "--origin=a\nb", "ws://localhost"}, "--origin"},
		{[]string{"rtt", "--count=-1", "ws://localhost"}, "--count cannot be negative"},
		{[]string{"rtt", "--interval=-1s", "ws://localhost"}, "--interval cannot be negative"},
		{[]string{"rtt", "-i1", "ws://localhost"}, "--interval"},
		{[]string{"rtt", "--size=15", "ws://localhost"}, "--size must be 16 or more"},
	} {
		p := start(t, none(), tc.args...)
		p.want(t, 2, "")
		if said := p.stderr.String(); !strings.HasPrefix(said, "wsclient: ") || strings.Count(said, "\n") != 1 ||
			!strings.Contains(said, tc.says) || !strings.Contains(said, "run `wsclient -h`") {
			t.Errorf("%q: %q, want a line with %q", tc.args, said, tc.says)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for args, says := range map[string][]string{
		"-h":      {"rtt", "cat", "info", "--ca=FILE", "($CA)", "--insecure", exit.Help()},
		"rtt -h":  {"-n, --count=10", "--interval=1s", "/echo", "must echo"},
		"cat -h":  {"--binary", "--message", "--linger=1s", "Ctrl-C closes with 1001"},
		"info -h": {"not trusted"},
	} {
		p := start(t, none(), strings.Fields(args)...)
		if code := p.wait(t); code != 0 {
			t.Errorf("%s: exit code %d", args, code)
		}
		for _, text := range says {
			if !strings.Contains(p.stdout.String(), text) {
				t.Errorf("%s does not say %q:\n%s", args, text, p.stdout.String())
			}
		}
		if strings.Contains(p.stdout.String(), "$TIMEOUT") {
			t.Errorf("%s: a variable that something else may have set", args)
		}
	}
}

// The package comment is where readers of the code look for the exit codes.
func TestDocumentedExitCodes(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(exit.Help()) {
		if want := "//\t" + strings.TrimLeft(line, " "); !strings.Contains(string(source), want) {
			t.Errorf("main.go lacks %q", want)
		}
	}
}
