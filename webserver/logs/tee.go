package logs

import (
	"io"
	"log/slog"
	"os"
	"sync"
)

// Tee writes each line to stdout and, where it is not nil, to file. A line that cannot be written,
// as on a full disk, is lost and said once in log. It keeps neither the other from getting the
// line nor the server from serving: Write returns no error.
func Tee(log *slog.Logger, stdout io.Writer, file *os.File) io.Writer {
	t := &tee{log: log, to: []*sink{{Writer: stdout, name: "stdout"}}}
	if file != nil {
		t.to = append(t.to, &sink{Writer: file, name: file.Name()})
	}
	return t
}

type tee struct {
	mu  sync.Mutex
	log *slog.Logger
	to  []*sink
}

type sink struct {
	io.Writer
	name   string
	failed bool
}

func (t *tee) Write(line []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.to {
		_, err := s.Write(line)
		if err != nil && !s.failed {
			t.log.Warn("access log cannot be written, lines are lost", "to", s.name, "error", err)
		}
		s.failed = err != nil
	}
	return len(line), nil
}
