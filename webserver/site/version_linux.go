package site

import (
	"io/fs"
	"syscall"
	"time"
)

func (v *version) fromSystem(info fs.FileInfo) {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		v.changed = time.Unix(stat.Ctim.Unix())
		v.device, v.inode = stat.Dev, stat.Ino
	}
}
