package endpoints_test

import (
	"testing"
	"time"

	"wslab/wsserver/testserver"
)

func TestTime(t *testing.T) {
	t.Parallel()
	c := testserver.New(t, 1).Dial(t, "/time?every=20ms")
	started := time.Now()
	var last time.Time
	for range 5 {
		text := readText(t, c)
		now, err := time.Parse(time.RFC3339Nano, text)
		if err != nil || len(text) != len("2006-01-02T15:04:05.000000000Z") {
			t.Fatalf("%q is not RFC 3339 in UTC with nanoseconds: %v", text, err)
		}
		if !now.After(last) || time.Since(now).Abs() > 5*time.Second {
			t.Errorf("%v came after %v, at %v", now, last, time.Now())
		}
		last = now
	}
	if took := time.Since(started); took < 75*time.Millisecond || took > 5*time.Second {
		t.Errorf("5 messages took %v, want 4 times 20ms", took)
	}
}
