package page_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestDefaults(t *testing.T) {
	lab := newLab(t, labOptions{})
	for _, host := range []string{"127.0.0.1", "localhost"} {
		b := newTab(t)
		b.open("http://" + host + ":" + portText(lab.site))
		if got, want := b.value("url"), "ws://"+host+":"+portText(lab.ws)+"/foo"; got != want {
			t.Errorf("the page at %s opens with %q, want %q", host, got, want)
		}
		b.click("#connect")
		b.untilState("open")
		b.wantQuiet()
	}
}

func TestPartsAndAddressAgree(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("host", "example.com")
	b.fill("port", "")
	b.fill("endpoint", "echo?x=1")
	if got := b.value("url"); got != "ws://example.com/echo?x=1" {
		t.Errorf("the parts make the address %q", got)
	}
	b.fill("url", "wss://[::1]:8443/a/b?c=d")
	for id, want := range map[string]string{"scheme": "wss", "host": "[::1]", "port": "8443", "endpoint": "/a/b?c=d"} {
		if got := b.value(id); got != want {
			t.Errorf("the address sets %s to %q, want %q", id, got, want)
		}
	}
	b.click("#defaults")
	if got, want := b.value("url"), "ws://127.0.0.1:"+portText(lab.ws)+"/foo"; got != want {
		t.Errorf("back to the lab's address gives %q, want %q", got, want)
	}
}

func TestSchemeSwitchesPort(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	choose(b, "scheme", "wss")
	if got := b.value("port"); got != portText(lab.wss) {
		t.Errorf("wss:// uses port %s, want %s", got, portText(lab.wss))
	}
	choose(b, "scheme", "ws")
	if got := b.value("port"); got != portText(lab.ws) {
		t.Errorf("ws:// uses port %s, want %s", got, portText(lab.ws))
	}
	b.fill("port", "9999")
	choose(b, "scheme", "wss")
	if got := b.value("port"); got != "9999" {
		t.Errorf("a port of one's own became %s", got)
	}
}

// choose picks from a menu as the browser does for a person: input, then change.
func choose(b *tab, id, value string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(() => { const menu = document.getElementById(%q); menu.value = %q;
		menu.dispatchEvent(new Event("input", { bubbles: true }));
		return menu.dispatchEvent(new Event("change", { bubbles: true })); })()`, id, value))
}

func TestMenuComesFromTheServer(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.until(`document.querySelector("#endpoint-menu").textContent.includes("/time")`)
	choose(b, "endpoint-menu", "/time?every=1s")
	if got := b.value("endpoint"); got != "/time?every=1s" {
		t.Errorf("the menu sets %q", got)
	}
	b.want("#endpoint-help", "pushes the time", "every: how often (10ms to 1h; default 1s)")
}

func TestRefusedBeforeTrying(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	for _, c := range []struct{ field, value, says string }{
		{"port", "10080", "Browsers refuse port 10080"},
		{"port", "6667", "Fetch standard’s list of bad ports"},
		{"port", "65536", "1 to 65535"},
		{"port", "80a", "not a port"},
		{"host", "", "The host is empty"},
		{"host", "a b", "not a host"},
		{"endpoint", "/foo#bar", "has no fragment"},
		{"subprotocols", "my chat", "not a subprotocol"},
		{"subprotocols", "a, b, a", "“a” is there twice"},
		{"url", "ftp://x/", "This is no WebSocket address"},
	} {
		b.open(lab.site.URL)
		eval[bool](b, `document.querySelector("#defaults").click() ?? true`)
		b.fill(c.field, c.value)
		b.click("#connect")
		b.want("#"+c.field+"-problem", c.says)
		if state := eval[string](b, `document.querySelector("#state").dataset.state`); state != "idle" {
			t.Errorf("%s %q was tried: state %s", c.field, c.value, state)
		}
		if got := b.value(c.field); got != c.value {
			t.Errorf("%s became %q, want %q as typed", c.field, got, c.value)
		}
		if focus := eval[string](b, `document.activeElement.id`); focus != c.field {
			t.Errorf("%s %q: the focus is on %q", c.field, c.value, focus)
		}
	}
}

func TestLegacyPortNamesTheOther(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("port", "10080")
	b.press(kb.Enter)
	b.want("#port-problem", "answers on port "+portText(lab.ws)+" too", "Use port "+portText(lab.ws))
	b.click("#port-problem button")
	b.click("#connect")
	b.untilState("open")
	b.wantQuiet()
}

func TestReloadKeepsSettings(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	url := "ws://localhost:" + portText(lab.ws) + "/echo"
	b.fill("url", url)
	b.fill("subprotocols", "chat")
	b.fill("message", "half a tho")
	b.do(chromedp.Reload())
	b.until(`document.documentElement.dataset.ready !== undefined`)
	for id, want := range map[string]string{"url": url, "host": "localhost", "endpoint": "/echo", "subprotocols": "chat", "message": "half a tho"} {
		if got := b.value(id); got != want {
			t.Errorf("after a reload %s is %q, want %q", id, got, want)
		}
	}
}

func TestLinkFillsTheForm(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL + "/#ws://localhost:" + portText(lab.ws) + "/bar")
	if got := b.value("url"); !strings.HasSuffix(got, "/bar") {
		t.Errorf("the link's address is not in the form: %q", got)
	}
	if state := eval[string](b, `document.querySelector("#state").dataset.state`); state != "idle" {
		t.Errorf("a link made the page connect: %s", state)
	}
}
