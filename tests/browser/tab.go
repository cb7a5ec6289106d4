package browser

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Patience is how long a tab waits for anything.
const Patience = 20 * time.Second

// Tab is one tab of a browser with storage of its own. Its methods fail the test where they
// cannot do what they say.
type Tab struct {
	testing.TB
	Ctx context.Context

	mu         sync.Mutex
	complaints []string
}

// NewTab opens a tab until the test ends.
func NewTab(t testing.TB, browser context.Context) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	b := &Tab{TB: t, Ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		t.Fatalf("cannot open a tab: %v", err)
	}
	var reading sync.WaitGroup
	messages := chromedp.Console(ctx)
	reading.Go(func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			b.note(message)
		}
	})
	t.Cleanup(func() { cancel(); reading.Wait() })
	return b
}

// Do runs actions.
func (b *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Ctx, Patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// Eval is the value of a JavaScript expression, awaited where it is a promise.
func Eval[T any](b *Tab, expression string) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Ctx, Patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return value
}

// Until waits for a condition, and shows what the page looks like where it does not come.
func (b *Tab) Until(condition string) {
	b.Helper()
	for end := time.Now().Add(Patience); time.Now().Before(end); time.Sleep(25 * time.Millisecond) {
		if Eval[bool](b, "Boolean("+condition+")") {
			return
		}
	}
	b.Fatalf("still not so after %s: %s\nthe console:\n%s\nthe page:\n%s",
		Patience, condition, strings.Join(b.Complaints(), "\n"), b.Text("body"))
}

// Text is the visible text of the first element that a selector finds.
func (b *Tab) Text(selector string) string {
	b.Helper()
	return Eval[string](b, `document.querySelector(`+strconv.Quote(selector)+`).innerText`)
}

// Want fails the test for each of the words that the text of an element lacks.
func (b *Tab) Want(selector string, words ...string) {
	b.Helper()
	text := b.Text(selector)
	for _, word := range words {
		if !strings.Contains(text, word) {
			b.Errorf("%s lacks %q:\n%s", selector, word, text)
		}
	}
}
