package site

import "sync"

// Bounds of what is kept in memory.
const (
	maxKept  = 1 << 20  // bytes of one file
	shelfMax = 32 << 20 // bytes of all files
	namesMax = 10_000
)

// shelf keeps files by name, each with the version that it was read at.
type shelf struct {
	mu    sync.RWMutex
	files map[string]*file
	size  int
}

// get returns nil where there is no file of this name and version.
func (s *shelf) get(name string, v version) *file {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if f := s.files[name]; f != nil && f.version == v {
		return f
	}
	return nil
}

// put makes room by dropping everything: the page is far smaller than the shelf, and what else
// may lie in the folder can be read again.
func (s *shelf) put(name string, f *file) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.files[name]; old != nil {
		s.size -= len(old.body)
	}
	if s.files == nil || s.size+len(f.body) > shelfMax || len(s.files) >= namesMax {
		s.files, s.size = map[string]*file{}, 0
	}
	s.files[name] = f
	s.size += len(f.body)
}
