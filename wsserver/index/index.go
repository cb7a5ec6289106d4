// Package index is what the server tells those who come without a WebSocket: people with a
// browser, tools, and whoever asks for an endpoint that is not there.
package index

import (
	"crypto/sha256"
	"crypto/tls"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"wslab/wsserver/endpoints"
)

//go:embed index.html
var page string

//go:embed style.css
var style string

var (
	tmpl = template.Must(template.New("index").Funcs(template.FuncMap{"anchor": anchor}).Parse(page))
	// The style is in the page, so that the page is one request; CSP allows just this text.
	csp = fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		Hash(style))
)

// Hash is the source expression of a style in a policy (CSP level 3, section 2.3.1).
func Hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// Index is the JSON form.
type Index struct {
	Name      string               `json:"name"`
	Version   string               `json:"version"`
	Error     string               `json:"error,omitempty"`
	Endpoints []endpoints.Endpoint `json:"endpoints"`
}

// Write answers with the endpoints: HTML for browsers, JSON for everyone else. problem is why
// the client gets the index instead of what it asked for, or "".
func Write(w http.ResponseWriter, r *http.Request, version string, status int, problem string) {
	w.Header().Add("Vary", "Accept")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	index := Index{"wsserver", version, problem, endpoints.All()}
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		encoder.Encode(index)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", csp)
	w.WriteHeader(status)
	tmpl.Execute(w, view(r, index))
}

func view(r *http.Request, index Index) map[string]any {
	scheme, trust := "ws", ""
	if r.TLS != nil {
		scheme, trust = "wss", tls.VersionName(r.TLS.Version)
	}
	return map[string]any{
		"Index":  index,
		"Groups": groups(index.Endpoints),
		"Base":   scheme + "://" + r.Host,
		"Host":   r.Host,
		"TLS":    trust,
		"Style":  template.CSS(style),
		"Status": index.Error,
	}
}
