package main

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"time"
)

var errClock = errors.New("this machine's clock is behind the CA")

// plan is what the folder shall hold after the run. A nil reason means that a part is kept.
type plan struct {
	ca      authority
	caKey   []byte // PEM, like the two below; nil keeps the file
	caWhy   error
	leaf    *x509.Certificate
	leafPEM []byte
	leafWhy error
	key     crypto.Signer
	keyPEM  []byte
	keyWhy  error
	keyless error // the CA is good but cannot sign again
	now     time.Time
}

// decide writes nothing. It keeps the CA unless a certificate must be made that it cannot sign,
// because people told their browsers to trust it.
func decide(f found, s settings, now time.Time) (plan, error) {
	now = now.UTC().Truncate(time.Second)
	ca := f.authority()
	if !s.NewCA && ca.cert != nil && now.Before(ca.cert.NotBefore) {
		return plan{}, fmt.Errorf("%w: it says %s, and %s begins at %s", errClock, now.Format(time.DateTime), ca.path, ca.cert.NotBefore.Format(time.DateTime))
	}
	want := wanted(s.LabNet, s.CertExtraNames)
	p := plan{ca: authority{ca.cert, ca.data, f.caKey.key}, leaf: f.leaf.cert, key: f.leafKey.key, now: now}
	p.leafWhy = whyNewLeaf(f, ca, want, now)
	switch {
	case s.NewCA:
		p.caWhy = errAsked
	case s.Renew && p.leafWhy == nil:
		p.leafWhy = errAsked
	}
	cannotSign := whyNewCA(ca, f.caKey, now)
	if p.leafWhy == nil && p.caWhy == nil {
		p.keyless = cannotSign
		return p, nil
	}
	if p.caWhy == nil {
		p.caWhy = cannotSign
	}
	return p, p.make(f, want)
}

func (p *plan) make(f found, want names) (err error) {
	if err := p.makeKey(f); err != nil {
		return err
	}
	if p.caWhy == nil {
		if p.leaf, p.leafPEM, err = newLeaf(p.ca, p.key, want, p.now); err == nil {
			return nil
		}
		p.caWhy = fmt.Errorf("%s %w (%v)", f.ca.path, errCannotSign, err)
	}
	if p.leafWhy == nil {
		p.leafWhy = errNewCA
	}
	if p.ca, err = newAuthority(p.now); err != nil {
		return err
	}
	if p.caKey, err = encodeKey(p.ca.key); err != nil {
		return err
	}
	p.leaf, p.leafPEM, err = newLeaf(p.ca, p.key, want, p.now)
	return err
}

// makeKey keeps the servers' key where it can: then a renewal is the replacement of one file, in
// one step, and there is no moment at which key and certificate do not belong together.
func (p *plan) makeKey(f found) (err error) {
	if p.keyWhy = f.leafKey.servable(); p.keyWhy == nil {
		return nil
	}
	if p.key, err = newKey(); err != nil {
		return err
	}
	p.keyPEM, err = encodeKey(p.key)
	return err
}
