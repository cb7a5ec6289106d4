//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// lockWait is far more than a run takes.
const lockWait = 30 * time.Second

// lock keeps a second run waiting until the first has ended. The kernel lets go of the lock when
// its holder dies, so that a file left behind blocks nobody.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, privateMode)
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", path, cause(err))
	}
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	if err := waitFor(ctx, f); err != nil {
		f.Close()
		return nil, fmt.Errorf("cannot lock %s: %w", path, err)
	}
	return func() { f.Close() }, nil
}

func waitFor(ctx context.Context, f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil, errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOLCK):
			return nil // a filesystem without locks: each file is still replaced in one step
		case !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR):
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w (%w)", errBusy, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
