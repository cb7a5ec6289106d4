package main

import (
	"context"
	"io/fs"
)

// Windows has neither the modes nor the owners that this program looks after, and Docker there
// shows the files to its containers as readable by all.
const keepsModes = false

func becomeOwner(string) error { return nil }

func serversGroup() int { return noGroup }

func groupOf(fs.FileInfo) int { return noGroup }

func chgrp(string, int) error { return nil }

func syncDir(string) error { return nil }

func lock(context.Context, string) (unlock func(), err error) { return func() {}, nil }
