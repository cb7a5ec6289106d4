package connections

import (
	"context"
	"errors"
	"sync"

	"github.com/coder/websocket"

	"wslab/wsserver/wire"
)

// Errors of Reserve: why there is no place for another connection.
var (
	ErrFull     = errors.New("as many connections are open as the server allows")
	ErrStopping = errors.New("the server is stopping")
)

// Registry is every open connection. http.Server's Shutdown knows nothing of them.
type Registry struct {
	limit int

	mu       sync.Mutex
	taken    int // places reserved, those of handshakes under way among them
	lastID   uint64
	open     map[*Conn]struct{}
	stopping bool
	empty    chan struct{} // closed when stopping and no place is taken
}

// NewRegistry keeps at most limit connections.
func NewRegistry(limit int) *Registry {
	return &Registry{limit: limit, open: map[*Conn]struct{}{}, empty: make(chan struct{})}
}

// Reserve takes a place before the handshake, so that a refusal can still be an HTTP status.
// Every place that is taken must be given back with Release.
func (r *Registry) Reserve() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.stopping:
		return ErrStopping
	case r.taken >= r.limit:
		return ErrFull
	}
	r.taken++
	return nil
}

// Release gives a place back.
func (r *Registry) Release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taken--
	r.signalEmpty()
}

// Add takes up a connection in a reserved place. The context ends when the connection does.
// deflate tells that permessage-deflate was negotiated.
func (r *Registry) Add(ws *websocket.Conn, w *wire.Conn, deflate bool) (context.Context, *Conn) {
	ctx, cancel := context.WithCancel(context.Background())
	c := &Conn{ws: ws, wire: w, deflate: deflate, cancel: cancel}
	r.mu.Lock()
	r.lastID++
	c.ID = r.lastID
	r.open[c] = struct{}{}
	stopping := r.stopping
	r.mu.Unlock()
	if stopping { // it was in its handshake when CloseAll looked
		go c.Close(websocket.StatusGoingAway, goingAway)
	}
	return ctx, c
}

// Remove forgets a connection that has ended.
func (r *Registry) Remove(c *Conn) {
	c.cancel()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, c)
}

// Len is how many connections are open.
func (r *Registry) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.open)
}

func (r *Registry) all() []*Conn {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]*Conn, 0, len(r.open))
	for c := range r.open {
		all = append(all, c)
	}
	return all
}

func (r *Registry) signalEmpty() {
	if r.stopping && r.taken == 0 {
		close(r.empty)
	}
}
