package rtt

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestStats(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		n    int // 1ns, 2ns … n
		want [4]time.Duration
	}{
		{0, [4]time.Duration{0, 0, 0, 0}},
		{1, [4]time.Duration{1, 1, 1, 1}},
		{2, [4]time.Duration{1, 1, 2, 2}},
		{3, [4]time.Duration{1, 2, 3, 3}},
		{100, [4]time.Duration{1, 50, 99, 100}},
		{1000, [4]time.Duration{1, 500, 990, 1000}},
	} {
		var s Stats
		for _, i := range rand.Perm(tc.n) {
			s.Add(time.Duration(i + 1))
		}
		if got := s.Summary(); got != tc.want || s.Count() != tc.n {
			t.Errorf("of %d: %v of %d, want %v", tc.n, got, s.Count(), tc.want)
		}
	}
}

// A run without end keeps its memory, and its least and greatest.
func TestStatsBounded(t *testing.T) {
	t.Parallel()
	var s Stats
	s.Add(1)
	s.Add(1000)
	for range maxSamples {
		s.Add(10)
	}
	if want := [4]time.Duration{1, 10, 10, 1000}; s.Summary() != want || s.Count() != maxSamples+2 || len(s.samples) != maxSamples {
		t.Errorf("%v of %d in %d", s.Summary(), s.Count(), len(s.samples))
	}
}

func TestPayloads(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, size := range []int{MinSize, MinSize + 1, 64, 65, 1 << 20} {
		p := newPayloads(size)
		for seq := range 3 {
			message := string(p.message(seq))
			if len(message) != size {
				t.Errorf("%d bytes, want %d", len(message), size)
			}
			if seen[message] {
				t.Errorf("twice: %.64q", message)
			}
			seen[message] = true
		}
	}
}
