package main

import (
	"bytes"
	"crypto/elliptic"
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	leafOnly = []string{"server/server.pem"}
	newPair  = []string{"server/server-key.pem", "server/server.pem"}
	caAgain  = []string{"ca-key.pem", "ca.pem", "server/ca.pem", "server/server.pem"}
	all      = []string{"ca-key.pem", "ca.pem", "server/ca.pem", "server/server-key.pem", "server/server.pem"}
)

// Every reason to write a file, and which files are then written: all others must stay.
func TestRenewal(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args    []string
		damage  func(f *folder)
		reason  error // nil: nothing is to be made
		changed []string
	}{
		"nothing":   {},
		"renew":     {args: []string{"--renew"}, reason: errAsked, changed: leafOnly},
		"new CA":    {args: []string{"--new-ca"}, reason: errAsked, changed: caAgain},
		"both":      {args: []string{"--new-ca", "--renew"}, reason: errAsked, changed: caAgain},
		"net":       {args: []string{"--lab-net=10.1.2"}, reason: errNames, changed: leafOnly},
		"more name": {args: []string{"--cert-extra-names=a.test"}, reason: errNames, changed: leafOnly},

		"31 days left": {damage: func(f *folder) { f.left(31 * 24 * time.Hour) }},
		"29 days left": {damage: func(f *folder) { f.left(29 * 24 * time.Hour) }, reason: errSoon, changed: leafOnly},
		"expired":      {damage: func(f *folder) { f.left(-time.Second) }, reason: errExpired, changed: leafOnly},
		"not yet":      {damage: func(f *folder) { f.signAt(f.clock.AddDate(0, 0, 7)) }, reason: errNotYet, changed: leafOnly},

		"leaf missing": {damage: func(f *folder) { f.drop(f.leaf) }, reason: errMissing, changed: leafOnly},
		"leaf damaged": {damage: func(f *folder) { f.put(f.leaf, []byte("x")) }, reason: errDamaged, changed: leafOnly},
		"leaf cut":     {damage: func(f *folder) { f.cut(f.leaf) }, reason: errDamaged, changed: leafOnly},
		"leaf empty":   {damage: func(f *folder) { f.put(f.leaf, nil) }, reason: errDamaged, changed: leafOnly},
		"leaf of other CA": {damage: func(f *folder) {
			f.signWith(made(f.t).authority(), f.clock)
		}, reason: errNotSigned, changed: leafOnly},
		"leaf for clients": {damage: func(f *folder) {
			f.sign(f.authority(), f.clock, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} })
		}, reason: errNotSigned, changed: leafOnly},

		"key missing":      {damage: func(f *folder) { f.drop(f.leafKey) }, reason: errMissing, changed: newPair},
		"key damaged":      {damage: func(f *folder) { f.put(f.leafKey, []byte("x")) }, reason: errDamaged, changed: newPair},
		"key is a cert":    {damage: func(f *folder) { f.put(f.leafKey, read1(f.t, f.leaf)) }, reason: errDamaged, changed: newPair},
		"key of other":     {damage: func(f *folder) { f.putKey(f.leafKey, elliptic.P256()) }, reason: errMismatch, changed: leafOnly},
		"key of P-384":     {damage: func(f *folder) { f.putKey(f.leafKey, elliptic.P384()) }, reason: errNotP256, changed: newPair},
		"both of the pair": {damage: func(f *folder) { f.drop(f.leaf, f.leafKey) }, reason: errMissing, changed: newPair},

		"copy missing":        {damage: func(f *folder) { f.drop(f.copy) }, changed: []string{"server/ca.pem"}},
		"copy damaged":        {damage: func(f *folder) { f.put(f.copy, []byte("x")) }, changed: []string{"server/ca.pem"}},
		"copy of other":       {damage: func(f *folder) { f.put(f.copy, made(f.t).authority().pem) }, changed: []string{"server/ca.pem"}},
		"CA missing":          {damage: func(f *folder) { f.drop(f.ca) }, changed: []string{"ca.pem"}},
		"CA and leaf missing": {damage: func(f *folder) { f.drop(f.ca, f.leaf) }, reason: errMissing, changed: []string{"ca.pem", "server/server.pem"}},
		"CA damaged":          {damage: func(f *folder) { f.put(f.ca, []byte("x")) }, changed: []string{"ca.pem"}},
		"CA of other":         {damage: func(f *folder) { f.put(f.ca, made(f.t).authority().pem) }, changed: []string{"ca.pem"}},
		"CA of other alone":   {damage: func(f *folder) { f.put(f.ca, made(f.t).authority().pem); f.drop(f.caKey) }, changed: []string{"ca.pem"}},
		"CA and copy":         {damage: func(f *folder) { f.drop(f.ca, f.copy) }, reason: errNotSigned, changed: caAgain},
		"CA key missing":      {damage: func(f *folder) { f.drop(f.caKey) }},
		"CA key damaged":      {damage: func(f *folder) { f.put(f.caKey, []byte("x")) }},
		"CA key of other":     {damage: func(f *folder) { f.putKey(f.caKey, elliptic.P256()) }},
		"CA without key, leaf due": {
			damage: func(f *folder) { f.drop(f.caKey); f.left(29 * 24 * time.Hour) }, reason: errSoon, changed: caAgain,
		},
		"CA with damaged key, leaf due": {
			damage: func(f *folder) { f.put(f.caKey, []byte("x")); f.drop(f.leaf) }, reason: errMissing, changed: caAgain,
		},
		"CA with other key, leaf due": {
			damage: func(f *folder) { f.putKey(f.caKey, elliptic.P256()); f.drop(f.leaf) }, reason: errMissing, changed: caAgain,
		},
		"CA expired":       {damage: func(f *folder) { f.clock = f.certificate(f.ca).NotAfter.Add(time.Second) }, reason: errExpired, changed: caAgain},
		"CA is a leaf":     {damage: func(f *folder) { f.leafAsCA() }, reason: errNotSigned, changed: caAgain},
		"CA cannot sign":   {damage: func(f *folder) { f.narrowCA() }, reason: errNotSigned, changed: caAgain},
		"all but CA key":   {damage: func(f *folder) { f.drop(f.ca, f.copy, f.leaf, f.leafKey) }, reason: errMissing, changed: all},
		"nothing but CA":   {damage: func(f *folder) { f.drop(f.copy, f.leaf, f.leafKey) }, reason: errMissing, changed: all[2:]},
		"everything empty": {damage: func(f *folder) { f.emptyAll() }, reason: errDamaged, changed: all},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := made(t)
			if tc.damage != nil {
				tc.damage(f)
			}
			if got := f.reason(tc.args...); !errors.Is(got, tc.reason) {
				t.Errorf("reason %v, want %v", got, tc.reason)
			}
			before := f.snapshot()
			out := f.mustRun(tc.args...)
			if got := f.changed(before); !slices.Equal(got, tc.changed) {
				t.Errorf("changed %q, want %q\n%s", got, tc.changed, out)
			}
			f.saysWhy(out, before, tc.changed)
			f.good()
			f.unchanged(withoutForce(tc.args)...)
		})
	}
}

