package main

import "net/http"

// policy allows what the page is made of and nothing else: its own scripts, styles and pictures,
// and connections to anywhere, because connecting is what the lab is for.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self' ws: wss: http: https:; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'; manifest-src 'self'"

// securityHeaders go with every answer. Strict-Transport-Security is not among them: browsers
// remember it by host name and not by port (RFC 6797, 8.3), so it would break every other
// project that this person runs on http://localhost.
var securityHeaders = http.Header{
	"Content-Security-Policy": {policy},
	"X-Content-Type-Options":  {"nosniff"},
	"Referrer-Policy":         {"no-referrer"},
	"Permissions-Policy":      {"camera=(), geolocation=(), microphone=()"},
}

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for name, value := range securityHeaders {
			h[name] = value
		}
		if r.TLS != nil { // over http browsers ignore it, with an error in the console
			h["Cross-Origin-Opener-Policy"] = []string{"same-origin"}
		}
		next.ServeHTTP(w, r)
	})
}
