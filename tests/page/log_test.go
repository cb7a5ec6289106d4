package page_test

import (
	"testing"

	"wslab/tests/browser"
)

func TestMegabyte(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("endpoint", "/echo")
	b.Click("#connect")
	b.UntilState("open")
	browser.Eval[bool](b, `(document.querySelector("#message").value = "é".repeat(1 << 19)) !== ""`)
	b.Click("#send")
	b.Until(`document.querySelectorAll('#log [data-direction="received"]').length === 1`)
	b.Want("#log li:last-child", "1,048,576 bytes", "… 1,048,576 bytes in all")
	shown := browser.Eval[int](b, `document.querySelector("#log li:last-child .text").firstChild.length`)
	if shown != 1024 {
		t.Errorf("%d characters shown, want the first 2 kB: 1024 of two bytes", shown)
	}
	b.WantQuiet()
}

func TestBinary(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("endpoint", "/binary")
	b.Click("#connect")
	b.Until(`document.querySelectorAll('#log [data-direction="received"]').length === 1`)
	b.Want("#log li:last-child", "binary, 100 bytes", "00 01 02 03", "1e 1f", "100 bytes in all")
}

func TestLogKeepsTheNewest(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("endpoint", "/flood")
	b.Click("#connect")
	b.Until(`document.querySelector("#log li:last-child .text")?.textContent === "message 2999"`)
	if rows := browser.Eval[int](b, `document.querySelectorAll("#log li").length`); rows != 1000 {
		t.Errorf("%d rows in the log, want 1000", rows)
	}
	browser.Eval[int](b, `document.querySelector("#log").scrollTop = 4000`)
	where := `(() => { const log = document.querySelector("#log"), top = log.getBoundingClientRect().top;
		const row = [...document.querySelectorAll("#log li")].find((r) => r.getBoundingClientRect().top >= top);
		return row.querySelector(".text").textContent + " at " + Math.round(row.getBoundingClientRect().top - top); })()`
	before := browser.Eval[string](b, where)
	b.Fill("message", "more")
	b.Click("#send")
	b.Until(`document.querySelectorAll('#log [data-direction="received"]:last-child').length === 1 &&
		document.querySelector("#log li:last-child .text").textContent === "more"`)
	if after := browser.Eval[string](b, where); after != before {
		t.Errorf("the log moved from %q to %q while somebody was reading", before, after)
	}
	b.Click("#newest")
	b.Until(`document.querySelector("#newest").hidden`)
	b.Click("#clear")
	if rows := b.Entries(); len(rows) != 0 {
		t.Errorf("%d rows after Clear", len(rows))
	}
}
