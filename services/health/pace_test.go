package health_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"wslab/services/health"
)

// Times of the paced tests; the probe asks at 0, 1, 2 and 3 units.
const unit = 50 * time.Millisecond

var pace = health.Pace{Settled: 5 * time.Second, Again: unit, Stay: 3*unit + unit/2}

func TestProbePace(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		uptime     int
		asks, till time.Duration
	}{
		"young server: ends at once": {1, 1, 0},
		"settled server: stays":      {60, 4, 2 * unit},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, nil, up(tc.uptime))
			began := time.Now()
			if err := health.Probe(t.Context(), s.addr, nil, "", pace); err != nil {
				t.Fatal(err)
			}
			// A slow machine may ask less often, but never more.
			if asks := time.Duration(s.asked.Load()); asks > tc.asks || asks < min(tc.asks, 2) || time.Since(began) < tc.till {
				t.Errorf("asked %d times in %v, want %d times in %v", asks, time.Since(began), tc.asks, tc.till)
			}
		})
	}
}

func TestProbeEndsAtTheFirstBadAnswer(t *testing.T) {
	t.Parallel()
	var s *server
	s = start(t, nil, func(w http.ResponseWriter, r *http.Request) {
		if s.asked.Load() > 1 {
			w.WriteHeader(http.StatusInternalServerError)
		}
		up(60)(w, r)
	})
	err := health.Probe(t.Context(), s.addr, nil, "", health.Pace{Again: unit, Stay: time.Hour})
	if !errors.Is(err, health.ErrUnhealthy) || s.asked.Load() != 2 {
		t.Errorf("%v after %d asks", err, s.asked.Load())
	}
}

// Docker ends a probe when the container stops: that is no bad health.
func TestProbeStopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := start(t, nil, up(60))
	time.AfterFunc(unit, cancel)
	if err := health.Probe(ctx, s.addr, nil, "", health.Pace{Again: time.Hour, Stay: 3 * time.Hour}); err != nil {
		t.Error(err)
	}
}
