package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// www lets the web server read the page in a checkout that keeps others out, as one that was
// made with umask 077 does. A file that cannot be helped is named, and is not worth an error: the
// rest of the lab works without it.
func (d *disk) www(dir string) error {
	if dir == "" || d.group == noGroup {
		return nil
	}
	var opened int
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("cannot look at %s: %w", path, cause(err))
		}
		changed, err := d.openToServers(path, entry)
		if err != nil {
			d.say("the web server cannot read %s: %v", path, cause(err))
		} else if changed {
			opened++
		}
		return nil
	})
	if opened > 0 {
		d.say("%s: the web server may now read %d files and folders that it could not", dir, opened)
	}
	return err
}

// openToServers gives read access to the servers' group where others have none.
func (d *disk) openToServers(path string, entry fs.DirEntry) (changed bool, err error) {
	info, err := entry.Info()
	if err != nil {
		return false, err
	}
	needs := fs.FileMode(0o4)
	switch {
	case entry.IsDir():
		needs = 0o5
	case !entry.Type().IsRegular():
		return false, nil
	}
	mode := info.Mode().Perm()
	if mode&needs == needs || groupOf(info) == d.group && mode>>3&needs == needs {
		return false, nil
	}
	err = d.do("change the group of", path, func() error { return chgrp(path, d.group) })
	if err == nil {
		err = d.do("set the mode of", path, func() error { return os.Chmod(path, mode|needs<<3) })
	}
	return err == nil, err
}
