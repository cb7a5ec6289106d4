package trace

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"wslab/wsserver/wire"
)

// Path is where viewers ask, for http.ServeMux.
const Path = "/trace/{id}"

// patience is for a viewer to take what is sent to it.
const patience = 10 * time.Second

// Event is a frame as viewers get it, in an event called "frame". Bytes are in hexadecimal.
type Event struct {
	Time      time.Time `json:"time"`
	Direction string    `json:"direction"` // "in", from the client, or "out"
	Fin       bool      `json:"fin"`
	RSV       byte      `json:"rsv"` // RSV1 being 4
	Opcode    byte      `json:"opcode"`
	Masked    bool      `json:"masked"`
	Key       string    `json:"key,omitempty"`
	Length    uint64    `json:"length"`  // of the payload, in bytes
	Header    string    `json:"header"`  // as it was on the wire
	Payload   string    `json:"payload"` // its first bytes as they were on the wire, masked where the frame is
}

func event(f wire.Frame) Event {
	e := Event{Time: f.Time, Direction: "out", Fin: f.Header.Fin, RSV: f.Header.RSV, Opcode: f.Header.Opcode,
		Masked: f.Header.Masked, Length: f.Header.Length, Header: hex.EncodeToString(f.Raw), Payload: hex.EncodeToString(f.Payload)}
	if f.In {
		e.Direction = "in"
	}
	if f.Header.Masked {
		e.Key = hex.EncodeToString(f.Header.Key[:])
	}
	return e
}

// ServeHTTP streams a trace (WHATWG HTML, "Server-sent events"): "frame" for each frame, "lost"
// with a number where the viewer was too slow, "end" at the connection's end.
func (ts *Traces) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t, err := ts.view(r.PathValue("id"))
	if err != nil {
		http.Error(w, err.Error(), Status(err))
		return
	}
	defer t.unview()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := stream{w: w, control: http.NewResponseController(w)}
	for out.open(); out.err == nil; {
		frames, lost, ended := t.take()
		for _, f := range frames {
			out.send("frame", event(f))
		}
		if lost > 0 {
			out.send("lost", lost)
		}
		if ended {
			out.send("end", struct{}{})
			out.flush()
			return
		}
		out.flush()
		select {
		case <-t.news:
		case <-r.Context().Done():
			return
		}
	}
}

// unview ends the viewer. Nobody can come back to a trace that is over.
func (t *Trace) unview() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.viewed = false
	if t.ended || !t.recorded {
		t.forget()
	}
}

// Status is the HTTP status for an error of Connect.
func Status(err error) int {
	switch {
	case errors.Is(err, ErrUsed):
		return http.StatusConflict
	case errors.Is(err, ErrFull):
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}

// stream writes events until the first error.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	err     error
}

// open sends a comment, so that the viewer knows at once that it is connected.
func (s *stream) open() {
	s.write(":\n\n")
	s.flush()
}

func (s *stream) send(name string, data any) {
	text, err := json.Marshal(data)
	if err != nil {
		s.err = err
		return
	}
	s.write(fmt.Sprintf("event: %s\ndata: %s\n\n", name, text))
}

func (s *stream) write(text string) {
	if s.err == nil {
		s.control.SetWriteDeadline(time.Now().Add(patience))
		_, s.err = s.w.Write([]byte(text))
	}
}

func (s *stream) flush() {
	if s.err == nil {
		s.err = s.control.Flush()
	}
}
