package index_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"wslab/tests/browser"
	"wslab/wsserver/index"
)

// TestLooks opens the page in a real browser: nothing is wider than the screen, the policy lets
// the style through, and SCREENSHOTS=folder keeps the pictures.
func TestLooks(t *testing.T) {
	t.Parallel()
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		problem := ""
		if r.URL.Path != "/" {
			problem = "there is no endpoint " + r.URL.Path
		}
		index.Write(w, r, "test", http.StatusOK, problem)
	})
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	ctx, stop := browser.Start(t)
	t.Cleanup(stop)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 360} {
			name := fmt.Sprintf("index-%s-%d", scheme, width)
			tab := browser.NewTab(t, ctx)
			dress(tab, scheme, width)
			tab.Do(chromedp.Navigate(server.URL + "/nowhere"))
			if got := browser.Eval[int64](tab, `document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s: the page is %d px wide", name, got)
			}
			if got := browser.Eval[string](tab, `getComputedStyle(document.querySelector(".problem")).borderLeftWidth`); got != "4px" {
				t.Errorf("%s: the style does not apply: %s", name, got)
			}
			if folder := os.Getenv("SCREENSHOTS"); folder != "" {
				tab.Picture(filepath.Join(folder, name+".png"))
			}
			tab.WantQuiet()
		}
	}
}

func dress(tab *browser.Tab, scheme string, width int64) {
	tab.Helper()
	tab.Do(chromedp.EmulateViewport(width, 800), func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return chromedp.Void{}, err
	})
}
