package main

import (
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"

	"wslab/services/health"
	"wslab/webserver/accesslog"
	"wslab/webserver/facts"
	"wslab/webserver/refuse"
	"wslab/webserver/site"
)

// handler is everything that happens to a request, from the outside in.
func handler(set *settings, page fs.FS, access io.Writer, log *slog.Logger) http.Handler {
	h := readOnly(routes(set, site.New(page, log)))
	return &accesslog.Handler{Next: secured(h), Out: access, Zone: set.TZ.get(), Skip: ownProbe, Log: log}
}

// routes needs no http.ServeMux: that would clean paths, which site refuses instead.
func routes(set *settings, page http.Handler) http.Handler {
	ca := facts.CA{Dir: set.CertsDir}
	fixed := map[string]http.Handler{
		health.Path:   health.Handler(),
		facts.PEMPath: ca.PEM(),
		facts.DERPath: ca.DER(),
		facts.LabPath: facts.Lab(set.LabNet, published(set), ca),
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h, ok := fixed[r.URL.Path]; ok {
			h.ServeHTTP(w, r)
			return
		}
		page.ServeHTTP(w, r)
	})
}

func published(set *settings) facts.Ports {
	return facts.Ports{
		HTTP: uint16(set.HTTPPort), HTTPS: uint16(set.HTTPSPort),
		WS: uint16(set.WSPort), WSLegacy: uint16(set.WSLegacyPort), WSS: uint16(set.WSSPort),
	}
}

// readOnly lets nothing pass but what reads (RFC 9110, 9.2.1).
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			refuse.With(w, r, http.StatusMethodNotAllowed, "This server is for reading: use GET or HEAD.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ownProbe tells the container's own probe, which asks all the time and would bury in the access
// log what people did. A health check from elsewhere is somebody's, and logged.
func ownProbe(r *http.Request) bool {
	if r.URL.Path != health.Path {
		return false
	}
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
