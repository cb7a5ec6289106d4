package main

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// renewBefore leaves time to notice, and a lab that stands idle for a few weeks still works.
const renewBefore = 30 * 24 * time.Hour

// Why a file is written. Most are said of one, as in "certs/ca.pem has expired".
var (
	errAsked      = errors.New("a new one was asked for")
	errNewCA      = errors.New("the CA is new")
	errExpired    = errors.New("has expired")
	errNotYet     = errors.New("is not valid yet")
	errSoon       = errors.New("has fewer than 30 days left")
	errNames      = errors.New("has other names than are wanted")
	errMismatch   = errors.New("does not belong to")
	errNotSigned  = errors.New("does not verify with")
	errNotCA      = errors.New("is not a CA certificate")
	errNotCopy    = errors.New("is not a copy of")
	errNotInUse   = errors.New("is not the CA in use")
	errRestored   = errors.New("brought back from")
	errCannotSign = errors.New("cannot sign what is wanted")
)

// whyNewCA is nil while the CA can sign.
func whyNewCA(ca certFile, key keyFile, now time.Time) error {
	switch {
	case ca.err != nil:
		return ca.err
	case !ca.cert.IsCA:
		return fmt.Errorf("%s %w", ca.path, errNotCA)
	case now.After(ca.cert.NotAfter):
		return fmt.Errorf("%s %w", ca.path, errExpired)
	case key.err != nil:
		return key.err
	case !belong(ca.cert, key.key):
		return fmt.Errorf("%s %w %s", ca.path, errMismatch, key.path)
	}
	return nil
}

// whyNewLeaf is nil while the servers' certificate and key are good.
func whyNewLeaf(f found, ca certFile, want names, now time.Time) error {
	leaf := f.leaf
	if leaf.err != nil {
		return leaf.err
	}
	if err := f.leafKey.servable(); err != nil {
		return err
	}
	switch left := leaf.cert.NotAfter.Sub(now); {
	case !belong(leaf.cert, f.leafKey.key):
		return fmt.Errorf("%s %w %s", leaf.path, errMismatch, f.leafKey.path)
	case left < 0:
		return fmt.Errorf("%s %w", leaf.path, errExpired)
	case now.Before(leaf.cert.NotBefore):
		return fmt.Errorf("%s %w", leaf.path, errNotYet)
	case difference(leaf, want) != "":
		return fmt.Errorf("%s %w (%s)", leaf.path, errNames, difference(leaf, want))
	case verify(leaf.cert, ca.cert, now) != nil:
		return fmt.Errorf("%s %w %s", leaf.path, errNotSigned, ca.path)
	case left < renewBefore && leaf.cert.NotAfter.Before(ca.cert.NotAfter):
		return fmt.Errorf("%s %w", leaf.path, errSoon) // else the CA ends too: renewing gains nothing
	}
	return nil
}

// difference is empty where the certificate has the wanted names and no others, in any order.
func difference(leaf certFile, want names) string {
	has, wants := names{dns: leaf.cert.DNSNames}, want.list()
	for _, ip := range leaf.cert.IPAddresses {
		if addr, ok := netip.AddrFromSlice(ip); ok {
			has.addIP(addr.Unmap())
		}
	}
	var changes []string
	if more := missingFrom(has.list(), wants); len(more) > 0 {
		changes = append(changes, "more: "+strings.Join(more, ", "))
	}
	if gone := missingFrom(wants, has.list()); len(gone) > 0 {
		changes = append(changes, "gone: "+strings.Join(gone, ", "))
	}
	return strings.Join(changes, "; ")
}

func missingFrom(list, items []string) (missing []string) {
	for _, item := range items {
		if !slices.Contains(list, item) {
			missing = append(missing, item)
		}
	}
	return missing
}
