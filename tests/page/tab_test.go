package page_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

const patience = 20 * time.Second

// tab is one tab of the browser with storage of its own.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

func newTab(t *testing.T) *tab {
	t.Helper()
	return newTabIn(t, browser(t))
}

func newTabIn(t *testing.T, browser context.Context) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	b := &tab{t: t, ctx: ctx}
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

func (b *tab) note(m chromedp.ConsoleMessage) {
	if m.Type != chromedp.ConsoleError && m.Type != chromedp.ConsoleWarning && !m.IsException() {
		return
	}
	// Containers that start or stop on this machine: the browser drops requests, the page asks again.
	if strings.Contains(m.Text, "ERR_NETWORK_CHANGED") {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, m.URL+": "+m.String())
}

// wantQuiet fails the test where the console has an error, a warning or a CSP violation.
func (b *tab) wantQuiet() {
	b.t.Helper()
	// The console's messages come on another way than the answers to commands.
	time.Sleep(200 * time.Millisecond)
	if complaints := b.heard(); len(complaints) > 0 {
		b.t.Errorf("the console complains:\n%s", strings.Join(complaints, "\n"))
	}
}

func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.complaints)
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// open loads the page and waits until its script has filled the form.
func (b *tab) open(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
	b.until(`document.documentElement.dataset.ready !== undefined`)
}

func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits for a condition, and shows what the page looks like where it does not come.
func (b *tab) until(condition string) {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(25 * time.Millisecond) {
		if eval[bool](b, "Boolean("+condition+")") {
			return
		}
	}
	b.t.Fatalf("still not so after %s: %s\nthe console:\n%s\nthe page:\n%s",
		patience, condition, strings.Join(b.heard(), "\n"), b.text("body"))
}

func (b *tab) untilState(state string) {
	b.t.Helper()
	b.until(`document.querySelector("#state").dataset.state === ` + js(state))
}

func (b *tab) untilCause(cause string) {
	b.t.Helper()
	b.until(`!["examining", undefined].includes(document.querySelector("#diagnosis").dataset.cause)`)
	if got := eval[string](b, `document.querySelector("#diagnosis").dataset.cause`); got != cause {
		b.t.Fatalf("diagnosis %q, want %q\nthe page:\n%s", got, cause, b.text("body"))
	}
}

func (b *tab) text(selector string) string {
	b.t.Helper()
	return eval[string](b, `document.querySelector(`+js(selector)+`).innerText`)
}

func (b *tab) value(id string) string {
	b.t.Helper()
	return eval[string](b, `document.getElementById(`+js(id)+`).value`)
}

func (b *tab) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

// fill replaces what a field holds, as a person does who selects all and types.
func (b *tab) fill(id, text string) {
	b.t.Helper()
	b.do(chromedp.Focus(chromedp.ID(id)))
	eval[bool](b, `document.activeElement.select?.() ?? true`)
	if text == "" {
		b.press("\b")
	} else {
		insert(b, text)
	}
}

// insert types text at once, as pasting does; any character goes.
func insert(b *tab, text string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) press(key string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...)))
}

func (b *tab) want(selector string, words ...string) {
	b.t.Helper()
	text := b.text(selector)
	for _, word := range words {
		if !strings.Contains(text, word) {
			b.t.Errorf("%s lacks %q:\n%s", selector, word, text)
		}
	}
}

// entries are the log's rows, each as "direction: text".
func (b *tab) entries() []string {
	b.t.Helper()
	return eval[[]string](b, `[...document.querySelectorAll("#log li")].map((row) =>
		row.dataset.direction + ": " + row.querySelector(".text").textContent)`)
}

func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}
