package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

const (
	serversID = 65532 // user and group of both servers' containers
	noGroup   = -1    // chown(2): leave it as it is
)

// settleAll puts right what is wrong with modes and groups, such as those of files that were made
// on the host, where only root can give a file to the servers' group.
func (d *disk) settleAll(files paths) error {
	if !keepsModes {
		return nil
	}
	for _, path := range []string{files.ca, files.caKey, files.server, files.leaf, files.leafKey, files.copy} {
		// The two in certs/ itself are no server's business.
		mine := path == files.ca || path == files.caKey
		if err := d.settle(path, files.mode(path), !mine); err != nil {
			return err
		}
	}
	if d.group == noGroup && !(isServers(files.server) && isServers(files.leafKey)) {
		fmt.Fprintf(d.out, "certs: only root can give %s to the servers' group: the lab's containers do it when you run `make up` or `make certs`\n", files.server)
	}
	return nil
}

// settle passes over a file that is not there: which ones have to be is decided elsewhere.
func (d *disk) settle(path string, mode fs.FileMode, forServers bool) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("cannot look at %s: %w", path, cause(err))
	}
	group := noGroup
	if forServers {
		group = d.group
	}
	if good(info, mode, group) {
		return nil
	}
	if err := d.put(path, info, mode, group); err != nil {
		return err
	}
	return d.confirm(path, info, mode, group)
}

// put changes the file in place, for a running server may have it open. A file of someone else's
// is copied instead, which the folder's owner may do.
func (d *disk) put(path string, info fs.FileInfo, mode fs.FileMode, group int) error {
	err := d.do("change the group of", path, func() error { return chgrp(path, group) })
	if err == nil {
		err = d.do("set the mode of", path, func() error { return os.Chmod(path, mode) })
	}
	if !errors.Is(err, fs.ErrPermission) || !info.Mode().IsRegular() {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", path, cause(err))
	}
	return d.write(path, data, mode)
}

// confirm says what changed. Some filesystems take a mode without an error and do not keep it.
func (d *disk) confirm(path string, was fs.FileInfo, mode fs.FileMode, group int) error {
	is, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("cannot look at %s: %w", path, cause(err))
	}
	result := fmt.Sprintf("now %s, was %s", describe(is), describe(was))
	if !good(is, mode, group) {
		result = fmt.Sprintf("stays %s: this filesystem keeps no modes or groups, so guard the folder itself", describe(is))
	}
	d.say("%s: %s", path, result)
	return nil
}

// good allows a mode that is stricter only in that nobody may write: 0400 for a key is a choice.
func good(info fs.FileInfo, mode fs.FileMode, group int) bool {
	const write = 0o200
	is := info.Mode().Perm()
	return is&^mode == 0 && (mode&^write)&^is == 0 && (group == noGroup || groupOf(info) == group)
}

func describe(info fs.FileInfo) string {
	return fmt.Sprintf("mode %04o, group %d", info.Mode().Perm(), groupOf(info))
}

func isServers(path string) bool {
	info, err := os.Stat(path)
	return err == nil && groupOf(info) == serversID
}
