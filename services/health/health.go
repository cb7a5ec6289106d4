// Package health is how a server tells that it is well, and how its container asks.
package health

import (
	"encoding/json"
	"net/http"
	"time"
)

// Path is where every server answers that it is well.
const Path = "/healthz"

// Status is the answer's JSON.
type Status struct {
	Status string  `json:"status"`
	Uptime float64 `json:"uptime_seconds"`
}

// Handler answers 200 with a Status for as long as the server can answer at all.
func Handler() http.Handler {
	started := time.Now()
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		json.NewEncoder(w).Encode(Status{"ok", time.Since(started).Seconds()})
	})
}
