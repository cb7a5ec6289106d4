package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
)

//go:embed www
var embedded embed.FS

var errPage = errors.New("cannot serve the page's directory")

// openPage returns the files to serve: those in dir, confined to it (no symbolic link leads out),
// or the copy in the program.
//
// An absent directory is an error, because somebody asked for it. An empty one is what Docker
// mounts for a mistyped path: the page from the program then says more than a 404 would.
func openPage(dir string, log *slog.Logger) (fs.FS, error) {
	if dir == "" {
		return fs.Sub(embedded, "www")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, pageError(dir, err)
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err == nil && len(entries) > 0 {
		return root.FS(), nil
	}
	root.Close()
	if err != nil {
		return nil, pageError(dir, err)
	}
	log.Warn("the page's directory is empty, serving the copy in the program", "www_dir", dir)
	return fs.Sub(embedded, "www")
}

func pageError(dir string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: user %d may not read %s: run `chmod -R a+rX` on it", errPage, os.Getuid(), dir)
	}
	return fmt.Errorf("%w: %w: give one that is there with `--www-dir`, or none for the copy in the program", errPage, err)
}
