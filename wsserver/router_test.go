package main

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"wslab/wsserver/connections"
	"wslab/wsserver/endpoints"
	"wslab/wsserver/handshake"
	"wslab/wsserver/index"
)

func newRouter() http.Handler {
	origins, err := ownOrigins("localhost")
	if err != nil {
		panic(err)
	}
	return router(&handshake.Handler{
		Origins: origins, Connections: connections.NewRegistry(1, 0), MaxMessage: 1, Log: slog.New(slog.DiscardHandler),
	}, "v1")
}

func get(t *testing.T, method, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	newRouter().ServeHTTP(w, r)
	return w
}

func TestPlainRequests(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		method, path string
		status       int
		says         string
	}{
		{"GET", "/", http.StatusOK, `"endpoints"`},
		{"HEAD", "/", http.StatusOK, ""},
		{"GET", "/healthz", http.StatusOK, `"status":"ok"`},
		{"GET", "/echo", http.StatusUpgradeRequired, "connect to it with ws:// or wss://"},
		{"GET", "/nothing", http.StatusNotFound, "the endpoints are / /abort /auth"},
		{"GET", "/echo/", http.StatusNotFound, "there is no endpoint /echo/"},
		{"POST", "/echo", http.StatusMethodNotAllowed, "starts with GET"},
		{"DELETE", "/", http.StatusMethodNotAllowed, ""},
		{"OPTIONS", "/", http.StatusNoContent, ""},
	} {
		w := get(t, tc.method, tc.path)
		if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.says) {
			t.Errorf("%s %s: %d %s; want %d with %q", tc.method, tc.path, w.Code, w.Body, tc.status, tc.says)
		}
	}
	w := get(t, "GET", "/echo")
	if w.Header().Get("Upgrade") != "websocket" { // RFC 9110, section 15.5.22
		t.Error("426 does not say what to upgrade to")
	}
}

func TestUnknownEndpointHandshake(t *testing.T) {
	t.Parallel()
	w := get(t, "GET", "/nothing", "Upgrade", "websocket", "Connection", "Upgrade")
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "/rtt") {
		t.Errorf("got %d %s, want 404 and the endpoints", w.Code, w.Body)
	}
}

func TestIndexJSON(t *testing.T) {
	t.Parallel()
	w := get(t, "GET", "/", "Origin", "http://localhost:8080")
	var got index.Index
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Name != "wsserver" || got.Version != "v1" || len(got.Endpoints) != len(endpoints.All()) || got.Error != "" {
		t.Errorf("index is %+v", got)
	}
	if w.Header().Get("Access-Control-Allow-Origin") != "http://localhost:8080" {
		t.Error("the lab's page may not read the index")
	}
	if strings.Contains(w.Body.String(), `"params": null`) {
		t.Error("no parameters are null, want []")
	}
}

func TestIndexHTML(t *testing.T) {
	t.Parallel()
	w := get(t, "GET", "/no<where", "Accept", "text/html")
	body := w.Body.String()
	if w.Code != http.StatusNotFound || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
	if strings.Contains(body, "no<where") || !strings.Contains(body, "no&lt;where") {
		t.Errorf("the path is not escaped: %s", body)
	}
	for _, e := range endpoints.All() {
		if !strings.Contains(body, "ws://example.com"+e.Example) {
			t.Errorf("the page does not show %s", e.Path)
		}
	}
	style := body[strings.Index(body, "<style>")+len("<style>") : strings.Index(body, "</style>")]
	if !strings.Contains(w.Header().Get("Content-Security-Policy"), "style-src 'sha256-"+index.Hash(style)+"'") {
		t.Error("the policy does not allow the page's own style")
	}
}
