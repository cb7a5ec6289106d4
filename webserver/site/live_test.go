package site_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// tagOf is the strong validator that a content must have.
func tagOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

func (s *served) wantLive(name, content string) {
	s.Helper()
	a := s.get("/" + name)
	s.want(a, http.StatusOK, content)
	if got, want := a.Header.Get("ETag"), tagOf(content); got != want {
		s.Errorf("ETag %s of %.20q, want %s", got, content, want)
	}
}

func TestLive(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"page.html": "first"})
	s.wantLive("page.html", "first")
	s.write("page.html", "second")
	s.wantLive("page.html", "second")
	s.write("new/page.html", "new")
	s.wantLive("new/page.html", "new")
	if err := os.Rename(s.path("new/page.html"), s.path("page.html")); err != nil {
		t.Fatal(err)
	}
	s.wantLive("page.html", "new")
	if err := os.Remove(s.path("page.html")); err != nil {
		t.Fatal(err)
	}
	if got := s.get("/page.html").StatusCode; got != http.StatusNotFound {
		t.Errorf("removed: %d", got)
	}
}

// Edits of the same length, one right after the other, may leave the same time on the file: file
// systems count in steps of up to 2 s.
func TestLiveWithinOneStep(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]int{"small": 10, "large": 2 << 20} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, nil)
			step := time.Now().Truncate(2 * time.Second)
			for n := range 5 {
				content := strings.Repeat(fmt.Sprint(n), size)
				s.write("page.html", content)
				if err := os.Chtimes(s.path("page.html"), step, step); err != nil {
					t.Fatal(err)
				}
				s.wantLive("page.html", content)
			}
		})
	}
}

// rsync, tar and git-restore-mtime set a file's time back to what it was elsewhere.
func TestLiveTimeSetBack(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]int{"small": 10, "large": 2 << 20} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, map[string]string{"page.html": strings.Repeat("a", size)})
			s.age("page.html")
			// The second is what the site keeps: by now the change is older than a step.
			s.wantLive("page.html", strings.Repeat("a", size))
			time.Sleep(2100 * time.Millisecond)
			s.wantLive("page.html", strings.Repeat("a", size))
			old, err := os.Stat(s.path("page.html"))
			if err != nil {
				t.Fatal(err)
			}
			s.write("page.html", strings.Repeat("b", size))
			if err := os.Chtimes(s.path("page.html"), old.ModTime(), old.ModTime()); err != nil {
				t.Fatal(err)
			}
			s.wantLive("page.html", strings.Repeat("b", size))
			// By a rename, as tools that care do.
			s.write("next.html", strings.Repeat("c", size))
			if err := os.Chtimes(s.path("next.html"), old.ModTime(), old.ModTime()); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(s.path("next.html"), s.path("page.html")); err != nil {
				t.Fatal(err)
			}
			s.wantLive("page.html", strings.Repeat("c", size))
		})
	}
}

// A file that an editor writes to again and again has, in every answer, the tag of what came.
func TestLiveWhileWritten(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"page.html": "0"})
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for n := 0; ; n++ {
			select {
			case <-end:
				return
			default:
				os.WriteFile(s.path("page.html"), []byte(strings.Repeat(fmt.Sprint(n%10), 500+n%3)), 0o644)
			}
		}
	}()
	for range 300 {
		a := s.get("/page.html")
		if a.StatusCode != http.StatusOK || a.Header.Get("ETag") != tagOf(a.body) {
			t.Fatalf("%d, ETag %s of %q, want %s", a.StatusCode, a.Header.Get("ETag"), a.body, tagOf(a.body))
		}
	}
	close(end)
	<-ended
}
