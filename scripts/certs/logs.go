package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	logsDirMode = fs.FileMode(0o750)
	logMode     = fs.FileMode(0o660) // the web server appends, the owner may empty or delete
)

// logs makes the folder ready for the web server, which runs as another user and cannot create
// files there. What was logged is kept.
func (d *disk) logs(dir string) error {
	if dir == "" {
		return nil
	}
	if err := d.mkdirAll(dir, logsDirMode); err != nil {
		return err
	}
	if err := d.sweep(dir); err != nil {
		return err
	}
	if err := d.openLogsDir(dir); err != nil {
		return err
	}
	for _, name := range []string{"access.log", "error.log"} {
		if err := d.log(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// openLogsDir lets the servers' group in where others are kept out, and never lets others in.
func (d *disk) openLogsDir(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("cannot look at %s: %w", dir, cause(err))
	}
	mode := info.Mode().Perm()
	if d.group == noGroup || mode&0o005 == 0o005 {
		return nil
	}
	return d.settle(dir, mode|0o050, true)
}

func (d *disk) log(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		if !keepsModes {
			return nil
		}
		return d.settle(path, logMode, true)
	}
	if err := d.write(path, nil, logMode); err != nil {
		return err
	}
	d.say("made %s for the web server", path)
	return nil
}
