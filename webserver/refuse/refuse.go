// Package refuse answers what cannot be served, in words: a small page for browsers, a line for
// everything else.
package refuse

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"
)

var page = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Title}}</title>
<link rel="stylesheet" href="/style.css">
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
<p><a href="/">The lab's page</a></p>
</html>
`))

// With answers with status and text, a sentence or two that say what to do.
func With(w http.ResponseWriter, r *http.Request, status int, text string) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept")
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		h.Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		fmt.Fprintln(w, text)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	page.Execute(w, struct{ Title, Text string }{fmt.Sprint(status, " ", http.StatusText(status)), text})
}

// NotFound answers that nothing is there.
func NotFound(w http.ResponseWriter, r *http.Request) {
	With(w, r, http.StatusNotFound, "There is nothing here. The lab's page is at / and the lab's addresses at /lab.json.")
}
