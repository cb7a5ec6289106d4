//go:build lab

package lab

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"wslab/tests/browser"
)

// chrome opens tabs in a Chromium that trusts the lab's CA through its own store, and nothing
// else: no flag makes it pass over certificate errors.
func chrome(t *testing.T) func(t *testing.T) *browser.Tab {
	t.Helper()
	ctx := browser.Trusting(t, certs+"/ca.pem")
	return func(t *testing.T) *browser.Tab { return browser.NewTab(t, ctx) }
}

// connects opens a connection, checks that text comes back whole, and closes it.
func connects(b *browser.Tab, url, greeting string) {
	b.Helper()
	if url != "" {
		b.Fill("url", url)
	}
	b.Click("#connect")
	b.UntilState("open")
	if greeting != "" {
		b.Until(`document.querySelectorAll('#log [data-direction="received"]').length === 1`)
	}
	b.Fill("message", "héllo 👩‍🚀")
	b.Click("#send")
	want := `received: héllo 👩‍🚀`
	b.Until(`[...document.querySelectorAll('#log [data-direction="received"] .text')].some((e) => e.textContent === "héllo 👩‍🚀")`)
	entries := b.Entries()
	if greeting != "" && !slices.Contains(entries, "received: "+greeting) || !slices.Contains(entries, want) {
		b.Errorf("%s: the log is %q", url, entries)
	}
	b.Click("#disconnect")
	b.UntilState("closed")
}

// The page connects at once, wherever it was opened.
func TestPageEverywhere(t *testing.T) {
	newTab := chrome(t)
	for _, host := range webHosts() {
		for scheme, want := range map[string]string{"http": "ws", "https": "wss"} {
			t.Run(scheme+"://"+host, func(t *testing.T) {
				b := newTab(t)
				b.Open(scheme + "://" + host)
				if got := b.Value("url"); !strings.HasPrefix(got, want+"://") {
					t.Errorf("the page offers %s", got)
				}
				connects(b, "", "")
				b.WantQuiet()
			})
		}
	}
}

// By every name and address of the WebSocket server, from both pages. An https page may open
// wss:// alone; the address goes without SNI.
func TestPageToEveryName(t *testing.T) {
	newTab := chrome(t)
	for _, page := range []string{"http://webserver", "https://webserver.example.com"} {
		b := newTab(t)
		b.Open(page)
		for _, host := range wsHosts() {
			connects(b, "wss://"+net.JoinHostPort(host, "10443")+"/echo", "")
			if strings.HasPrefix(page, "http:") {
				connects(b, "ws://"+net.JoinHostPort(host, "10081")+"/echo", "")
			}
		}
		b.WantQuiet()
	}
}

func TestPageGreetings(t *testing.T) {
	b := chrome(t)(t)
	b.Open("https://webserver")
	for path, greeting := range map[string]string{
		"/":    `Connected to "/". No endpoint specified...`,
		"/foo": `Connected to "/foo"...`,
		"/bar": `Connected to "/bar"...`,
	} {
		b.Click("#clear")
		connects(b, "wss://wsserver:10443"+path, greeting)
	}
	b.Fill("url", "wss://wsserver:10443/rtt")
	b.Click("#connect")
	b.UntilState("open")
	b.Fill("message", "one round trip")
	b.Click("#send")
	b.UntilState("closed")
	if state := b.Text("#state"); !strings.Contains(state, "1000") {
		t.Errorf("after /rtt the page says %q", state)
	}
}

// mebibyte sends 1 MiB through a WebSocket in the page, and tells whether it came back the same.
const mebibyte = `new Promise((resolve, reject) => {
	const text = "€👩‍🚀x".repeat(1 << 20).slice(0, 1 << 18), socket = new WebSocket("wss://wsserver:10443/echo");
	const sent = text + "x".repeat((1 << 20) - new TextEncoder().encode(text).length);
	socket.onopen = () => socket.send(sent);
	socket.onmessage = (event) => { resolve(event.data === sent && new TextEncoder().encode(sent).length === 1 << 20); socket.close(); };
	socket.onclose = (event) => reject(new Error("closed with " + event.code));
})`

func TestPageMebibyte(t *testing.T) {
	b := chrome(t)(t)
	b.Open("https://webserver")
	if !browser.Eval[bool](b, mebibyte) {
		t.Error("1 MiB came back as something else")
	}
}

func TestPageExplainsRefusals(t *testing.T) {
	b := chrome(t)(t)
	b.Open("http://webserver")
	b.Fill("url", "ws://wsserver:10081/nowhere")
	b.Click("#connect")
	b.UntilCause("endpoint")
	b.Fill("url", "ws://wsserver:9/echo") // nothing listens there, and browsers refuse the port
	b.Click("#connect")
	b.Until(`document.body.innerText.includes("9")`)
}

// A page of somebody else's gets no connection.
func TestForeignPage(t *testing.T) {
	foreign := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<!doctype html><title>elsewhere</title>"))
	}))
	foreign.Listener.Close()
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	foreign.Listener = l
	foreign.Start()
	defer foreign.Close()
	name, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	b := chrome(t)(t)
	b.Do(chromedp.Navigate("http://" + net.JoinHostPort(name, port)))
	code := browser.Eval[int](b, `new Promise((resolve) => {
		const socket = new WebSocket("ws://wsserver:10081/echo");
		socket.onopen = () => resolve(0);
		socket.onclose = (event) => resolve(event.code);
	})`)
	if code != 1006 {
		t.Errorf("a page of %s got %d, want 1006", name, code)
	}
	if !strings.Contains(service(t, "wsserver").logs(t), `Origin \"http://`+name) {
		t.Error("the server's log does not say that it refused this origin")
	}
}
