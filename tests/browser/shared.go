package browser

import (
	"context"
	"sync"
	"testing"
)

var shared struct {
	sync.Mutex
	ctx  context.Context
	stop func()
}

// Shared is one browser for all the tests of a package, whose TestMain calls StopShared. Each tab
// has a context of its own in it, so cookies and storage stay apart.
func Shared(t testing.TB) context.Context {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.ctx == nil {
		shared.ctx, shared.stop = Start(t)
	}
	return shared.ctx
}

// StopShared ends the shared browser, if any test has started it.
func StopShared() {
	shared.Lock()
	defer shared.Unlock()
	if shared.stop != nil {
		shared.stop()
		shared.ctx, shared.stop = nil, nil
	}
}
