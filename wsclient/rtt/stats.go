package rtt

import (
	"math"
	"slices"
	"time"
)

// maxSamples bounds the memory of a run that never ends: median and p99 are of the last ones.
const maxSamples = 1 << 20

// Stats sums up durations.
type Stats struct {
	samples  []time.Duration
	count    int
	min, max time.Duration
}

// Add counts one more.
func (s *Stats) Add(d time.Duration) {
	if s.count == 0 {
		s.min, s.max = d, d
	}
	s.min, s.max = min(s.min, d), max(s.max, d)
	if len(s.samples) < maxSamples {
		s.samples = append(s.samples, d)
	} else {
		s.samples[s.count%maxSamples] = d
	}
	s.count++
}

// Count is how many there are.
func (s *Stats) Count() int { return s.count }

// Summary is min, median, 99th percentile and max, each one that was measured (nearest rank).
func (s *Stats) Summary() [4]time.Duration {
	if s.count == 0 {
		return [4]time.Duration{}
	}
	sorted := slices.Sorted(slices.Values(s.samples))
	rank := func(p float64) time.Duration { return sorted[int(math.Ceil(p*float64(len(sorted))))-1] }
	return [4]time.Duration{s.min, rank(0.5), rank(0.99), s.max}
}
