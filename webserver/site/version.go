package site

import (
	"io/fs"
	"time"
)

// version tells one state of a file from another without reading it.
type version struct {
	size          int64
	modified      time.Time
	changed       time.Time // also moves when somebody sets modified back, as rsync and tar do
	device, inode uint64    // of another file that was renamed to this name
}

func versionOf(info fs.FileInfo) version {
	v := version{size: info.Size(), modified: info.ModTime()}
	v.fromSystem(info)
	return v
}

// settle is the coarsest step of a file system's clock (FAT's).
const settle = 2 * time.Second

// settled tells whether a change after now would show in the version. A file that changed just
// before could change again within the same step of the file system's clock.
func (v version) settled(now time.Time) bool {
	last := v.modified
	if v.changed.After(last) {
		last = v.changed
	}
	return now.Sub(last) > settle
}
