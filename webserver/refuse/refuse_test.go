package refuse_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"wslab/webserver/refuse"
)

func TestWith(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]struct{ contentType, body string }{
		"":    {"text/plain; charset=utf-8", "Use <GET>.\n"},
		"*/*": {"text/plain; charset=utf-8", "Use <GET>.\n"},
		"text/html,application/xhtml+xml,*/*;q=0.8": {"text/html; charset=utf-8", "<p>Use &lt;GET&gt;.</p>"},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header.Set("Accept", accept)
		refuse.With(w, r, http.StatusMethodNotAllowed, "Use <GET>.")
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Content-Type") != want.contentType || !strings.Contains(w.Body.String(), want.body) {
			t.Errorf("%q: %d %v %s", accept, w.Code, w.Header(), w.Body)
		}
		if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Vary") != "Accept" {
			t.Errorf("%q: headers %v", accept, w.Header())
		}
		if html := strings.Contains(want.contentType, "html"); html != strings.Contains(w.Body.String(), "405 Method Not Allowed") {
			t.Errorf("%q: %s", accept, w.Body)
		}
	}
}

func TestNotFound(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	refuse.NotFound(w, httptest.NewRequest(http.MethodGet, "/<script>", nil))
	if w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "script") || !strings.Contains(w.Body.String(), "/lab.json") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
