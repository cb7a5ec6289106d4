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
	ErrShare    = errors.New("as many connections are open from this address as the server allows for one")
	ErrStopping = errors.New("the server is stopping")
)

// Registry is every open connection. http.Server's Shutdown knows nothing of them.
type Registry struct {
	limit    int
	forOne   int // connections from one address; 0 for no limit of its own
	mu       sync.Mutex
	taken    int            // places reserved, those of handshakes under way among them
	shares   map[string]int // of those, by address; empty where forOne is 0
	lastID   uint64
	open     map[*Conn]struct{}
	ended    Totals // of connections that are no more
	stopping bool
	empty    chan struct{} // closed when stopping and no place is taken
}

// NewRegistry keeps at most limit connections, and of one address at most forOne, or, with 0, as
// many as there are places.
func NewRegistry(limit, forOne int) *Registry {
	return &Registry{limit: limit, forOne: forOne, shares: map[string]int{}, open: map[*Conn]struct{}{}, empty: make(chan struct{})}
}

// Reserve takes a place before the handshake, so that a refusal can still be an HTTP status.
// Every place that is taken must be given back with Release. The address is the client's.
func (r *Registry) Reserve(address string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.stopping:
		return ErrStopping
	case r.taken >= r.limit:
		return ErrFull
	case r.forOne > 0 && r.shares[address] >= r.forOne:
		return ErrShare
	}
	r.taken++
	if r.forOne > 0 {
		r.shares[address]++
	}
	return nil
}

// Release gives a place back.
func (r *Registry) Release(address string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taken--
	if r.forOne > 0 {
		if r.shares[address]--; r.shares[address] == 0 {
			delete(r.shares, address)
		}
	}
	r.signalEmpty()
}

// Add takes up a connection in a reserved place. The context ends when the connection does.
// deflate tells that permessage-deflate was negotiated. The length of messages is wire's business.
func (r *Registry) Add(ws *websocket.Conn, w *wire.Conn, deflate bool) (context.Context, *Conn) {
	ctx, cancel := context.WithCancel(context.Background())
	c := &Conn{ws: ws, wire: w, deflate: deflate, cancel: cancel, closed: make(chan struct{})}
	ws.SetReadLimit(-1)
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
	r.ended.add(c)
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
