package connections

import (
	"context"
	"time"
)

// RoundTrip pings (RFC 6455, section 5.5.2) and returns how long the pong took, or
// context.DeadlineExceeded after timeout. Somebody must be reading meanwhile, for it is the reader
// that sees the pong.
//
// ctx ends the wait alone. The library would have it end the connection, were it to end while the
// ping is being written, and so the closing handshake that ended it.
func (c *Conn) RoundTrip(ctx context.Context, timeout time.Duration) (time.Duration, error) {
	sent := time.Now()
	answered := make(chan error, 1)
	go func() {
		bounded, cancel := context.WithTimeout(context.Background(), timeout)
		defer cancel()
		answered <- c.ws.Ping(bounded)
	}()
	select {
	case err := <-answered:
		return time.Since(sent), err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
