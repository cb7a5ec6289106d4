// Package rtt measures round trips of messages, as ping does of packets.
package rtt

import (
	"context"
	"errors"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/dial"
	"wslab/wsclient/exit"
	"wslab/wsclient/strict"
)

// Options say what to measure.
type Options struct {
	Count     int // 0 for no end
	Interval  time.Duration
	Timeout   time.Duration // for each answer
	Size      int           // of a message, at least MinSize
	Reconnect bool          // a new connection for each round trip
}

type run struct {
	Options
	dialer     *dial.Dialer
	print      Printer
	payloads   payloads
	link       *link // nil for none
	sent       int
	others     int           // messages that were no echo
	fresh      time.Duration // the handshake that this round trip needed before it, or 0
	trips      Stats
	handshakes Stats
}

// Run measures until there are enough, ctx is done (which is no error), or something fails.
// However it ends, what was measured is summed up.
func Run(ctx context.Context, d *dial.Dialer, o Options, p Printer) error {
	r := &run{Options: o, dialer: d, print: p, payloads: newPayloads(o.Size)}
	err := r.measure(ctx)
	r.hangUp(ctx, err)
	if r.handshakes.Count() > 0 {
		err = errors.Join(err, p.Summary(r.sent, &r.trips, &r.handshakes))
	}
	return err
}

func (r *run) hangUp(ctx context.Context, err error) {
	switch {
	case r.link == nil:
	case errors.Is(err, exit.ErrNoAnswer): // it would not answer a close either
		r.link.conn.CloseNow()
	case strict.Found(r.link.err()):
		r.link.close(websocket.StatusProtocolError)
	case ctx.Err() != nil:
		r.link.close(websocket.StatusGoingAway)
	default:
		r.link.close(websocket.StatusNormalClosure)
	}
}

func (r *run) measure(ctx context.Context) error {
	for seq := 1; r.Count == 0 || seq <= r.Count; seq++ {
		next := time.Now().Add(r.Interval)
		trip, err := r.trip(ctx, seq)
		if err == nil {
			r.trips.Add(trip)
			err = r.print.Trip(seq, trip, r.fresh)
			r.fresh = 0
		}
		switch {
		case ctx.Err() != nil && r.handshakes.Count() > 0:
			return nil
		case err != nil:
			return err
		case seq != r.Count && !r.pause(ctx, next):
			return nil
		}
	}
	return nil
}

// pause waits until it is time for the next round trip. It is false where it is time to stop.
func (r *run) pause(ctx context.Context, until time.Time) bool {
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	arrivals := r.link.arrivals
	for {
		select {
		case _, open := <-arrivals:
			if !open {
				arrivals = nil // the next exchange finds out why
			}
		case <-timer.C:
			return ctx.Err() == nil
		case <-ctx.Done():
			return false
		}
	}
}
