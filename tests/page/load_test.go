package page_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"testing"
	"time"

	"wslab/tests/browser"
)

// TestFirstLoad keeps the page light: everything it consists of, as the web server sends it.
func TestFirstLoad(t *testing.T) {
	const most = 60_000
	total := 0
	err := fs.WalkDir(os.DirFS(www), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(os.DirFS(www), path)
		total += compressed(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > most {
		t.Errorf("the page weighs %d bytes compressed, want at most %d", total, most)
	}
}

func compressed(text []byte) int {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(text)
	_ = w.Close()
	return out.Len()
}

// TestPieceMissing drops one module and the lab's facts now and then, as a browser does when the
// machine's network changes: the page still comes up, with the right address.
func TestPieceMissing(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	site := serve(t, dropFirst(1, "/lab.json", dropFirst(3, "/js/target.js", lab.handler())), nil)
	b.Open(site.URL)
	if got, want := b.Value("url"), "ws://127.0.0.1:"+portText(lab.ws)+"/foo"; got != want {
		t.Errorf("the page opens with %q, want %q", got, want)
	}
}

// TestConsoleIsHeard makes sure that WantQuiet would notice a violation of the policy.
func TestConsoleIsHeard(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	browser.Eval[bool](b, `(() => { const s = document.createElement("script"); s.textContent = "1"; document.body.append(s); return true; })()`)
	for end := time.Now().Add(browser.Patience); len(b.Complaints()) == 0; time.Sleep(25 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("an inline script went unnoticed: the policy is not in force, or the console is not read")
		}
	}
}
