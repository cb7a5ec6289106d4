package index_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"wslab/wsserver/endpoints"
	"wslab/wsserver/index"
)

func get(t *testing.T, accept string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	index.Write(w, r, "v1", http.StatusOK, "")
	return w.Body.String()
}

// Everything that is registered is on the page, once, and so are the rules of /violate.
func TestHTML(t *testing.T) {
	t.Parallel()
	body := get(t, "text/html")
	for _, e := range endpoints.All() {
		anchor := strings.TrimPrefix(e.Path, "/")
		if e.Path == "/" {
			anchor = "root"
		}
		if n := strings.Count(body, `<article id="`+anchor+`">`); n != 1 {
			t.Errorf("%s is there %d times", e.Path, n)
		}
		words := []string{`href="#` + anchor + `"`, html.EscapeString(e.Summary), html.EscapeString(e.Details)}
		for _, p := range e.Params {
			words = append(words, "<dt><code>"+p.Name+"</code>", html.EscapeString(p.Summary))
		}
		for _, c := range e.Choices {
			words = append(words, "<code>"+c.Value+"</code>", html.EscapeString(c.Summary), "("+c.Section+")")
		}
		for _, word := range words {
			if !strings.Contains(body, word) {
				t.Errorf("the page lacks %s's %q", e.Path, word)
			}
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	var got struct {
		Endpoints []struct {
			Path, Group, Summary, Example string
			Params                        []struct{ Name, Type, Default, Accepts, Summary string }
			Choices                       []struct{ Param, Value, Section, Summary string }
		}
	}
	if err := json.Unmarshal([]byte(get(t, "*/*")), &got); err != nil {
		t.Fatal(err)
	}
	for i, e := range endpoints.All() {
		is := got.Endpoints[i]
		if is.Path != e.Path || is.Group != string(e.Group) || is.Summary != e.Summary || is.Example != e.Example ||
			len(is.Params) != len(e.Params) || len(is.Choices) != len(e.Choices) {
			t.Errorf("%s is %+v", e.Path, is)
		}
	}
}
