package site

import (
	"fmt"
	"testing"
	"time"
)

func TestShelf(t *testing.T) {
	t.Parallel()
	var s shelf
	v := version{size: 1}
	if s.get("a", v) != nil {
		t.Error("an empty shelf has a file")
	}
	a := &file{version: v, body: []byte("a")}
	s.put("a", a)
	if s.get("a", v) != a || s.get("a", version{size: 2}) != nil || s.get("b", v) != nil {
		t.Error("the shelf has another file than was put on it")
	}
	s.put("a", &file{version: version{size: 2}, body: []byte("ab")})
	if s.get("a", v) != nil || s.get("a", version{size: 2}) == nil || s.size != 2 {
		t.Errorf("the new version did not replace the old one; size %d", s.size)
	}
}

func TestShelfIsBounded(t *testing.T) {
	t.Parallel()
	var s shelf
	body := make([]byte, maxKept)
	for n := range 3 * shelfMax / maxKept {
		s.put(fmt.Sprint(n), &file{body: body})
		if held := len(s.files) * maxKept; held > shelfMax || s.size != held {
			t.Fatalf("holds %d bytes, counts %d, limit %d", held, s.size, shelfMax)
		}
	}
	for n := range 2 * namesMax {
		s.put(fmt.Sprint("empty", n), &file{})
		if len(s.files) > namesMax {
			t.Fatalf("holds %d names, limit %d", len(s.files), namesMax)
		}
	}
}

func TestSettled(t *testing.T) {
	t.Parallel()
	now := time.Now()
	old, recent := now.Add(-time.Minute), now.Add(-settle/2)
	for name, tc := range map[string]struct {
		version
		want bool
	}{
		"old":                {version{modified: old, changed: old}, true},
		"just modified":      {version{modified: recent, changed: old}, false},
		"time just set back": {version{modified: old, changed: recent}, false},
		"in the future":      {version{modified: now.Add(time.Hour)}, false},
		"in the program":     {version{}, true},
	} {
		if got := tc.settled(now); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
