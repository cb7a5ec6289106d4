package page_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"wslab/tests/browser"
)

// Ports that joined the standard's list in 2024 and that Chromium 156 still lets through.
var notYetInChromium = []int{4190, 6679}

// TestBadPorts asks the browser itself about every port of the list.
func TestBadPorts(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	ports := browser.Eval[[]int](b, `import("/js/badports.js").then((m) => m.badPorts())`)
	if len(ports) < 80 {
		t.Fatalf("only %d bad ports", len(ports))
	}
	failures := loadingFailures(b)
	for _, number := range ports {
		browser.Eval[bool](b, fmt.Sprintf(`fetch("http://127.0.0.1:%d/", { mode: "no-cors" }).then(() => false, () => true)`, number))
		if why := next(t, failures); !strings.Contains(why, "UNSAFE_PORT") && !slices.Contains(notYetInChromium, number) {
			t.Errorf("port %d is on the list, but the browser says %s", number, why)
		}
	}
}

func next(t *testing.T, words <-chan string) string {
	t.Helper()
	select {
	case word := <-words:
		return word
	case <-time.After(browser.Patience):
		t.Fatal("the browser reports no failure")
		return ""
	}
}

func loadingFailures(b *browser.Tab) <-chan string {
	b.Helper()
	failures := make(chan string, 16)
	if _, err := chromedp.Call(b.Ctx, network.Enable, network.EnableParams{}); err != nil {
		b.Fatal(err)
	}
	events := chromedp.Events(b.Ctx, network.LoadingFailed)
	go forward(b.Ctx, events, failures)
	return failures
}

func forward(ctx context.Context, events func(func(network.EventLoadingFailed, error) bool), to chan<- string) {
	for event, err := range events {
		if err != nil {
			return
		}
		select {
		case to <- event.ErrorText:
		case <-ctx.Done():
			return
		}
	}
}
