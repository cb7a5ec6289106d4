package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

var (
	errDirectory = errors.New("is a directory")
	errSpecial   = fmt.Errorf("%w: not a regular file", fs.ErrNotExist)
)

// file is a file as it was when it was read.
type file struct {
	version
	tag    string // hash of the content
	body   []byte // nil for one that is too large to keep
	length int64  // of the content, in bytes
}

// open returns the file as it is now and a reader of its content, to be closed.
//
// Content of up to maxKept bytes is read whole, once for each version: so it is what tag was
// computed from even while an editor writes to the file.
func (s *Site) open(name string) (*file, io.ReadSeekCloser, error) {
	v, err := regular(fs.Stat(s.files, name))
	if err != nil {
		return nil, nil, err
	}
	if f := s.shelf.get(name, v); f != nil && f.body != nil {
		return f, inMemory{bytes.NewReader(f.body)}, nil
	}
	handle, err := s.files.Open(name)
	if err != nil {
		return nil, nil, err
	}
	f, content, err := s.read(name, handle)
	if err != nil {
		handle.Close()
	}
	return f, content, err
}

// regular looks before the file is opened, because opening a FIFO waits for its other end.
func regular(info fs.FileInfo, err error) (version, error) {
	switch {
	case err != nil:
		return version{}, err
	case info.IsDir():
		return version{}, errDirectory
	case !info.Mode().IsRegular():
		return version{}, errSpecial
	}
	return versionOf(info), nil
}

func (s *Site) read(name string, handle fs.File) (f *file, content io.ReadSeekCloser, err error) {
	now := time.Now()
	v, err := regular(handle.Stat())
	if err != nil {
		return nil, nil, err
	}
	if v.size <= maxKept {
		f, content, err = small(v, handle)
	} else {
		f, content, err = s.large(name, v, handle)
	}
	if err == nil && v.settled(now) {
		s.shelf.put(name, f)
	}
	return f, content, err
}

func small(v version, handle fs.File) (*file, io.ReadSeekCloser, error) {
	// The limit is for one that grows while it is read.
	body, err := io.ReadAll(io.LimitReader(handle, maxKept))
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(body)
	f := &file{version: v, tag: tag(sum[:]), body: body, length: int64(len(body))}
	return f, inMemory{bytes.NewReader(body)}, handle.Close()
}

func (s *Site) large(name string, v version, handle fs.File) (*file, io.ReadSeekCloser, error) {
	content, ok := handle.(io.ReadSeekCloser)
	if !ok {
		return nil, nil, fmt.Errorf("%s: %w", name, errors.ErrUnsupported)
	}
	if f := s.shelf.get(name, v); f != nil {
		return f, content, nil
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, content); err != nil {
		return nil, nil, err
	}
	_, err := content.Seek(0, io.SeekStart)
	return &file{version: v, tag: tag(hash.Sum(nil)), length: v.size}, content, err
}

// tag takes 128 bits of the hash: enough that no two contents share one.
func tag(sum []byte) string { return base64.RawURLEncoding.EncodeToString(sum[:16]) }

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }
