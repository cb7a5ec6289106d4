package main

import (
	"fmt"
	"net/http"
	"strings"

	"wslab/services/health"
	"wslab/wsserver/endpoints"
	"wslab/wsserver/handshake"
	"wslab/wsserver/index"
	"wslab/wsserver/metrics"
	"wslab/wsserver/origin"
	"wslab/wsserver/trace"
)

// router sends a WebSocket handshake to its endpoint and anything else to the index.
func router(h *handshake.Handler, version string) http.Handler {
	plain := http.NewServeMux()
	plain.Handle("GET "+health.Path, health.Handler())
	plain.HandleFunc("GET "+trace.Path, func(w http.ResponseWriter, r *http.Request) {
		if !h.Origins.Allow(r) { // a page elsewhere could not read it, but use traces up
			http.Error(w, "this origin is not allowed", http.StatusForbidden)
			return
		}
		h.Traces.ServeHTTP(w, r)
	})
	plain.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { answerPlain(w, r, version) })
	readable := h.Origins.CORS(plain)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if e, ok := endpoints.Lookup(r.URL.Path); ok && wantsWebSocket(r) {
			h.Serve(w, r, e)
			return
		}
		if wantsWebSocket(r) {
			h.Metrics.Refused(metrics.NoEndpoint)
		}
		readable.ServeHTTP(w, r)
	})
}

// wantsWebSocket tells a handshake, even a faulty one, from a plain request.
func wantsWebSocket(r *http.Request) bool {
	return r.Header.Get("Upgrade") != "" || r.Header.Get("Sec-WebSocket-Key") != "" || r.Header.Get("Sec-WebSocket-Version") != ""
}

func answerPlain(w http.ResponseWriter, r *http.Request, version string) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD, OPTIONS")
		http.Error(w, "this server speaks WebSocket, which starts with GET", http.StatusMethodNotAllowed)
		return
	}
	status, problem := http.StatusOK, ""
	if r.URL.Path != "/" {
		status, problem = missing(r)
	}
	if status == http.StatusUpgradeRequired { // RFC 9110, section 15.5.22
		w.Header().Set("Upgrade", "websocket")
		w.Header().Set("Connection", "Upgrade")
	}
	index.Write(w, r, version, status, problem)
}

// missing is why a plain request for a path other than / is not served.
func missing(r *http.Request) (status int, problem string) {
	if _, ok := endpoints.Lookup(r.URL.Path); ok {
		return http.StatusUpgradeRequired, fmt.Sprintf("%s is a WebSocket endpoint: connect to it with ws:// or wss://", r.URL.Path)
	}
	paths := make([]string, 0, len(endpoints.All()))
	for _, e := range endpoints.All() {
		paths = append(paths, e.Path)
	}
	return http.StatusNotFound, fmt.Sprintf("there is no endpoint %s: the endpoints are %s", r.URL.Path, strings.Join(paths, " "))
}

// ownOrigins are the pages of the lab itself, under every name and address that it has.
func ownOrigins(hosts ...string) (origin.Patterns, error) {
	var patterns origin.Patterns
	for _, host := range hosts {
		p, err := origin.ParsePattern(host)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, p)
	}
	return patterns, nil
}
