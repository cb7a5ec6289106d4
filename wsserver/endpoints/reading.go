package endpoints

import (
	"context"
	"errors"
	"time"

	"wslab/wsserver/connections"
)

type serve = func(context.Context, *connections.Conn, Request) error

// whileReading lets an endpoint push. The context that push gets ends with the connection, or when
// that is being closed.
func whileReading(push serve) serve {
	return func(ctx context.Context, c *connections.Conn, r Request) error {
		ctx, ended := readOn(ctx, c)
		err := push(ctx, c, r)
		if err == nil {
			return nil
		}
		cutUnlessClosing(ctx, c)
		// Only the reader knows how the connection ended; and while it is being closed, somebody
		// has to read the peer's close frame.
		return errors.Join(err, <-ended)
	}
}

// readOn reads in the background, and throws away what comes: only a connection that is read from
// answers pings, takes pongs and sees a close frame. When the connection ends so does the context,
// and the channel says why.
func readOn(ctx context.Context, c *connections.Conn) (context.Context, <-chan error) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- discard(c)
		cancel()
	}()
	return ctx, ended
}

// cutUnlessClosing ends a connection that could not be written to. One whose context is done is in
// its closing handshake, which ends it by itself.
func cutUnlessClosing(ctx context.Context, c *connections.Conn) {
	if ctx.Err() == nil {
		c.Cut()
	}
}

// discard reads until the connection ends, and returns why it did.
func discard(c *connections.Conn) error {
	for {
		if _, _, err := c.Read(); err != nil {
			return err
		}
	}
}

// sleep waits for d, or returns ctx's error when that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
