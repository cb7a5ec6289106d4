package page_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wslab/tests/browser"
)

// The states that the pictures show, each with what brings the page there.
var states = []struct {
	name  string
	reach func(b *browser.Tab, lab *theLab)
}{
	{"idle", func(*browser.Tab, *theLab) {}},
	{"open", func(b *browser.Tab, _ *theLab) {
		b.Click("#connect")
		b.UntilState("open")
		for _, text := range []string{"Hello, wörld 👋", `{"lesson": 1, "topic": "WebSockets"}`} {
			b.Fill("message", text)
			b.Press(kb.Enter, chromedp.ModifierCtrl)
		}
		b.Until(`document.querySelectorAll('#log [data-direction="received"]').length === 3`)
		b.Fill("message", "Next message")
	}},
	{"closed", func(b *browser.Tab, _ *theLab) {
		b.Fill("endpoint", "/rtt")
		b.Click("#connect")
		b.UntilState("open")
		b.Click("#send")
		b.UntilState("closed")
	}},
	{"down", func(b *browser.Tab, lab *theLab) {
		b.Fill("port", closedPort(b))
		b.Press(kb.Enter)
		b.UntilCause("down")
	}},
	{"tls", func(b *browser.Tab, lab *theLab) {
		b.Fill("url", "wss://127.0.0.1:"+portText(lab.wss)+"/foo")
		b.Press(kb.Enter)
		b.UntilCause("tls")
	}},
	{"endpoint", func(b *browser.Tab, _ *theLab) {
		b.Fill("endpoint", "/nowhere")
		b.Press(kb.Enter)
		b.UntilCause("endpoint")
	}},
	{"refused", func(b *browser.Tab, _ *theLab) {
		b.Fill("port", "10080")
		b.Fill("subprotocols", "two words")
		b.Press(kb.Enter)
	}},
}

// TestLooks goes through every state, light and dark, wide and narrow: nothing is wider than the
// screen, every text has the contrast that WCAG AA asks for, and a picture is left to look at.
func TestLooks(t *testing.T) {
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		folder = t.TempDir()
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 360} {
			for _, state := range states {
				name := fmt.Sprintf("%s-%s-%d", state.name, scheme, width)
				t.Run(name, func(t *testing.T) {
					lab, b := newLab(t, labOptions{}), newTab(t)
					dress(b, scheme, width)
					b.Open(lab.site.URL)
					state.reach(b, lab)
					wantFit(b, width)
					wantContrast(b)
					b.Picture(filepath.Join(folder, name+".png"))
				})
			}
		}
	}
}

func dress(b *browser.Tab, scheme string, width int64) {
	b.Helper()
	b.Do(chromedp.EmulateViewport(width, 800), func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
		return chromedp.Void{}, err
	})
}

func wantFit(b *browser.Tab, width int64) {
	b.Helper()
	if got := browser.Eval[int64](b, `document.documentElement.scrollWidth`); got > width {
		b.Errorf("the page is %d px wide on a screen of %d", got, width)
	}
}

// wantContrast computes the contrast of every visible text with the ground that it stands on.
func wantContrast(b *browser.Tab) {
	b.Helper()
	for _, low := range browser.Eval[[]string](b, contrast) {
		b.Error("too little contrast:", low)
	}
}

const contrast = `(() => {
	const rgb = (text) => text.match(/[\d.]+/g).map(Number);
	const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const ground = (node) => {
		for (; node; node = node.parentElement) {
			const color = rgb(getComputedStyle(node).backgroundColor);
			if (color.length === 3 || color[3] > 0) return color;
		}
		return [255, 255, 255];
	};
	const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
	return [...document.querySelectorAll("body *")]
		.filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.tagName !== "OPTION")
		.map((e) => [e, ratio(light(rgb(getComputedStyle(e).color)), light(ground(e)))])
		.filter(([, value]) => value < 4.5)
		.map(([e, value]) => value.toFixed(2) + " at <" + e.tagName.toLowerCase() + "> " + e.textContent.trim().slice(0, 40));
})()`
