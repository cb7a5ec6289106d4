package page_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wslab/tests/browser"
)

func TestDefaults(t *testing.T) {
	lab := newLab(t, labOptions{})
	for _, host := range []string{"127.0.0.1", "localhost"} {
		b := newTab(t)
		b.Open("http://" + host + ":" + portText(lab.site))
		if got, want := b.Value("url"), "ws://"+host+":"+portText(lab.ws)+"/foo"; got != want {
			t.Errorf("the page at %s opens with %q, want %q", host, got, want)
		}
		b.Click("#connect")
		b.UntilState("open")
		b.WantQuiet()
	}
}

func TestPartsAndAddressAgree(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("host", "example.com")
	b.Fill("port", "")
	b.Fill("endpoint", "echo?x=1")
	if got := b.Value("url"); got != "ws://example.com/echo?x=1" {
		t.Errorf("the parts make the address %q", got)
	}
	b.Fill("url", "wss://[::1]:8443/a/b?c=d")
	for id, want := range map[string]string{"scheme": "wss", "host": "[::1]", "port": "8443", "endpoint": "/a/b?c=d"} {
		if got := b.Value(id); got != want {
			t.Errorf("the address sets %s to %q, want %q", id, got, want)
		}
	}
	b.Click("#defaults")
	if got, want := b.Value("url"), "ws://127.0.0.1:"+portText(lab.ws)+"/foo"; got != want {
		t.Errorf("back to the lab's address gives %q, want %q", got, want)
	}
}

func TestSchemeSwitchesPort(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Choose("scheme", "wss")
	if got := b.Value("port"); got != portText(lab.wss) {
		t.Errorf("wss:// uses port %s, want %s", got, portText(lab.wss))
	}
	b.Choose("scheme", "ws")
	if got := b.Value("port"); got != portText(lab.ws) {
		t.Errorf("ws:// uses port %s, want %s", got, portText(lab.ws))
	}
	b.Fill("port", "9999")
	b.Choose("scheme", "wss")
	if got := b.Value("port"); got != "9999" {
		t.Errorf("a port of one's own became %s", got)
	}
}

func TestMenuComesFromTheServer(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Until(`document.querySelector("#endpoint-menu").textContent.includes("/time")`)
	b.Choose("endpoint-menu", "/time?every=1s")
	if got := b.Value("endpoint"); got != "/time?every=1s" {
		t.Errorf("the menu sets %q", got)
	}
	b.Want("#endpoint-help", "pushes the time", "every: how often (10ms to 1h; default 1s)")
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
		b.Open(lab.site.URL)
		browser.Eval[bool](b, `document.querySelector("#defaults").click() ?? true`)
		b.Fill(c.field, c.value)
		b.Click("#connect")
		b.Want("#"+c.field+"-problem", c.says)
		if state := browser.Eval[string](b, `document.querySelector("#state").dataset.state`); state != "idle" {
			t.Errorf("%s %q was tried: state %s", c.field, c.value, state)
		}
		if got := b.Value(c.field); got != c.value {
			t.Errorf("%s became %q, want %q as typed", c.field, got, c.value)
		}
		if focus := browser.Eval[string](b, `document.activeElement.id`); focus != c.field {
			t.Errorf("%s %q: the focus is on %q", c.field, c.value, focus)
		}
	}
}

func TestLegacyPortNamesTheOther(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("port", "10080")
	b.Press(kb.Enter)
	b.Want("#port-problem", "answers on port "+portText(lab.ws)+" too", "Use port "+portText(lab.ws))
	b.Click("#port-problem button")
	b.Click("#connect")
	b.UntilState("open")
	b.WantQuiet()
}

func TestReloadKeepsSettings(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	url := "ws://localhost:" + portText(lab.ws) + "/echo"
	b.Fill("url", url)
	b.Fill("subprotocols", "chat")
	b.Fill("message", "half a tho")
	b.Do(chromedp.Reload())
	b.Until(`document.documentElement.dataset.ready !== undefined`)
	for id, want := range map[string]string{"url": url, "host": "localhost", "endpoint": "/echo", "subprotocols": "chat", "message": "half a tho"} {
		if got := b.Value(id); got != want {
			t.Errorf("after a reload %s is %q, want %q", id, got, want)
		}
	}
}

func TestLinkFillsTheForm(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL + "/#ws://localhost:" + portText(lab.ws) + "/bar")
	if got := b.Value("url"); !strings.HasSuffix(got, "/bar") {
		t.Errorf("the link's address is not in the form: %q", got)
	}
	if state := browser.Eval[string](b, `document.querySelector("#state").dataset.state`); state != "idle" {
		t.Errorf("a link made the page connect: %s", state)
	}
}
