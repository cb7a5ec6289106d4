package connections

import (
	"context"
	"time"
)

// pingsAtOnce bounds the goroutines that wait for pongs. Dead peers hold one for the whole
// timeout, so with many of them the rest are asked a little later.
const pingsAtOnce = 256

// KeepAlive pings every connection that has been silent for interval, and cuts those that do not
// answer within timeout, until ctx is done. It keeps routers from forgetting quiet connections,
// and finds peers that have gone without a word.
// pong is told how long each round trip took.
func (r *Registry) KeepAlive(ctx context.Context, interval, timeout time.Duration, pong func(time.Duration)) {
	if interval <= 0 {
		return
	}
	tick := time.NewTicker(interval / 2)
	defer tick.Stop()
	places := make(chan struct{}, pingsAtOnce)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			r.pingSilent(ctx, places, interval, timeout, pong)
		}
	}
}

func (r *Registry) pingSilent(ctx context.Context, places chan struct{}, interval, timeout time.Duration, pong func(time.Duration)) {
	for _, c := range r.all() {
		if c.wire.Silence() < interval {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case places <- struct{}{}:
		}
		go func() {
			defer func() { <-places }()
			c.ping(timeout, pong)
		}()
	}
}

func (c *Conn) ping(timeout time.Duration, pong func(time.Duration)) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	started := time.Now()
	err := c.ws.Ping(ctx)
	switch {
	case err == nil:
		pong(time.Since(started))
	case c.wire.Silence() >= timeout && !c.closing():
		c.Cut()
	}
}
