//go:build unix

package site_test

import (
	"net/http"
	"syscall"
	"testing"
)

// Opening a FIFO would wait for ever.
func TestSpecialFiles(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"folder/x": "", "index.html": "home"})
	if err := syscall.Mkfifo(s.path("fifo"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(s.path("folder/index.html"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/fifo", "/folder/", "/folder"} {
		if a := s.get(target); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", target, a.StatusCode)
		}
	}
}
