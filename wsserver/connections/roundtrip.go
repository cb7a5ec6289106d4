package connections

import (
	"context"
	"time"
)

// RoundTrip pings (RFC 6455, section 5.5.2) and returns how long the pong took. Somebody must be
// reading meanwhile, for it is the reader that sees the pong.
func (c *Conn) RoundTrip(ctx context.Context) (time.Duration, error) {
	sent := time.Now()
	err := c.ws.Ping(ctx)
	return time.Since(sent), err
}
