package cli

import (
	"bytes"
	"strings"
	"testing"
)

type private struct {
	Size int    `default:"1" env:"-" help:"Size."`
	CA   string `name:"ca" help:"CA."`
}

func TestFlagWithoutVariable(t *testing.T) {
	t.Parallel()
	var got private
	if _, code, done, _, stderr := parse(&got, nil, "SIZE=2", "-=3", "CA=x"); code != OK || done || got.Size != 1 || got.CA != "x" {
		t.Errorf("code %d, %+v, %s", code, got, stderr)
	}
	var help bytes.Buffer
	Program{Name: "example", Args: []string{"-h"}, Stdout: &help, Stderr: &help}.Parse(&got)
	if strings.Contains(help.String(), "$SIZE") || strings.Contains(help.String(), "$-") || !strings.Contains(help.String(), "$CA") {
		t.Errorf("help:\n%s", help.String())
	}
	table, err := Program{Name: "example"}.Table(&got)
	if err != nil || !strings.Contains(table, "| `--size` |  | `1` | Size. |") {
		t.Errorf("%v\n%s", err, table)
	}
}
