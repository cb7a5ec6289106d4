package page_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestMainPath is what the page is for: open it, press Connect, talk, disconnect.
func TestMainPath(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.click("#connect")
	b.untilState("open")
	b.want("#state", "Open", "since ", strings.Replace(lab.ws.URL, "http", "ws", 1)+"/foo")
	b.until(`document.querySelectorAll('#log [data-direction="received"]').length === 1`)

	b.fill("message", "Hello, wörld 👋🏽")
	b.click("#send")
	b.until(`document.querySelectorAll('#log [data-direction="received"]').length === 2`)
	want := []string{`received: Connected to "/foo"...`, "sent: Hello, wörld 👋🏽", "received: Hello, wörld 👋🏽"}
	if got := b.entries()[1:]; !slices.Equal(got, want) {
		t.Errorf("log %q, want %q", got, want)
	}
	b.want(`#log li:last-child`, "← received", "22 bytes")
	if left := b.value("message"); left != "" {
		t.Errorf("the sent text %q is still in the field", left)
	}

	b.click("#disconnect")
	b.untilState("closed")
	b.want("#state", "Closed", "by this page", "1000 Normal Closure")
	b.wantQuiet()
}

func TestServerCloses(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("endpoint", "/rtt")
	b.click("#connect")
	b.untilState("open")
	b.fill("message", "once")
	b.press(kb.Enter, chromedp.ModifierCtrl)
	b.untilState("closed")
	b.want("#state", "by the server", "1000 Normal Closure", "Both sides are done", "one message was enough")
	b.wantQuiet()
}

func TestCutConnection(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("endpoint", "/abort")
	b.click("#connect")
	b.untilState("closed")
	b.want("#state", "by neither side", "1006 Abnormal Closure", "no close frame")
}

func TestMegabyte(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("endpoint", "/echo")
	b.click("#connect")
	b.untilState("open")
	eval[bool](b, `(document.querySelector("#message").value = "é".repeat(1 << 19)) !== ""`)
	b.click("#send")
	b.until(`document.querySelectorAll('#log [data-direction="received"]').length === 1`)
	b.want("#log li:last-child", "1,048,576 bytes", "… 1,048,576 bytes in all")
	shown := eval[int](b, `document.querySelector("#log li:last-child .text").firstChild.length`)
	if shown != 1024 {
		t.Errorf("%d characters shown, want the first 2 kB: 1024 of two bytes", shown)
	}
	b.wantQuiet()
}

func TestBinary(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("endpoint", "/binary")
	b.click("#connect")
	b.until(`document.querySelectorAll('#log [data-direction="received"]').length === 1`)
	b.want("#log li:last-child", "binary, 100 bytes", "00 01 02 03", "1e 1f", "100 bytes in all")
}

func TestLogKeepsTheNewest(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("endpoint", "/flood")
	b.click("#connect")
	b.until(`document.querySelector("#log li:last-child .text")?.textContent === "message 2999"`)
	if rows := eval[int](b, `document.querySelectorAll("#log li").length`); rows != 1000 {
		t.Errorf("%d rows in the log, want 1000", rows)
	}
	eval[int](b, `document.querySelector("#log").scrollTop = 4000`)
	where := `(() => { const log = document.querySelector("#log"), top = log.getBoundingClientRect().top;
		const row = [...document.querySelectorAll("#log li")].find((r) => r.getBoundingClientRect().top >= top);
		return row.querySelector(".text").textContent + " at " + Math.round(row.getBoundingClientRect().top - top); })()`
	before := eval[string](b, where)
	b.fill("message", "more")
	b.click("#send")
	b.until(`document.querySelectorAll('#log [data-direction="received"]:last-child').length === 1 &&
		document.querySelector("#log li:last-child .text").textContent === "more"`)
	if after := eval[string](b, where); after != before {
		t.Errorf("the log moved from %q to %q while somebody was reading", before, after)
	}
	b.click("#newest")
	b.until(`document.querySelector("#newest").hidden`)
	b.click("#clear")
	if rows := b.entries(); len(rows) != 0 {
		t.Errorf("%d rows after Clear", len(rows))
	}
}

func TestKeyboardOnly(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	var order []string
	for range 8 {
		b.press(kb.Tab)
		order = append(order, eval[string](b, `document.activeElement.id`))
	}
	want := []string{"scheme", "host", "port", "endpoint", "endpoint-menu", "subprotocols", "url", "connect"}
	if !slices.Equal(order, want) {
		t.Fatalf("Tab goes through %q, want %q", order, want)
	}
	b.press(kb.Enter)
	b.until(`document.activeElement.id === "message"`)
	b.press("hi")
	b.press(kb.Enter, chromedp.ModifierCtrl)
	b.until(`document.querySelectorAll('#log [data-direction="received"]').length === 2`)
	b.press(kb.ArrowUp)
	if again := b.value("message"); again != "hi" {
		t.Errorf("ArrowUp in the empty field brought %q back, want the last message", again)
	}
	for eval[string](b, `document.activeElement.id`) != "disconnect" {
		b.press(kb.Tab, chromedp.ModifierShift)
	}
	b.press(" ")
	b.untilState("closed")
	if focus := eval[string](b, `document.activeElement.id`); focus != "connect" {
		t.Errorf("after Disconnect the focus is on %q, want connect", focus)
	}
	b.wantQuiet()
}

func TestCancelAndDraft(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("message", "written too early")
	b.click("#send")
	b.want("#message-problem", "press Connect first")
	b.fill("endpoint", "/silent")
	b.press(kb.Enter)
	b.untilState("connecting")
	b.want("#disconnect", "Cancel")
	b.click("#disconnect")
	b.untilState("closed")
	b.want("#state", "You gave up")
	if draft := b.value("message"); draft != "written too early" {
		t.Errorf("the draft became %q", draft)
	}
}
