package rtt

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"wslab/wsclient/dial"
)

// Printer says what is measured. Its errors are those of the output.
type Printer interface {
	Open(r *dial.Report, size int) error
	Trip(seq int, trip, handshake time.Duration) error // handshake is 0 on the connection as before
	Summary(sent int, trips, handshakes *Stats) error
}

// Text prints for people, as ping does. Each time stands behind a name, for programs.
type Text struct {
	Out   io.Writer
	Quiet bool // the summary alone
}

// Open says where the connection goes.
func (t Text) Open(r *dial.Report, size int) error {
	_, err := fmt.Fprintf(t.Out, "rtt %s (%s): %d bytes, handshake %s\n", r.Target, r.Address, size, ms(r.Times.Total))
	return err
}

// Trip is one line.
func (t Text) Trip(seq int, trip, handshake time.Duration) error {
	if t.Quiet {
		return nil
	}
	more := ""
	if handshake > 0 {
		more = fmt.Sprintf(" handshake=%s", ms(handshake))
	}
	_, err := fmt.Fprintf(t.Out, "seq=%d time=%s%s\n", seq, ms(trip), more)
	return err
}

// Summary is one line, after an empty one.
func (t Text) Summary(sent int, trips, handshakes *Stats) error {
	more := ""
	if trips.Count() > 0 {
		more = ", round trip " + four(trips)
	}
	opened := "handshake " + ms(handshakes.Summary()[0])
	if n := handshakes.Count(); n > 1 {
		opened = fmt.Sprintf("%d handshakes %s", n, four(handshakes))
	}
	_, err := fmt.Fprintf(t.Out, "\n%d sent, %d received%s, %s\n", sent, trips.Count(), more, opened)
	return err
}

func ms(d time.Duration) string { return fmt.Sprintf("%.3f ms", d.Seconds()*1000) }

func four(s *Stats) string {
	var values []string
	for _, d := range s.Summary() {
		values = append(values, strings.TrimSuffix(ms(d), " ms"))
	}
	return "min/median/p99/max " + strings.Join(values, "/") + " ms"
}

// JSON prints one object a line. Times are in milliseconds.
type JSON struct {
	Out   io.Writer
	Quiet bool
}

// Open is {"event":"open",…}.
func (j JSON) Open(r *dial.Report, size int) error {
	return j.print(struct {
		Event     string `json:"event"`
		URL       string `json:"url"`
		Address   string `json:"address"`
		Size      int    `json:"size"`
		Handshake millis `json:"handshake_ms"`
	}{"open", r.Target.String(), r.Address, size, millis(r.Times.Total)})
}

// Trip is {"event":"trip",…}.
func (j JSON) Trip(seq int, trip, handshake time.Duration) error {
	if j.Quiet {
		return nil
	}
	return j.print(struct {
		Event     string `json:"event"`
		Seq       int    `json:"seq"`
		Time      millis `json:"time_ms"`
		Handshake millis `json:"handshake_ms,omitempty"`
	}{"trip", seq, millis(trip), millis(handshake)})
}

// Summary is {"event":"summary",…}.
func (j JSON) Summary(sent int, trips, handshakes *Stats) error {
	return j.print(struct {
		Event      string   `json:"event"`
		Sent       int      `json:"sent"`
		Received   int      `json:"received"`
		RoundTrip  *summary `json:"round_trip_ms,omitempty"`
		Handshakes int      `json:"handshakes"`
		Handshake  *summary `json:"handshake_ms"`
	}{"summary", sent, trips.Count(), summed(trips), handshakes.Count(), summed(handshakes)})
}

func (j JSON) print(v any) error { return json.NewEncoder(j.Out).Encode(v) }

type millis time.Duration

// MarshalJSON keeps microseconds, which is what a clock can tell.
func (m millis) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%.3f", time.Duration(m).Seconds()*1000), nil
}

type summary struct {
	Min    millis `json:"min"`
	Median millis `json:"median"`
	P99    millis `json:"p99"`
	Max    millis `json:"max"`
}

func summed(s *Stats) *summary {
	if s.Count() == 0 {
		return nil
	}
	v := s.Summary()
	return &summary{millis(v[0]), millis(v[1]), millis(v[2]), millis(v[3])}
}
