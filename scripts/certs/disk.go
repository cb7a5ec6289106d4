package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// tempPrefix marks files that are being written. Nothing but a run that was interrupted leaves
// one behind, and the next run removes it.
const tempPrefix = ".tmp-"

// disk writes files so that others see the old one or the new one, never half of one.
type disk struct {
	group  int // the servers' group where this process can give files to it, else noGroup
	before func(op, path string) error
	out    io.Writer
	news   bool // something was said that a run with nothing to do would not say
}

func (d *disk) say(format string, args ...any) {
	d.news = true
	fmt.Fprintf(d.out, "certs: "+format+"\n", args...)
}

// do is the one way to the disk, so that tests can fail each operation.
func (d *disk) do(op, path string, act func() error) error {
	err := error(nil)
	if d.before != nil {
		err = d.before(op, path)
	}
	if err == nil {
		err = act()
	}
	if err != nil {
		return fmt.Errorf("cannot %s %s: %w", op, path, cause(err))
	}
	return nil
}

// cause drops what package os says about a temporary name, which means nothing to the reader.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// write replaces the file in one step. Modes are set rather than asked for: a umask of 077 would
// keep the servers out.
func (d *disk) write(path string, data []byte, mode fs.FileMode) error {
	var temp *os.File
	create := func() (err error) {
		temp, err = os.CreateTemp(filepath.Dir(path), tempPrefix)
		return err
	}
	if err := d.do("write", path, create); err != nil {
		return err
	}
	err := d.fill(temp, path, data, mode)
	if err == nil {
		err = d.do("rename", path, func() error { return os.Rename(temp.Name(), path) })
	}
	if err != nil {
		_ = d.remove(temp.Name()) // else the next run does
		return err
	}
	return d.do("sync the folder of", path, func() error { return syncDir(filepath.Dir(path)) })
}

func (d *disk) fill(temp *os.File, path string, data []byte, mode fs.FileMode) error {
	defer temp.Close()
	if err := d.do("change the group of", path, func() error { return chgrp(temp.Name(), d.group) }); err != nil {
		return err
	}
	if err := d.do("set the mode of", path, func() error { return temp.Chmod(mode) }); err != nil {
		return err
	}
	if err := d.do("write", path, func() error { _, err := temp.Write(data); return err }); err != nil {
		return err
	}
	if err := d.do("sync", path, temp.Sync); err != nil {
		return err
	}
	return d.do("close", path, temp.Close)
}

func (d *disk) remove(path string) error {
	return d.do("remove", path, func() error { return os.Remove(path) })
}

// mkdirAll leaves a folder that is there as it is.
func (d *disk) mkdirAll(path string, mode fs.FileMode) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	if err := d.do("make", path, func() error { return os.MkdirAll(path, mode) }); err != nil {
		return err
	}
	return d.do("set the mode of", path, func() error { return os.Chmod(path, mode) })
}

// sweep removes what interrupted runs left behind.
func (d *disk) sweep(dirs ...string) error {
	for _, dir := range dirs {
		left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
		if err != nil {
			return err
		}
		for _, path := range left {
			if err := d.remove(path); err != nil {
				return err
			}
			d.say("removed %s, which an interrupted run left", path)
		}
	}
	return nil
}
