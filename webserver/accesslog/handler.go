package accesslog

import (
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"wslab/webserver/refuse"
)

// Handler logs what Next answers. It is here because gorilla/handlers, which does the same, takes
// the time zone from the process alone, and loses the line of a request whose handler panics.
type Handler struct {
	Next http.Handler
	Out  io.Writer // gets each line in one Write
	Zone *time.Location
	Skip func(*http.Request) bool // requests that are not logged
	Log  *slog.Logger             // gets answers that are the server's fault

	mu   sync.Mutex
	line []byte
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	rec := &recorder{ResponseWriter: w}
	whole := h.serve(rec, r)
	rec.implicit()
	if rec.status >= http.StatusInternalServerError {
		h.Log.Error("request failed", "method", r.Method, "uri", r.RequestURI, "status", rec.status)
	}
	if !h.Skip(r) {
		h.write(rec, r, start)
	}
	if !whole {
		// net/http cuts the connection, so that nobody takes half an answer for a whole one.
		panic(http.ErrAbortHandler)
	}
}

// serve tells whether the answer is whole. A handler that panics before it answers has failed
// the request; net/http would hang up on the client, and log at a level that hides it.
func (h *Handler) serve(rec *recorder, r *http.Request) (whole bool) {
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		if fault != http.ErrAbortHandler {
			h.Log.Error("handler panicked", "uri", r.RequestURI, "panic", fault, "stack", string(debug.Stack()))
		}
		if whole = rec.status == 0; whole {
			refuse.With(rec, r, http.StatusInternalServerError, "The server failed on this request. Its log says why.")
		}
	}()
	h.Next.ServeHTTP(rec, r)
	return true
}

func (h *Handler) write(rec *recorder, r *http.Request, start time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.line = appendLine(h.line[:0], r, start.In(h.Zone), rec.status, rec.size)
	h.Out.Write(h.line)
}
