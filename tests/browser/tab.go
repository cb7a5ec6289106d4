package browser

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
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

func (b *Tab) note(m chromedp.ConsoleMessage) {
	if m.Type != chromedp.ConsoleError && m.Type != chromedp.ConsoleWarning && !m.IsException() {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, m.URL+": "+m.String())
}

// WantQuiet fails the test where the console has an error, a warning or a CSP violation.
func (b *Tab) WantQuiet() {
	b.Helper()
	// The console's messages come on another way than the answers to commands.
	time.Sleep(200 * time.Millisecond)
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) > 0 {
		b.Errorf("the console complains:\n%s", strings.Join(b.complaints, "\n"))
	}
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
	b.Fatalf("still not so after %s: %s\nthe page:\n%s", Patience, condition, b.Text("body"))
}

// Text is the visible text of the first element that a selector finds.
func (b *Tab) Text(selector string) string {
	b.Helper()
	return Eval[string](b, `document.querySelector(`+strconv.Quote(selector)+`).innerText`)
}

// Click clicks the first element that a selector finds.
func (b *Tab) Click(selector string) {
	b.Helper()
	b.Do(chromedp.Click(chromedp.CSS(selector)))
}

// Press presses a key in the focused element.
func (b *Tab) Press(key string, modifiers ...chromedp.Modifier) {
	b.Helper()
	b.Do(chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...)))
}

// Fill replaces what a field holds, as a person does who selects all and pastes.
func (b *Tab) Fill(id, text string) {
	b.Helper()
	b.Do(chromedp.Focus(chromedp.ID(id)))
	Eval[bool](b, `document.activeElement.select?.() ?? true`)
	if text == "" {
		b.Press("\b")
		return
	}
	ctx, cancel := context.WithTimeout(b.Ctx, Patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		b.Fatal(err)
	}
}
