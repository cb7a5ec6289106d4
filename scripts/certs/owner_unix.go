//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

const keepsModes = true

// becomeOwner makes root into the owner of dir, in the servers' group: what is created from here
// on belongs to whoever owns the checkout, and needs no chown, for which a container would have
// to be given CAP_CHOWN. Anyone else stays who they are.
func becomeOwner(dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := nearest(dir)
	if err != nil {
		return fmt.Errorf("cannot look at %s: %w", dir, cause(err))
	}
	owner := info.Sys().(*syscall.Stat_t).Uid
	_ = syscall.Setgroups(nil) // some user namespaces forbid it; what is left there is harmless
	if err := syscall.Setgid(serversID); err != nil {
		return fmt.Errorf("%w: group %d: %w", errIdentity, serversID, err)
	}
	if err := syscall.Setuid(int(owner)); err != nil {
		return fmt.Errorf("%w: user %d: %w", errIdentity, owner, err)
	}
	return nil
}

// nearest is dir or, where it is yet to be made, the first folder above it that exists.
func nearest(dir string) (fs.FileInfo, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(dir) != dir {
		return nearest(filepath.Dir(dir))
	}
	return info, err
}

// serversGroup is the servers' group where this process is in it, which is what chown(2) asks of
// an owner who gives a file to a group.
func serversGroup() int {
	groups, err := os.Getgroups()
	if os.Getegid() == serversID || err == nil && slices.Contains(groups, serversID) {
		return serversID
	}
	return noGroup
}

func groupOf(info fs.FileInfo) int { return int(info.Sys().(*syscall.Stat_t).Gid) }

func chgrp(path string, group int) error { return os.Chown(path, noGroup, group) }

// syncDir makes a rename last through a power cut. Filesystems that cannot do it say EINVAL.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); !errors.Is(err, syscall.EINVAL) {
		return err
	}
	return nil
}
