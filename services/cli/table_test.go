package cli

import (
	"testing"
)

func TestTable(t *testing.T) {
	t.Parallel()
	got, err := Program{Name: "example"}.Table(&example{})
	want := "| flag | variable | default | sets |\n|---|---|---|---|\n" +
		"| `--idle-timeout` | `IDLE_TIMEOUT` | `5s` | How long to wait. |\n" +
		"| `--format` | `FORMAT` | `text` | Form: text\\|json. |\n" +
		"| `--port` | `PORT` | `80` | Port. |\n" +
		"| `--names` | `NAMES` |  | Names. |\n" +
		"| `--verbose` | `VERBOSE` |  | Say more. |\n"
	if err != nil || got != want {
		t.Errorf("%v\ngot:\n%s\nwant:\n%s", err, got, want)
	}
	if _, err := (Program{}).Table(new(int)); err == nil {
		t.Error("a table of an int")
	}
}
