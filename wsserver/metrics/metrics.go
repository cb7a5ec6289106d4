// Package metrics counts what the server does, for Prometheus.
package metrics

import (
	"fmt"
	"net/http"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
)

// Path is where they are served.
const Path = "/metrics"

// Reasons why a handshake was refused.
const (
	BadOrigin    = "origin"
	BadVersion   = "version"
	BadParameter = "parameter"
	BadTrace     = "trace"
	BadHandshake = "handshake" // another rule of RFC 6455, section 4.2.1
	ByEndpoint   = "endpoint"  // /auth and /status do
	NoPlace      = "no_place"  // too many connections, or the server stops
	NoEndpoint   = "no_endpoint"
)

// Metrics are one server's. A nil one counts nothing.
type Metrics struct {
	set  *metrics.Set
	ping *metrics.Summary
}

// New counts for a server of that version. totals is asked whenever somebody looks.
func New(version string, totals func() connections.Totals) *Metrics {
	set := metrics.NewSet()
	set.NewGauge(fmt.Sprintf(`wsserver_build_info{version=%q}`, version), func() float64 { return 1 })
	for name, value := range map[string]func(connections.Totals) int64{
		`wsserver_messages_total{direction="in"}`:  func(t connections.Totals) int64 { return t.MessagesIn },
		`wsserver_messages_total{direction="out"}`: func(t connections.Totals) int64 { return t.MessagesOut },
		`wsserver_bytes_total{direction="in"}`:     func(t connections.Totals) int64 { return t.BytesIn },
		`wsserver_bytes_total{direction="out"}`:    func(t connections.Totals) int64 { return t.BytesOut },
	} {
		set.NewGauge(name, func() float64 { return float64(value(totals())) })
	}
	return &Metrics{set, set.NewSummary("wsserver_ping_round_trip_seconds")}
}

// Opened counts a connection, and returns what is to be called at its end.
func (m *Metrics) Opened(endpoint, scheme string) (closed func(websocket.StatusCode)) {
	if m == nil {
		return func(websocket.StatusCode) {}
	}
	labels := fmt.Sprintf(`{endpoint=%q,scheme=%q}`, endpoint, scheme)
	open := m.set.GetOrCreateGauge("wsserver_connections_open"+labels, nil)
	open.Inc()
	m.set.GetOrCreateCounter("wsserver_connections_total" + labels).Inc()
	return func(code websocket.StatusCode) {
		open.Dec()
		m.set.GetOrCreateCounter(fmt.Sprintf(`wsserver_closes_total{code="%d"}`, code)).Inc()
	}
}

// Refused counts a handshake that was refused.
func (m *Metrics) Refused(reason string) {
	if m != nil {
		m.set.GetOrCreateCounter(fmt.Sprintf("wsserver_handshakes_refused_total{reason=%q}", reason)).Inc()
	}
}

// RoundTrip takes the time that a ping and its pong took.
func (m *Metrics) RoundTrip(d time.Duration) {
	if m != nil {
		m.ping.Update(d.Seconds())
	}
}

// ServeHTTP answers with all of them, and with those of the process.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	m.set.WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
}
