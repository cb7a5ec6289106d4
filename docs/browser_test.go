//go:build workshop

package docs

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wslab/tests/browser"
)

// inBrowser does what chapter 5 tells people to do, in a browser that knows nothing of the lab's
// CA. SCREENSHOTS=folder keeps the pictures that the chapter and README show.
func inBrowser(t *testing.T, clone string) {
	ctx, stop := browser.Start(t)
	t.Cleanup(stop)
	b := browser.NewTab(t, ctx)
	b.Open("http://localhost:8080")
	picture(b, "page-idle.png")

	b.Click("#connect")
	b.UntilState("open")
	for _, text := range []string{"Hello, wörld 👋", `{"lesson": 5, "topic": "WebSockets"}`} {
		b.Fill("message", text)
		b.Press(kb.Enter, chromedp.ModifierCtrl)
	}
	b.Until(`document.querySelectorAll('#log [data-direction="received"]').length === 3`)
	picture(b, "page-open.png")
	b.Click("#disconnect")
	b.UntilState("closed")

	b.Fill("endpoint", "/rtt")
	b.Click("#connect")
	b.UntilState("open")
	b.Fill("message", "one round trip")
	b.Click("#send")
	b.UntilState("closed")
	says(b, "#state", "1000")
	failures(t, b, clone)
}

// failures are the chapter's second half: wss without trust, and what it calls "Break it".
func failures(t *testing.T, b *browser.Tab, clone string) {
	b.Fill("url", "wss://localhost:10443/foo")
	b.Click("#connect")
	b.UntilCause("tls")
	picture(b, "page-failed.png")

	b.Fill("url", "ws://localhost:10081/nowhere")
	b.Click("#connect")
	b.UntilCause("endpoint")

	b.Fill("url", "ws://localhost:10080/foo")
	b.Click("#connect")
	b.Until(`document.querySelector("#port-problem").innerText.includes("10081")`)

	b.Fill("url", "ws://localhost:10081/foo")
	b.Click("#connect")
	b.UntilState("open")
	compose(t, clone, "stop", "wsserver")
	b.UntilState("closed")
	says(b, "#state", "1001")
	b.Click("#connect")
	b.UntilCause("down")
	compose(t, clone, "start", "wsserver")
}

func says(b *browser.Tab, selector, word string) {
	b.Helper()
	b.Until(`document.querySelector("` + selector + `").innerText.includes("` + word + `")`)
}

func picture(b *browser.Tab, name string) {
	if folder := os.Getenv("SCREENSHOTS"); folder != "" {
		b.Picture(filepath.Join(folder, name))
	}
}
