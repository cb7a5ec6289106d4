package page_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wslab/tests/browser"
)

// TestMainPath is what the page is for: open it, press Connect, talk, disconnect.
func TestMainPath(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Click("#connect")
	b.UntilState("open")
	b.Want("#state", "Open", "since ", strings.Replace(lab.ws.URL, "http", "ws", 1)+"/foo")
	b.Until(`document.querySelectorAll('#log [data-direction="received"]').length === 1`)

	b.Fill("message", "Hello, wörld 👋🏽")
	b.Click("#send")
	b.Until(`document.querySelectorAll('#log [data-direction="received"]').length === 2`)
	want := []string{`received: Connected to "/foo"...`, "sent: Hello, wörld 👋🏽", "received: Hello, wörld 👋🏽"}
	if got := b.Entries()[1:]; !slices.Equal(got, want) {
		t.Errorf("log %q, want %q", got, want)
	}
	b.Want(`#log li:last-child`, "← received", "22 bytes")
	if left := b.Value("message"); left != "" {
		t.Errorf("the sent text %q is still in the field", left)
	}

	b.Click("#disconnect")
	b.UntilState("closed")
	b.Want("#state", "Closed", "by this page", "1000 Normal Closure")
	b.WantQuiet()
}

func TestServerCloses(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("endpoint", "/rtt")
	b.Click("#connect")
	b.UntilState("open")
	b.Fill("message", "once")
	b.Press(kb.Enter, chromedp.ModifierCtrl)
	b.UntilState("closed")
	b.Want("#state", "by the server", "1000 Normal Closure", "Both sides are done", "one message was enough")
	b.WantQuiet()
}

func TestCutConnection(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("endpoint", "/abort")
	b.Click("#connect")
	b.UntilState("closed")
	b.Want("#state", "by neither side", "1006 Abnormal Closure", "no close frame")
}

func TestKeyboardOnly(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	var order []string
	for range 8 {
		b.Press(kb.Tab)
		order = append(order, browser.Eval[string](b, `document.activeElement.id`))
	}
	want := []string{"scheme", "host", "port", "endpoint", "endpoint-menu", "subprotocols", "url", "connect"}
	if !slices.Equal(order, want) {
		t.Fatalf("Tab goes through %q, want %q", order, want)
	}
	b.Press(kb.Enter)
	b.Until(`document.activeElement.id === "message"`)
	b.Press("hi")
	b.Press(kb.Enter, chromedp.ModifierCtrl)
	b.Until(`document.querySelectorAll('#log [data-direction="received"]').length === 2`)
	b.Press(kb.ArrowUp)
	if again := b.Value("message"); again != "hi" {
		t.Errorf("ArrowUp in the empty field brought %q back, want the last message", again)
	}
	for browser.Eval[string](b, `document.activeElement.id`) != "disconnect" {
		b.Press(kb.Tab, chromedp.ModifierShift)
	}
	b.Press(" ")
	b.UntilState("closed")
	if focus := browser.Eval[string](b, `document.activeElement.id`); focus != "connect" {
		t.Errorf("after Disconnect the focus is on %q, want connect", focus)
	}
	b.WantQuiet()
}

func TestCancelAndDraft(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("message", "written too early")
	b.Click("#send")
	b.Want("#message-problem", "press Connect first")
	b.Fill("endpoint", "/silent")
	b.Press(kb.Enter)
	b.UntilState("connecting")
	b.Want("#disconnect", "Cancel")
	b.Click("#disconnect")
	b.UntilState("closed")
	b.Want("#state", "You gave up")
	if draft := b.Value("message"); draft != "written too early" {
		t.Errorf("the draft became %q", draft)
	}
}
