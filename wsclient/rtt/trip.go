package rtt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/closing"
	"wslab/wsclient/exit"
)

// errNoEcho means that the server closed before it answered anything.
var errNoEcho = errors.New("the server closed before any echo")

const advice = "rtt needs an endpoint that echoes, such as /echo"

// trip is one round trip, on another connection where the server has spent the one that there is.
func (r *run) trip(ctx context.Context, seq int) (time.Duration, error) {
	message := r.payloads.message(seq)
	if r.Reconnect && r.link != nil {
		r.link.close(websocket.StatusNormalClosure)
		r.link = nil
	}
	for {
		if err := r.connect(ctx); err != nil {
			return 0, err
		}
		trip, err := r.exchange(ctx, message)
		if err == nil || !r.link.spent() {
			r.sent++
			return trip, err
		}
		r.link = nil
	}
}

// connect makes a connection where there is none.
func (r *run) connect(ctx context.Context) error {
	if r.link != nil {
		return nil
	}
	conn, report, err := r.dialer.Dial(ctx)
	if err != nil {
		return err
	}
	r.link = newLink(conn)
	r.handshakes.Add(report.Times.Total)
	if r.handshakes.Count() == 1 {
		return r.print.Open(report, r.Size)
	}
	r.fresh = report.Times.Total
	return nil
}

func (r *run) exchange(ctx context.Context, message []byte) (time.Duration, error) {
	writing, cancel := context.WithTimeout(context.Background(), r.Timeout)
	defer cancel()
	start := time.Now()
	if err := r.link.conn.Write(writing, websocket.MessageText, message); err != nil {
		return 0, r.explainWrite(writing, err)
	}
	timer := time.NewTimer(r.Timeout)
	defer timer.Stop()
	for {
		select {
		case a, open := <-r.link.arrivals:
			switch {
			case !open:
				return 0, r.explainEnd()
			case bytes.Contains(a.data, message): // also within a chat's or a trace's own words
				r.link.answered++
				return a.at.Sub(start), nil
			}
			r.others++
		case <-timer.C:
			return 0, r.noAnswer()
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// explainWrite prefers what the reader found: a server that closes makes writes fail, too.
func (r *run) explainWrite(writing context.Context, err error) error {
	if writing.Err() != nil {
		return r.noAnswer()
	}
	r.link.drain(time.Second)
	return r.explainEnd()
}

func (r *run) explainEnd() error {
	if err := closing.Explain(r.link.err()); err != nil {
		return err
	}
	return fmt.Errorf("%w: %s", errNoEcho, advice)
}

func (r *run) noAnswer() error {
	return fmt.Errorf("%w: the message was not echoed within %v (%d other messages came): %s", exit.ErrNoAnswer, r.Timeout, r.others, advice)
}
