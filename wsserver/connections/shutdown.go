package connections

import (
	"context"
	"time"

	"github.com/coder/websocket"
)

const goingAway = "the server is stopping"

// CloseAll refuses new connections and closes every open one with 1001, all at the same time.
// Those that have not answered when ctx is done are cut. It returns when all are gone. Call it
// once.
func (r *Registry) CloseAll(ctx context.Context) {
	r.mu.Lock()
	r.stopping = true
	r.signalEmpty()
	r.mu.Unlock()
	for _, c := range r.all() {
		go c.Close(websocket.StatusGoingAway, goingAway)
	}
	select {
	case <-r.empty:
	case <-ctx.Done():
		r.cutAll()
	}
}

// cutAll looks again until the last is gone: a handshake that was under way may still add one.
func (r *Registry) cutAll() {
	for {
		for _, c := range r.all() {
			c.Cut()
		}
		select {
		case <-r.empty:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}
