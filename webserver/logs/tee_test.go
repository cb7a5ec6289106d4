package logs_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wslab/webserver/logs"
)

// flaky fails on demand.
type flaky struct {
	bytes.Buffer
	err error
}

func (f *flaky) Write(p []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return f.Buffer.Write(p)
}

func TestTee(t *testing.T) {
	t.Parallel()
	var log, stdout bytes.Buffer
	files, err := logs.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	tee := logs.Tee(slog.New(slog.NewTextHandler(&log, nil)), &stdout, files.Access)
	if n, err := tee.Write([]byte("line\n")); n != 5 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if got := read(t, files.Access.Name()); got != "line\n" || stdout.String() != "line\n" || log.Len() > 0 {
		t.Errorf("file %q, stdout %q, log %q", got, &stdout, &log)
	}
}

func TestTeeWithoutFile(t *testing.T) {
	t.Parallel()
	var stdout bytes.Buffer
	logs.Tee(slog.New(slog.DiscardHandler), &stdout, nil).Write([]byte("line\n"))
	if stdout.String() != "line\n" {
		t.Errorf("stdout %q", &stdout)
	}
}

func TestTeeFails(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	stdout := &flaky{err: errors.New("broken pipe")}
	file, err := os.Create(filepath.Join(t.TempDir(), "access.log"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	tee := logs.Tee(slog.New(slog.NewTextHandler(&log, nil)), stdout, file)
	write := func(line string) {
		if n, err := tee.Write([]byte(line)); n != len(line) || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	write("1\n")
	write("2\n")
	if got := read(t, file.Name()); got != "1\n2\n" {
		t.Errorf("the other has %q", got)
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "broken pipe") || !strings.Contains(got, "to=stdout") {
		t.Errorf("log %q; want it said once", got)
	}
	stdout.err = nil
	write("3\n")
	stdout.err = errors.New("disk full")
	write("4\n")
	if got := log.String(); stdout.String() != "3\n" || strings.Count(got, "\n") != 2 || !strings.Contains(got, "disk full") {
		t.Errorf("after it worked again: stdout %q, log %q", stdout, got)
	}
}
