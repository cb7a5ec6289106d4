package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

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
	} else {
		b.paste(text)
	}
}

// paste types text at once; any character goes.
func (b *Tab) paste(text string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Ctx, Patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		b.Fatal(err)
	}
}

// Choose picks from a menu as the browser does for a person: input, then change.
func (b *Tab) Choose(id, value string) {
	b.Helper()
	Eval[bool](b, fmt.Sprintf(`(() => { const menu = document.getElementById(%q); menu.value = %q;
		menu.dispatchEvent(new Event("input", { bubbles: true }));
		return menu.dispatchEvent(new Event("change", { bubbles: true })); })()`, id, value))
}
