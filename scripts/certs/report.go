package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// kept is the report of a run that had nothing to make.
func (p plan) kept(out io.Writer, files paths, news bool) {
	what := "do"
	if news {
		what = "renew"
	}
	fmt.Fprintf(out, "certs: nothing to %s: the servers' certificate is good until %s, the CA until %s\n", what, day(p.leaf.NotAfter), day(p.ca.cert.NotAfter))
	p.warn(out, files)
}

// report says which files were written and why, and what is in them.
func (p plan) report(out io.Writer, files paths, done writes) {
	fmt.Fprintf(out, "certs: wrote %d of %d files\n", len(done), len(files.files()))
	for _, f := range files.files() {
		done.row(out, f)
	}
	p.facts(out, done)
	fmt.Fprintf(out, "  next       %s\n", p.next(files, done))
	p.warn(out, files)
}

// row is one file. A file that was replaced is said with the reason, on a line of its own.
func (w writes) row(out io.Writer, f file) {
	i := slices.IndexFunc(w, func(w write) bool { return w.path == f.path })
	state := "kept"
	if i >= 0 && w[i].fresh {
		state = "new"
	} else if i >= 0 {
		state = "replaced"
	}
	fmt.Fprintf(out, "  %-29s %-9s %s\n", f.path, state, f.purpose)
	if i >= 0 && (state == "replaced" || errors.Is(w[i].why, errRestored)) {
		fmt.Fprintf(out, "      because %v\n", w[i].why)
	}
}

func (p plan) facts(out io.Writer, done writes) {
	var ips []string
	for _, ip := range p.leaf.IPAddresses {
		ips = append(ips, ip.String())
	}
	fmt.Fprintf(out, "  names      %s\n", strings.Join(p.leaf.DNSNames, ", "))
	fmt.Fprintf(out, "  addresses  %s\n", strings.Join(ips, ", "))
	fmt.Fprintf(out, "  valid      the servers' certificate until %s, the CA until %s\n", day(p.leaf.NotAfter), day(p.ca.cert.NotAfter))
	fmt.Fprintf(out, "  CA         %s\n", p.ca.cert.Subject)
	fmt.Fprintf(out, "  SHA-256    %s\n", fingerprint(p.ca.cert.Raw))
}

// warn says what will need a person, before it does.
func (p plan) warn(out io.Writer, files paths) {
	if p.keyless != nil {
		fmt.Fprintf(out, "certs: %v: nothing is wrong yet, but without it the next certificate comes from a new CA, which everyone has to trust anew\n", p.keyless)
	}
	if p.ca.cert.NotAfter.Sub(p.now) < renewBefore {
		fmt.Fprintf(out, "certs: %s ends on %s: `make certs ARGS=--new-ca` makes a new CA, which everyone has to trust anew\n", files.ca, day(p.ca.cert.NotAfter))
	}
}

func (p plan) next(files paths, done writes) string {
	hadCA := slices.ContainsFunc(done, func(w write) bool { return w.path == files.ca && !w.fresh })
	switch {
	case p.caWhy != nil && hadCA:
		return "the CA is new: everyone has to trust it anew, as in docs/03-certificates.md"
	case p.caWhy != nil:
		return "run `make up` to start the lab; docs/03-certificates.md shows how to trust the CA"
	case p.leafPEM == nil:
		return "nothing: the servers' certificate is as it was"
	}
	return "nothing: servers that are running load it by themselves"
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

// fingerprint is the form that browsers show.
func fingerprint(der []byte) string {
	return strings.ReplaceAll(fmt.Sprintf("% X", sha256.Sum256(der)), " ", ":")
}
