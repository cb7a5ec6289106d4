package browser

import (
	"context"
	"os"
	"path/filepath"
	"strconv"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Open loads the lab's page and waits until its script has filled the form.
func (b *Tab) Open(url string) {
	b.Helper()
	b.Do(chromedp.Navigate(url))
	b.Until(`document.documentElement.dataset.ready !== undefined`)
}

// UntilState waits for the page's connection to be in a state, as in "open".
func (b *Tab) UntilState(state string) {
	b.Helper()
	b.Until(`document.querySelector("#state").dataset.state === ` + strconv.Quote(state))
}

// UntilCause waits for the page's diagnosis and compares it.
func (b *Tab) UntilCause(cause string) {
	b.Helper()
	b.Until(`!["examining", undefined].includes(document.querySelector("#diagnosis").dataset.cause)`)
	if got := Eval[string](b, `document.querySelector("#diagnosis").dataset.cause`); got != cause {
		b.Fatalf("diagnosis %q, want %q\nthe page:\n%s", got, cause, b.Text("body"))
	}
}

// Value is what a field of the page holds.
func (b *Tab) Value(id string) string {
	b.Helper()
	return Eval[string](b, `document.getElementById(`+strconv.Quote(id)+`).value`)
}

// Entries are the rows of the page's log, each as "direction: text".
func (b *Tab) Entries() []string {
	b.Helper()
	return Eval[[]string](b, `[...document.querySelectorAll("#log li")].map((row) =>
		row.dataset.direction + ": " + row.querySelector(".text").textContent)`)
}

// Picture keeps a picture of the whole page.
func (b *Tab) Picture(path string) {
	b.Helper()
	height := Eval[float64](b, `document.documentElement.scrollHeight`)
	width := Eval[float64](b, `innerWidth`)
	shot, err := chromedp.Run(b.Ctx, func(ctx context.Context, _ *chromedp.Target) ([]byte, error) {
		res, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
			CaptureBeyondViewport: new(true), Clip: &page.Viewport{Width: width, Height: height, Scale: 1},
		})
		return res.Data, err
	})
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = os.WriteFile(path, shot, 0o644)
	}
	if err != nil {
		b.Fatalf("no picture: %v", err)
	}
}