// saysWhy wants a reason for every file that was there before.
func (f *folder) saysWhy(out string, before map[string]state, changed []string) {
	f.t.Helper()
	replaced := 0
	for _, name := range changed {
		if _, ok := before[f.dir+"/"+name]; ok {
			replaced++
		}
	}
	if got := strings.Count(out, "replaced"); got != replaced || strings.Count(out, "because") < replaced {
		f.t.Errorf("%d files were replaced, and it says:\n%s", replaced, out)
	}
}

func withoutForce(args []string) []string {
	return slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return arg == "--renew" || arg == "--new-ca" })
}

// reason is why a run would make a certificate, without a run.
func (f *folder) reason(args ...string) error {
	f.t.Helper()
	have, err := load(f.paths)
	if err != nil {
		f.t.Fatal(err)
	}
	s := settings{LabNet: labNet(f.t, "172.31.10")}
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		switch name {
		case "--renew":
			s.Renew = true
		case "--new-ca":
			s.NewCA = true
		case "--lab-net":
			s.LabNet = labNet(f.t, value)
		case "--cert-extra-names":
			s.CertExtraNames.add(value)
		}
	}
	p, err := decide(have, s, f.clock)
	if err != nil {
		f.t.Fatal(err)
	}
	if s.NewCA {
		return p.caWhy
	}
	return p.leafWhy
}

// Renewals keep the servers' key, so that one rename is all there is to them.
func TestRenewalKeepsTheKey(t *testing.T) {
	t.Parallel()
	f := made(t)
	key := read1(t, f.leafKey)
	for _, args := range [][]string{{"--renew"}, {"--new-ca"}, {"--lab-net=10.0.0"}} {
		f.mustRun(args...)
	}
	if !bytes.Equal(key, read1(t, f.leafKey)) {
		t.Error("the key changed")
	}
}

func TestLeafEndsWithItsCA(t *testing.T) {
	t.Parallel()
	f := made(t)
	end := f.certificate(f.ca).NotAfter
	f.clock = end.AddDate(0, 0, -40)
	f.mustRun()
	if got := f.certificate(f.leaf).NotAfter; !got.Equal(end) {
		t.Errorf("ends %v, its CA %v", got, end)
	}
	// With fewer than 30 days left, renewing would gain nothing, and must not happen at every run.
	f.clock = end.AddDate(0, 0, -20)
	f.unchanged()
	if out := f.mustRun(); !strings.Contains(out, "make certs ARGS=--new-ca") {
		t.Errorf("does not say that the CA ends:\n%s", out)
	}
}

func TestSaysThatTheCAHasNoKey(t *testing.T) {
	t.Parallel()
	f := made(t)
	f.drop(f.caKey)
	if out := f.mustRun(); !strings.Contains(out, f.caKey+" is missing") {
		t.Errorf("says:\n%s", out)
	}
}
