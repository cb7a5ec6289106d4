// Package site serves a folder of files as they are at the time of each request: an edit shows on
// the next one.
package site

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"syscall"
	"time"

	"wslab/webserver/refuse"
)

// Site serves files. What confines it to them is files' own: os.Root's FS follows no symbolic
// link that leads out.
type Site struct {
	files   fs.FS
	log     *slog.Logger
	started time.Time
	shelf   shelf
}

// New serves files, and logs those that it cannot read.
func New(files fs.FS, log *slog.Logger) *Site {
	return &Site{files: files, log: log, started: time.Now()}
}

// ServeHTTP answers GET and HEAD; other methods are the caller's to refuse.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, ok := fileName(r.URL)
	if !ok {
		refuse.NotFound(w, r)
		return
	}
	f, content, err := s.open(name)
	switch {
	case errors.Is(err, errDirectory):
		s.redirect(w, r, name)
	case err != nil:
		s.fail(w, r, name, err)
	default:
		defer content.Close()
		s.send(w, r, name, f, content)
	}
}

// redirect leads from a directory to its slash form, where it has an index. There, relative links
// in the index work.
func (s *Site) redirect(w http.ResponseWriter, r *http.Request, name string) {
	if _, err := regular(fs.Stat(s.files, path.Join(name, index))); err != nil {
		s.fail(w, r, name, err)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	to := url.URL{Path: "/" + name + "/", RawQuery: r.URL.RawQuery}
	http.Redirect(w, r, to.String(), http.StatusMovedPermanently)
}

// fail answers for a file that is not served. Errors that are not the server's fault, such as a
// link that leads out, look like nothing there.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, name string, err error) {
	switch {
	case errors.Is(err, fs.ErrPermission):
		s.log.Warn("file cannot be read: run `chmod a+r` on it", "file", name, "error", err)
		refuse.With(w, r, http.StatusForbidden, "This file is here, but the server may not read it. Its owner can let it: `chmod a+r`.")
	case isFault(err):
		s.log.Error("file cannot be read", "file", name, "error", err)
		refuse.With(w, r, http.StatusInternalServerError, "The server failed to read this file. Its log says why.")
	default:
		refuse.NotFound(w, r)
	}
}

func isFault(err error) bool {
	for _, fault := range faults {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}

var faults = []error{syscall.EIO, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, errors.ErrUnsupported}
