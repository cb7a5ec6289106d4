package endpoints_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/coder/websocket"

	"wslab/tests/browser"
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
	server.Compression = websocket.CompressionNoContextTakeover // as the program has it
	var urls []string
	for _, name := range rules(t) {
		urls = append(urls, fmt.Sprintf("%q", server.URL+"/violate?rule="+name))
	}
	for _, e := range browser.Eval[[]ended](emptyPage(t), fmt.Sprintf(tryAll, "["+strings.Join(urls, ",")+"]")) {
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

// emptyPage is a page from the servers' own address, which they let connect.
func emptyPage(t *testing.T) *browser.Tab {
	t.Helper()
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html>") }))
	t.Cleanup(host.Close)
	ctx, stop := browser.Start(t)
	t.Cleanup(stop)
	tab := browser.NewTab(t, ctx)
	tab.Do(chromedp.Navigate(host.URL))
	return tab
}
