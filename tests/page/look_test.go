package page_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The states that the pictures show, each with what brings the page there.
var states = []struct {
	name  string
	reach func(b *tab, lab *theLab)
}{
	{"idle", func(*tab, *theLab) {}},
	{"open", func(b *tab, _ *theLab) {
		b.click("#connect")
		b.untilState("open")
		for _, text := range []string{"Hello, wörld 👋", `{"lesson": 1, "topic": "WebSockets"}`} {
			b.fill("message", text)
			b.press(kb.Enter, chromedp.ModifierCtrl)
		}
		b.until(`document.querySelectorAll('#log [data-direction="received"]').length === 3`)
		b.fill("message", "Next message")
	}},
	{"closed", func(b *tab, _ *theLab) {
		b.fill("endpoint", "/rtt")
		b.click("#connect")
		b.untilState("open")
		b.click("#send")
		b.untilState("closed")
	}},
	{"down", func(b *tab, lab *theLab) {
		b.fill("port", closedPort(b.t))
		b.press(kb.Enter)
		b.untilCause("down")
	}},
	{"tls", func(b *tab, lab *theLab) {
		b.fill("url", "wss://127.0.0.1:"+portText(lab.wss)+"/foo")
		b.press(kb.Enter)
		b.untilCause("tls")
	}},
	{"endpoint", func(b *tab, _ *theLab) {
		b.fill("endpoint", "/nowhere")
		b.press(kb.Enter)
		b.untilCause("endpoint")
	}},
	{"refused", func(b *tab, _ *theLab) {
		b.fill("port", "10080")
		b.fill("subprotocols", "two words")
		b.press(kb.Enter)
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
				name := state.name + "-" + scheme + "-" + js(width)
				t.Run(name, func(t *testing.T) {
					lab, b := newLab(t, labOptions{}), newTab(t)
					b.dress(scheme, width)
					b.open(lab.site.URL)
					state.reach(b, lab)
					b.wantFit(width)
					b.wantContrast()
					b.picture(filepath.Join(folder, name+".png"))
				})
			}
		}
	}
}

func (b *tab) dress(scheme string, width int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, 800), func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
		return chromedp.Void{}, err
	})
}

func (b *tab) wantFit(width int64) {
	b.t.Helper()
	if got := eval[int64](b, `document.documentElement.scrollWidth`); got > width {
		b.t.Errorf("the page is %d px wide on a screen of %d", got, width)
	}
}

// wantContrast computes the contrast of every visible text with the ground that it stands on.
func (b *tab) wantContrast() {
	b.t.Helper()
	for _, low := range eval[[]string](b, contrast) {
		b.t.Error("too little contrast:", low)
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

func (b *tab) picture(path string) {
	b.t.Helper()
	height := eval[float64](b, `document.documentElement.scrollHeight`)
	width := eval[float64](b, `innerWidth`)
	shot, err := chromedp.Run(b.ctx, func(ctx context.Context, _ *chromedp.Target) ([]byte, error) {
		res, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
			CaptureBeyondViewport: new(true), Clip: &page.Viewport{Width: width, Height: height, Scale: 1},
		})
		return res.Data, err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, shot, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
