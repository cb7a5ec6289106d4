package main

import (
	"io/fs"
	"path/filepath"
)

// Modes. The servers run as another user, in the group that the folder server is given to, and
// get that folder alone.
const (
	serverDirMode = fs.FileMode(0o750)
	publicMode    = fs.FileMode(0o644)
	serverKeyMode = fs.FileMode(0o640)
	privateMode   = fs.FileMode(0o600)
)

// paths are the files as the person knows them: relative, where --certs-dir is.
type paths struct {
	dir, lock, ca, caKey        string
	server, leaf, leafKey, copy string
}

func pathsIn(dir string) paths {
	in := func(elem ...string) string { return filepath.Join(append([]string{dir}, elem...)...) }
	return paths{
		dir: in(), lock: in(".lock"), ca: in("ca.pem"), caKey: in("ca-key.pem"),
		server: in("server"), leaf: in("server", "server.pem"),
		leafKey: in("server", "server-key.pem"), copy: in("server", "ca.pem"),
	}
}

func (p paths) mode(path string) fs.FileMode {
	switch path {
	case p.server:
		return serverDirMode
	case p.caKey:
		return privateMode
	case p.leafKey:
		return serverKeyMode
	}
	return publicMode
}

// file is one of the files and what it is for.
type file struct{ path, purpose string }

func (p paths) files() []file {
	return []file{
		{p.ca, "the CA: give it to browsers and clients"},
		{p.caKey, "the CA's key: yours alone, never share it"},
		{p.leaf, "what both servers show"},
		{p.leafKey, "its key: for the servers alone"},
		{p.copy, "the CA again: the web server offers it for download"},
	}
}
