// Package logs holds the files that the server logs to.
package logs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Names of the files in the log directory.
const (
	AccessFile = "access.log"
	ErrorFile  = "error.log"
)

// ErrOpen means that a log file is not there and cannot be made, or may not be written.
var ErrOpen = errors.New("cannot write the log")

// Files are the open log files; both are nil where there is no log directory.
type Files struct{ Access, Error *os.File }

// Open opens the files in dir for append, so that emptying one (`: > access.log`) while the
// server runs leaves no hole in front of the next line. It makes files that are not there, but
// not the directory. Without dir it opens nothing.
func Open(dir string) (Files, error) {
	if dir == "" {
		return Files{}, nil
	}
	access, err := open(filepath.Join(dir, AccessFile))
	if err != nil {
		return Files{}, err
	}
	errorLog, err := open(filepath.Join(dir, ErrorFile))
	if err != nil {
		access.Close()
		return Files{}, err
	}
	return Files{access, errorLog}, nil
}

// Close closes both files. Their errors do not matter: nothing is buffered.
func (f Files) Close() {
	f.Access.Close()
	f.Error.Close()
}

func open(name string) (*os.File, error) {
	// Readable by the group, which is the servers' and so the one thing the owner cannot change.
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
	if err != nil {
		return nil, fmt.Errorf("%w: %w: run `make certs`, which prepares logs/", ErrOpen, err)
	}
	return f, nil
}
