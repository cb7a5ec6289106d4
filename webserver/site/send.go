package site

import (
	"io"
	"net/http"
	"time"
)

// send answers with a file. Every cache is to ask each time whether it changed, which costs a
// 304 with no body.
func (s *Site) send(w http.ResponseWriter, r *http.Request, name string, f *file, content io.ReadSeeker) {
	kind := kindOf(name)
	h := w.Header()
	h.Set("Content-Type", kind.mediaType)
	h.Set("Cache-Control", "no-cache")
	serve := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "", s.lastModified(f), patient(w, f, content))
	})
	if kind.text && f.length >= minCompressed {
		negotiate(w, r, f, serve)
		return
	}
	h.Set("ETag", f.etag(""))
	serve(w, r)
}

// negotiate chooses the coding. Each has an entity tag of its own (RFC 9110, 8.8.3.3).
func negotiate(w http.ResponseWriter, r *http.Request, f *file, serve http.HandlerFunc) {
	h := w.Header()
	best := -1
	// A range is always one of the file as it is: compressing a part of it would be another range.
	if r.Header.Get("Range") == "" {
		best = choose(r.Header.Get("Accept-Encoding"))
	}
	if best < 0 {
		h.Set("Vary", "Accept-Encoding")
		h.Set("ETag", f.etag(""))
		serve(w, r)
		return
	}
	encoder := encoders[best]
	h.Set("ETag", f.etag("-"+encoder.name))
	if r.Method == http.MethodHead {
		// gzhttp leaves HEAD alone, which is to answer with the headers of GET.
		h.Set("Vary", "Accept-Encoding")
		h.Set("Content-Encoding", encoder.name)
		serve(w, r)
		return
	}
	encoder.apply(serve)(w, r) // sets Vary and Content-Encoding
}

func (f *file) etag(suffix string) string { return `"` + f.tag + suffix + `"` }

// lastModified makes up for times that a header may not have: none, which files in the program
// have (they are as old as this run of it), and one in the future (RFC 9110, 8.8.2.1).
func (s *Site) lastModified(f *file) time.Time {
	now := time.Now()
	switch {
	case f.modified.IsZero():
		return s.started
	case f.modified.After(now):
		return now
	}
	return f.modified
}

// perRead is the time that a client has to take each piece of a large file: the server's timeout
// for a whole answer would cut a long download that goes well.
const perRead = 30 * time.Second

func patient(w http.ResponseWriter, f *file, content io.ReadSeeker) io.ReadSeeker {
	if f.body != nil {
		return content
	}
	return &patientReader{content, http.NewResponseController(w)}
}

type patientReader struct {
	io.ReadSeeker
	control *http.ResponseController
}

func (p *patientReader) Read(b []byte) (int, error) {
	// Where there is no deadline to move, as in tests without a connection, none cuts.
	_ = p.control.SetWriteDeadline(time.Now().Add(perRead))
	return p.ReadSeeker.Read(b)
}
