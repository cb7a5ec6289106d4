package main

import (
	"errors"
	"io"
	"strings"
	"testing"

	"wslab/wsclient/peer"
)

var errBroken = errors.New("the disk is gone")

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

func TestCatInputFails(t *testing.T) {
	t.Parallel()
	url := peer.WS(t, peer.Echo)
	for _, tc := range []struct {
		in   io.Reader
		args []string
		says string
	}{
		{strings.NewReader("good\n\xff\n"), nil, "line 2 is not UTF-8, which text must be: give `--binary`"},
		{strings.NewReader("\xff"), []string{"-m"}, "the input is not UTF-8"},
		{strings.NewReader("12345\n123456789\n"), []string{"--max-message=5"}, "line 2 is longer than 5 bytes: give a larger `--max-message`"},
		{strings.NewReader("12345\n123456\n"), []string{"--max-message=5"}, "line 2 is longer than 5 bytes"},
		{strings.NewReader("123456"), []string{"-m", "--max-message=5"}, "the input is longer than 5 bytes"},
		{broken{}, nil, errBroken.Error()},
		{broken{}, []string{"-m"}, errBroken.Error()},
	} {
		p := start(t, tc.in, append([]string{"cat", url}, tc.args...)...)
		if code := p.wait(t); code != 1 || !strings.Contains(p.stderr.String(), tc.says) {
			t.Errorf("exit code %d and %q, want 1 and %q", code, p.stderr.String(), tc.says)
		}
	}
}
