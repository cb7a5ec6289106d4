package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

var (
	errIdentity = errors.New("cannot become the folder's owner")
	errBusy     = errors.New("another run is at work on this folder")
)

// work does everything that a run does, in order. Each part reports before the next begins, so
// that an error never hides what was already written.
func (p program) work(ctx context.Context, s settings, out io.Writer) error {
	if err := p.become(s.CertsDir); err != nil {
		return err
	}
	d := &disk{group: p.group(), before: p.before, out: out}
	files := pathsIn(s.CertsDir)
	if err := d.mkdirAll(files.dir, 0o755); err != nil {
		return err
	}
	unlock, err := lock(ctx, files.lock)
	if err != nil {
		return err
	}
	defer unlock()
	return p.locked(d, files, s)
}

func (p program) locked(d *disk, files paths, s settings) error {
	plan, wrote, err := p.certificates(d, files, s)
	if err != nil {
		return err
	}
	if err := d.settleAll(files); err != nil {
		return err
	}
	if err := d.logs(s.LogsDir); err != nil {
		return err
	}
	if err := d.www(s.WWWDir); err != nil {
		return err
	}
	if !wrote {
		plan.kept(d.out, files, d.news)
	}
	return nil
}

func (p program) certificates(d *disk, files paths, s settings) (plan plan, wrote bool, err error) {
	if err := d.sweep(files.dir, files.server); err != nil {
		return plan, false, err
	}
	have, err := load(files)
	if err != nil {
		return plan, false, err
	}
	if plan, err = decide(have, s, p.now()); err != nil {
		return plan, false, err
	}
	writes := plan.writes(have)
	if err := d.apply(files, writes); err != nil || len(writes) == 0 {
		return plan, false, err
	}
	plan.report(d.out, files, writes)
	return plan, true, nil
}

// apply writes in the order of plan.writes, which is what keeps an interrupted run harmless.
func (d *disk) apply(files paths, writes []write) error {
	if err := d.mkdirAll(files.server, serverDirMode); err != nil {
		return err
	}
	for _, w := range writes {
		if err := d.write(w.path, w.data, files.mode(w.path)); err != nil {
			return err
		}
	}
	return nil
}

// next is the end of an error's line: what to type.
func next(err error) string {
	switch {
	case errors.Is(err, errClock):
		return "set the clock, then run `make certs`"
	case errors.Is(err, errBusy):
		return "wait for it to end, then run `make certs`"
	case errors.Is(err, errIdentity):
		return "give the container the capabilities SETUID and SETGID, as compose.yaml does, then run `make certs`"
	case errors.Is(err, fs.ErrPermission):
		return fmt.Sprintf("give it to uid %d, as which this ran, with `chown`, then run `make certs`", os.Getuid())
	}
	return "put that right, then run `make certs`"
}
