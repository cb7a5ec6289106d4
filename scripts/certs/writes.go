package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
)

// write is one file to be written: in place of which, and why.
type write struct {
	path  string
	data  []byte
	fresh bool // there was none
	why   error
}

type writes []write

// add takes what was wrong with the present file, if anything. Damage is said as such: a file is
// never replaced silently.
func (w *writes) add(path string, data []byte, present, why error) {
	fresh := errors.Is(present, errMissing)
	if !fresh {
		why = cmp.Or(present, why)
	}
	*w = append(*w, write{path, data, fresh, why})
}

// writes are in an order such that a run which ends after any of them leaves the servers' pair
// whole, and the next run brings the rest in order:
//   - after a new ca.pem alone, the CA's key still belongs to server/ca.pem, so the next run goes
//     back to that CA;
//   - after ca-key.pem the new CA is complete, and the next run makes its certificate;
//   - server-key.pem is written only where there was no good one;
//   - server.pem is last.
func (p plan) writes(f found) (all writes) {
	if !bytes.Equal(f.ca.data, p.ca.pem) {
		all.add(f.ca.path, p.ca.pem, f.ca.err, p.whyCAFile(f))
	}
	if p.caKey != nil {
		all.add(f.caKey.path, p.caKey, f.caKey.err, errNewCA)
	}
	if p.keyPEM != nil {
		all.add(f.leafKey.path, p.keyPEM, f.leafKey.err, p.keyWhy)
	}
	if !bytes.Equal(f.copy.data, p.ca.pem) {
		all.add(f.copy.path, p.ca.pem, f.copy.err, p.whyCopy(f))
	}
	if p.leafPEM != nil {
		all.add(f.leaf.path, p.leafPEM, f.leaf.err, p.leafWhy)
	}
	return all
}

func (p plan) whyCAFile(f found) error {
	if p.caWhy != nil {
		return p.caWhy
	}
	return fmt.Errorf("%s %w: %w %s", f.ca.path, errNotInUse, errRestored, f.copy.path)
}

func (p plan) whyCopy(f found) error {
	if p.caWhy != nil {
		return errNewCA
	}
	return fmt.Errorf("%s %w %s", f.copy.path, errNotCopy, f.ca.path)
}
