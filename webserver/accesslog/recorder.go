package accesslog

import (
	"io"
	"net/http"
)

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int   // 0 until the header was written
	size   int64 // bytes of body
}

// Unwrap lets http.ResponseController through.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) WriteHeader(status int) {
	// 1xx come before the answer (RFC 9110, 15.2).
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	w.implicit()
	n, err := w.ResponseWriter.Write(b)
	w.size += int64(n)
	return n, err
}

// ReadFrom lets net/http copy in its own way, with buffers that it has already.
func (w *recorder) ReadFrom(r io.Reader) (int64, error) {
	w.implicit()
	n, err := io.Copy(w.ResponseWriter, r)
	w.size += n
	return n, err
}

func (w *recorder) implicit() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
}
