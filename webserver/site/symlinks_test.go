package site_test

import (
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestSymlinks(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{
		"secret.txt": secret, "outside/secret.txt": secret, "www/real.txt": "real", "www/sub/real.txt": "real",
	})
	for link, to := range map[string]string{
		"www/absolute":     s.path("secret.txt"),
		"www/relative":     "../secret.txt",
		"www/deep":         "sub/../../secret.txt",
		"www/folder":       "../outside",
		"www/back-inside":  s.path("www/real.txt"), // leads out of the root and back: still out
		"www/loop":         "loop",
		"www/dangling":     "nowhere",
		"www/chain":        "relative",
		"www/proc":         "/proc/self/environ",
		"www/good":         "real.txt",
		"www/good-folder":  "sub",
		"www/sub/good-up":  "../real.txt",
		"www/good-deeply":  "good-folder/good-up",
		"www/sub/too-high": "../../secret.txt",
	} {
		if err := os.Symlink(to, s.path(link)); err != nil {
			t.Fatal(err)
		}
	}
	inside := serveDir(t, s.path("www"))
	for _, target := range []string{"/absolute", "/relative", "/deep", "/folder/secret.txt", "/folder", "/back-inside", "/loop", "/dangling", "/chain", "/proc", "/sub/too-high", "/good-folder/too-high"} {
		if a := inside.get(target); a.StatusCode != http.StatusNotFound || strings.Contains(a.body, secret) {
			t.Errorf("%s: %d %q, want 404", target, a.StatusCode, a.body)
		}
	}
	for _, target := range []string{"/good", "/good-folder/real.txt", "/sub/good-up", "/good-deeply"} {
		inside.want(inside.get(target), http.StatusOK, "real")
	}
}

// Somebody swaps a file and a folder for links that lead out, as fast as possible.
func TestSymlinkSwapped(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"secret.txt": secret, "outside/file.txt": secret, "www/real/file.txt": "real", "www/file.txt": "real"})
	www := s.path("www")
	inside := serveDir(t, www)
	var swapping sync.WaitGroup
	end := make(chan struct{})
	swap := func(name string, links ...string) {
		swapping.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-end:
					return
				default:
				}
				os.Remove(www + "/new-" + name)
				os.Symlink(links[n%len(links)], www+"/new-"+name)
				os.Rename(www+"/new-"+name, www+"/"+name)
			}
		})
	}
	swap("swapped.txt", "file.txt", "../secret.txt", s.path("secret.txt"))
	swap("swapped", "real", "../outside", s.path("outside"))
	seen := map[int]int{}
	for stop := time.Now().Add(time.Second); time.Now().Before(stop); {
		for _, target := range []string{"/swapped.txt", "/swapped/file.txt"} {
			a := inside.get(target)
			seen[a.StatusCode]++
			if a.StatusCode == http.StatusOK && a.body != "real" || strings.Contains(a.body, secret) {
				t.Errorf("%s: %d %q", target, a.StatusCode, a.body)
			}
		}
	}
	close(end)
	swapping.Wait()
	if seen[http.StatusOK] == 0 || seen[http.StatusNotFound] == 0 {
		t.Errorf("answers %v: the race was not run", seen)
	}
}
