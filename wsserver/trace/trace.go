// Package trace shows the frames of a connection to whoever knows the trace's ID: an endpoint
// that is called with ?trace=ID has its connection watched, and GET /trace/ID streams the frames
// as server-sent events. Either may come first.
package trace

import (
	"errors"
	"regexp"
	"sync"
	"time"

	"wslab/wsserver/wire"
)

// Bounds of what is kept.
const (
	MaxTraces = 64
	maxFrames = 1000             // waiting for a viewer; what comes on top is counted and lost
	maxAge    = 10 * time.Minute // of a trace, from its first use
	afterlife = 30 * time.Second // of one whose connection has ended, for a viewer that comes late
)

// Errors of Connect and of the viewer's request.
var (
	ErrID   = errors.New("a trace's ID is 16 to 64 letters, digits, - and _, which nobody can guess")
	ErrFull = errors.New("as many traces are open as the server allows")
	ErrUsed = errors.New("this trace has a connection, or a viewer, already")
)

var idPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// Traces is every trace there is. The zero value has none.
type Traces struct {
	mu   sync.Mutex
	byID map[string]*Trace
}

// Trace is the frames of one connection on their way to one viewer.
type Trace struct {
	mu       sync.Mutex
	frames   []wire.Frame
	lost     int
	recorded bool          // it has, or had, a connection
	viewed   bool          // it has a viewer
	ended    bool          // no more frames will come
	news     chan struct{} // holds a value when there is something to send
	forget   func()
}

// Connect is for a connection, which is to call See for each frame and End at its end.
func (ts *Traces) Connect(id string) (*Trace, error) {
	return ts.claim(id, func(t *Trace) *bool { return &t.recorded })
}

func (ts *Traces) view(id string) (*Trace, error) {
	return ts.claim(id, func(t *Trace) *bool { return &t.viewed })
}

// claim finds or makes a trace and takes one of its two ends.
func (ts *Traces) claim(id string, end func(*Trace) *bool) (*Trace, error) {
	if !idPattern.MatchString(id) {
		return nil, ErrID
	}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	t, ok := ts.byID[id]
	if !ok {
		if len(ts.byID) >= MaxTraces {
			return nil, ErrFull
		}
		t = ts.add(id)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if taken := end(t); *taken {
		return nil, ErrUsed
	} else {
		*taken = true
	}
	return t, nil
}

func (ts *Traces) add(id string) *Trace {
	t := &Trace{news: make(chan struct{}, 1)}
	age := time.AfterFunc(maxAge, func() { t.End(); ts.remove(id, t) })
	t.forget = func() { age.Stop(); ts.remove(id, t) }
	if ts.byID == nil {
		ts.byID = map[string]*Trace{}
	}
	ts.byID[id] = t
	return t
}

func (ts *Traces) remove(id string, t *Trace) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if ts.byID[id] == t {
		delete(ts.byID, id)
	}
}

// Len is how many traces there are.
func (ts *Traces) Len() int {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	return len(ts.byID)
}

// Close ends every trace, and with it every viewer's request.
func (ts *Traces) Close() {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	for _, t := range ts.byID {
		t.End()
	}
}

// See takes a frame. It never blocks: a viewer that is slow loses frames, and is told how many.
func (t *Trace) See(f wire.Frame) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.frames) < maxFrames {
		t.frames = append(t.frames, f)
	} else {
		t.lost++
	}
	t.signal()
}

// End says that no more frames will come.
func (t *Trace) End() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return
	}
	t.ended = true
	t.signal()
	if !t.viewed {
		time.AfterFunc(afterlife, t.forget)
	}
}

func (t *Trace) signal() {
	select {
	case t.news <- struct{}{}:
	default:
	}
}

// take returns what there is to send.
func (t *Trace) take() (frames []wire.Frame, lost int, ended bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	frames, lost, ended = t.frames, t.lost, t.ended
	t.frames, t.lost = nil, 0
	return frames, lost, ended
}
