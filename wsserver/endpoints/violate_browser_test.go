package endpoints_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/coder/websocket"
)

// ended is how a WebSocket ended, as a page is told.
type ended struct {
	Rule     string   `json:"rule"`
	Opened   bool     `json:"opened"`
	Messages []string `json:"messages"`
	Code     int      `json:"code"`
	Clean    bool     `json:"clean"`
}

// tryAll connects to each of the URLs and gives what a page is told of it.
const tryAll = `(urls => Promise.all(urls.map(url => new Promise(resolve => {
	const seen = { rule: new URL(url).searchParams.get('rule'), opened: false, messages: [] };
	const ws = new WebSocket(url);
	ws.binaryType = 'arraybuffer';
	ws.onopen = () => { seen.opened = true; };
	ws.onmessage = event => seen.messages.push(String(event.data).slice(0, 200));
	ws.onclose = event => resolve({ ...seen, code: event.code, clean: event.wasClean });
}))))(%s)`

// inChromium is with which code Chromium 156 closes, where it is not 1002. It uses 1002 for text
// that is not UTF-8 too, where 1007 is meant for that.
var inChromium = map[string]websocket.StatusCode{
	"data-after-close":        1000, // and yet it tells the page 1006
	"close-code-out-of-range": -1,   // it sends 999 back, which breaks the rule again
	"huge-length":             -1,   // it resets TCP
	"cut-mid-frame":           -1,
	"wrong-accept":            -1,
	"unasked-extension":       -1,
	"unasked-subprotocol":     -1,
}

// Chromium fails the connection for every rule, and shows the page nothing of what was wrong.
func TestViolateChromium(t *testing.T) {
	t.Parallel()
	server, ends := watch(t, "/violate")
	var urls []string
	for _, name := range rules(t) {
		urls = append(urls, fmt.Sprintf("%q", server.URL+"/violate?rule="+name))
	}
	expression := fmt.Sprintf(tryAll, "["+strings.Join(urls, ",")+"]")
	all, err := chromedp.Run(page(t), chromedp.Evaluate[[]ended](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		early := strings.HasPrefix(e.Rule, "unasked-") || e.Rule == "wrong-accept"
		if e.Code != 1006 || e.Clean || e.Opened == early || early != (len(e.Messages) == 0) || len(e.Messages) > 1 {
			t.Errorf("the page was told %+v", e)
		}
	}
	for range urls {
		e := within(t, ends, 10*time.Second)
		want, special := inChromium[e.asked.Get("rule")]
		if !special {
			want = websocket.StatusProtocolError
		}
		if got := websocket.CloseStatus(e.err); got != want {
			t.Errorf("%v; want code %d", e.err, want)
		}
	}
}

// page opens an empty page, from an address whose WebSockets it may use, in a real browser.
func page(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to run as root with it
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 20*time.Second)
	t.Cleanup(cancel)
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html>") }))
	t.Cleanup(host.Close)
	if err := chromedp.Do(ctx, chromedp.Navigate(host.URL)); err != nil {
		t.Fatal(err)
	}
	return ctx
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium found: install it, or name it in CHROMIUM")
	return ""
}
