package page_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// failTo opens the page, points it at an address, and waits for the diagnosis.
func failTo(t *testing.T, lab *theLab, url, cause string) *tab {
	t.Helper()
	b := newTab(t)
	b.open(lab.site.URL)
	b.fill("message", "a draft")
	b.fill("url", url)
	b.press(kb.Enter)
	b.untilCause(cause)
	b.untilState("failed")
	if got := b.value("url"); got != url {
		t.Errorf("after the failure the address is %q, want %q as before", got, url)
	}
	if got := b.value("message"); got != "a draft" {
		t.Errorf("after the failure the draft is %q", got)
	}
	title := b.text("#diagnosis h3")
	b.until(`document.querySelector("#announcer").textContent.includes(` + js(title) + `)`)
	if junk := regexp.MustCompile(`\b(false|true|undefined|null|NaN|\[object)\b`).FindString(b.text("#diagnosis")); junk != "" {
		t.Errorf("the diagnosis has a stray %q:\n%s", junk, b.text("#diagnosis"))
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
	b.want("#diagnosis", "Nothing answers at 127.0.0.1:"+closed+".", "docker compose ps", "Use ws://127.0.0.1:"+portText(lab.ws))
	b.click("#diagnosis button")
	b.untilState("open")
	if !eval[bool](b, `document.querySelector("#diagnosis").hidden`) {
		t.Error("the diagnosis is still there while the connection is open")
	}
}

func TestUnknownEndpoint(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "ws://127.0.0.1:"+portText(lab.ws)+"/nowhere?x=1", "endpoint")
	b.want("#diagnosis", "no endpoint /nowhere", "404", "/echo", "sends every message back", "/rtt")
	eval[bool](b, `[...document.querySelectorAll("#diagnosis button")].find((b) => b.textContent === "/echo").click() ?? true`)
	b.untilState("open")
	if got := b.value("endpoint"); got != "/echo" {
		t.Errorf("the chosen endpoint is %q, want /echo", got)
	}
}

func TestRefusedParameter(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "ws://127.0.0.1:"+portText(lab.ws)+"/picky?every=1y", "status")
	b.want("#diagnosis", "status 400", "It says: “parameter every=1y: 10ms to 1h is accepted”")
}

func TestUntrustedCertificate(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "wss://127.0.0.1:"+portText(lab.wss)+"/foo", "tls")
	b.want("#diagnosis", "does not trust the certificate", "Download the lab’s CA", lab.ca.sha256, "wslab test CA",
		"Open https://127.0.0.1:"+portText(lab.wss)+"/ in a tab", "Use ws:// on port "+portText(lab.ws))
	if href := eval[string](b, `document.querySelector("#diagnosis a[download]").getAttribute("href")`); href != "/ca.pem" {
		t.Errorf("the CA is at %q, want /ca.pem", href)
	}
	b.click("#diagnosis button")
	b.untilState("open")
	if got, want := b.value("url"), "ws://127.0.0.1:"+portText(lab.ws)+"/foo"; got != want {
		t.Errorf("after going on without TLS the address is %q, want %q", got, want)
	}
}

func TestSecureServerDown(t *testing.T) {
	lab := newLab(t, labOptions{})
	lab.ws.Close()
	lab.wss.Close()
	b := failTo(t, lab, "wss://127.0.0.1:"+portText(lab.wss)+"/foo", "down")
	b.want("#diagnosis", "Nothing answers at 127.0.0.1:"+portText(lab.wss))
}

func TestUnknownSecurePort(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "wss://127.0.0.1:"+closedPort(t)+"/foo", "tls-or-down")
	b.want("#diagnosis", "does not run, or the browser does not trust", "docker compose ps")
}

func TestWrongScheme(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := failTo(t, lab, "wss://127.0.0.1:"+portText(lab.ws)+"/foo", "no-tls")
	b.want("#diagnosis", "speaks no TLS", "Switch to ws://", "Use port "+portText(lab.wss))
	b = failTo(t, lab, "ws://127.0.0.1:"+portText(lab.wss)+"/foo", "needs-tls")
	b.want("#diagnosis", "speaks TLS", "Switch to wss://")
}

func TestWrongOrigin(t *testing.T) {
	lab := newLab(t, labOptions{origins: []string{"elsewhere.example"}})
	b := failTo(t, lab, "ws://127.0.0.1:"+portText(lab.ws)+"/foo", "origin")
	host := strings.TrimPrefix(lab.site.URL, "http://")
	b.want("#diagnosis", "not to pages from "+lab.site.URL, "ALLOWED_ORIGINS="+host)
}

func TestSubprotocolNotSpoken(t *testing.T) {
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.open(lab.site.URL)
	b.fill("subprotocols", "chat, superchat")
	b.click("#connect")
	b.untilCause("subprotocol")
	b.want("#diagnosis", "none of the subprotocols you offered (chat, superchat)")
	b.click("#diagnosis button")
	b.untilState("open")
}

func TestWebServerIsNotTheServer(t *testing.T) {
	lab := newLab(t, labOptions{})
	url := "ws://127.0.0.1:" + portText(lab.site) + "/foo"
	b := failTo(t, lab, url, "web-server")
	b.want("#diagnosis", "is the web server that this page came from")
}
