package logging

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestNew(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("EAT", 3*3600)
	for format, want := range map[Format]string{Text: `level=WARN msg=said n=1`, JSON: `"level":"WARN","msg":"said","n":1`} {
		var out bytes.Buffer
		log := New(&out, format, slog.LevelWarn, zone)
		log.Info("not said")
		log.Warn("said", "n", 1)
		got := out.String()
		if strings.Count(got, "\n") != 1 || !strings.Contains(got, want) || !strings.Contains(got, "+03:00") {
			t.Errorf("%s: %q, want one line with %q, at +03:00", format, got, want)
		}
	}
}
