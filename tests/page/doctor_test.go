package page_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"wslab/tests/browser"
)

// failTo opens the page, points it at an address, and waits for the diagnosis.
func failTo(t *testing.T, lab *theLab, url, cause string) *browser.Tab {
	t.Helper()
	b := newTab(t)
	b.Open(lab.site.URL)
	b.Fill("message", "a draft")
	b.Fill("url", url)
	b.Press(kb.Enter)
	b.UntilCause(cause)
	b.UntilState("failed")
	if got := b.Value("url"); got != url {
		t.Errorf("after the failure the address is %q, want %q as before", got, url)
	}
	if got := b.Value("message"); got != "a draft" {
		t.Errorf("after the failure the draft is %q", got)
	}
	title := b.Text("#diagnosis h3")
	b.Until(`document.querySelector("#announcer").textContent.includes(` + strconv.Quote(title) + `)`)
	if junk := regexp.MustCompile(`\b(false|true|undefined|null|NaN|\[object)\b`).FindString(b.Text("#diagnosis")); junk != "" {
		t.Errorf("the diagnosis has a stray %q:\n%s", junk, b.Text("#diagnosis"))
	}
	if strings.Contains(title, "1006") {
		t.Errorf("the diagnosis says %q: the number helps nobody", title)
	}
	return b
}

func TestServerDown(t *testing.T) {
	lab := newLab(t, labOptions{})
	closed := closedPort(t)
	b := failTo(t, lab, "ws://127.0.0.1:"+closed+"/foo", "down")
	b.Want("#diagnosis", "Nothing answers at 127.0.0.1:"+closed+".", "docker compose ps", "Use ws://127.0.0.1:"+portText(lab.ws))
	b.Click("#diagnosis button")
	b.UntilState("open")
	if !browser.Eval[bool](b, `document.querySelector("#diagnosis").hidden`) {
		t.Error("the diagnosis is still there while the connection is open")
	}
}

func TestUnknownEndpoint(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "ws://127.0.0.1:"+portText(lab.ws)+"/nowhere?x=1", "endpoint")
	b.Want("#diagnosis", "no endpoint /nowhere", "404", "/echo", "sends every message back", "/rtt")
	browser.Eval[bool](b, `[...document.querySelectorAll("#diagnosis button")].find((b) => b.textContent === "/echo").click() ?? true`)
	b.UntilState("open")
	if got := b.Value("endpoint"); got != "/echo" {
		t.Errorf("the chosen endpoint is %q, want /echo", got)
	}
}

func TestRefusedParameter(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "ws://127.0.0.1:"+portText(lab.ws)+"/picky?every=1y", "status")
	b.Want("#diagnosis", "status 400", "It says: “parameter every=1y: 10ms to 1h is accepted”")
}

func TestUntrustedCertificate(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "wss://127.0.0.1:"+portText(lab.wss)+"/foo", "tls")
	b.Want("#diagnosis", "does not trust the certificate", "Download the lab’s CA", fingerprint(lab.ca), "wslab test CA",
		"Open https://127.0.0.1:"+portText(lab.wss)+"/ in a tab", "Use ws:// on port "+portText(lab.ws))
	if href := browser.Eval[string](b, `document.querySelector("#diagnosis a[download]").getAttribute("href")`); href != "/ca.pem" {
		t.Errorf("the CA is at %q, want /ca.pem", href)
	}
	b.Click("#diagnosis button")
	b.UntilState("open")
	if got, want := b.Value("url"), "ws://127.0.0.1:"+portText(lab.ws)+"/foo"; got != want {
		t.Errorf("after going on without TLS the address is %q, want %q", got, want)
	}
}

func TestSecureServerDown(t *testing.T) {
	lab := newLab(t, labOptions{})
	lab.ws.Close()
	lab.wss.Close()
	b := failTo(t, lab, "wss://127.0.0.1:"+portText(lab.wss)+"/foo", "down")
	b.Want("#diagnosis", "Nothing answers at 127.0.0.1:"+portText(lab.wss))
}

func TestUnknownSecurePort(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "wss://127.0.0.1:"+closedPort(t)+"/foo", "tls-or-down")
	b.Want("#diagnosis", "does not run, or the browser does not trust", "docker compose ps")
}

func TestWrongScheme(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "wss://127.0.0.1:"+portText(lab.ws)+"/foo", "no-tls")
	b.Want("#diagnosis", "speaks no TLS", "Switch to ws://", "Use port "+portText(lab.wss))
	b = failTo(t, lab, "ws://127.0.0.1:"+portText(lab.wss)+"/foo", "needs-tls")
	b.Want("#diagnosis", "speaks TLS", "Switch to wss://")
}

func TestWrongOrigin(t *testing.T) {
	lab := newLab(t, labOptions{origins: []string{"elsewhere.example"}})
	b := failTo(t, lab, "ws://127.0.0.1:"+portText(lab.ws)+"/foo", "origin")
	host := strings.TrimPrefix(lab.site.URL, "http://")
	b.Want("#diagnosis", "not to pages from "+lab.site.URL, "ALLOWED_ORIGINS="+host)
}

func TestSubprotocolNotSpoken(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	b.Fill("subprotocols", "chat, superchat")
	b.Click("#connect")
	b.UntilCause("subprotocol")
	b.Want("#diagnosis", "none of the subprotocols you offered (chat, superchat)")
	b.Click("#diagnosis button")
	b.UntilState("open")
}

func TestWebServerIsNotTheServer(t *testing.T) {
	lab := newLab(t, labOptions{})
	url := "ws://127.0.0.1:" + portText(lab.site) + "/foo"
	b := failTo(t, lab, url, "web-server")
	b.Want("#diagnosis", "is the web server that this page came from")
}
