package exit

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
)

func TestCode(t *testing.T) {
	t.Parallel()
	for want, errs := range map[int][]error{
		0: {nil, syscall.EPIPE},
		1: {errors.New("other"), Interrupted(context.Background()), syscall.ENOSPC},
		3: {ErrName},
		4: {ErrNoAnswer},
		5: {ErrTLS},
		6: {ErrRefused},
		7: {ErrClosed, errors.Join(ErrClosed, errors.New("other"))},
	} {
		for _, err := range errs {
			if err != nil {
				err = fmt.Errorf("wrapped: %w", err)
			}
			if got := Code(err); got != want {
				t.Errorf("%v: %d, want %d", err, got, want)
			}
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSuffix(Help(), "\n"), "\n")
	if len(lines) != 8 {
		t.Errorf("%d lines", len(lines))
	}
	for code, line := range lines {
		if !strings.HasPrefix(line, fmt.Sprintf("    %d  ", code)) {
			t.Errorf("line %d is %q", code, line)
		}
	}
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(context.Background())
	cause := errors.New("SIGTERM")
	cancel(cause)
	if err := Interrupted(ctx); !errors.Is(err, cause) {
		t.Error(err)
	}
}
