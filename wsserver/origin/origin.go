// Package origin decides which web pages may use the server. Browsers let any page open a
// WebSocket to any server and send the page's origin along (RFC 6455, section 10.2): without this
// check, every site that a person visits could talk to the lab on that person's machine.
package origin

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
)

// ErrPattern means that a setting is not a pattern for origins.
var ErrPattern = errors.New("not an origin pattern")

// Pattern allows origins: [scheme://]host[:port], where host may hold * and ?, and a pattern
// without scheme or port allows any. An IPv6 address is in brackets. "*" alone allows every page,
// "null" allows pages that have no origin, such as files.
type Pattern struct{ scheme, host, port string }

// ParsePattern reads a Pattern.
func ParsePattern(s string) (Pattern, error) {
	p := Pattern{host: strings.ToLower(strings.TrimSpace(s))}
	if scheme, rest, ok := strings.Cut(p.host, "://"); ok {
		p.scheme, p.host = scheme, rest
	}
	if host, port, err := net.SplitHostPort(p.host); err == nil {
		p.host, p.port = host, port
	}
	if inner, ok := strings.CutPrefix(p.host, "["); ok && strings.HasSuffix(inner, "]") {
		p.host = strings.TrimSuffix(inner, "]")
	}
	if _, err := path.Match(p.host, ""); err != nil || p.host == "" || strings.ContainsAny(p.host, "/ @[]") {
		return Pattern{}, fmt.Errorf("%w: %q (accepted: [scheme://]host[:port], as in localhost, *.example.com:8080 or https://[::1]:8443)", ErrPattern, s)
	}
	return p, nil
}

// UnmarshalText makes Pattern a setting.
func (p *Pattern) UnmarshalText(text []byte) (err error) {
	*p, err = ParsePattern(string(text))
	return err
}

func (p Pattern) matches(u *url.URL) bool {
	if p.scheme != "" && p.scheme != strings.ToLower(u.Scheme) || p.port != "" && p.port != port(u) {
		return false
	}
	ok, _ := path.Match(p.host, strings.ToLower(u.Hostname()))
	return ok
}

// port is the origin's port: browsers leave the scheme's own out.
func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
}

// Patterns is what a server allows.
type Patterns []Pattern

// Allow tells whether a request may be served: it comes from no page (it has no Origin header),
// or from a page that is allowed.
//
// A page from the very address that the request goes to is always allowed, whatever the port. For
// names that is not so: an attacker's name can be made to point here (DNS rebinding), an address
// cannot.
func (ps Patterns) Allow(r *http.Request) bool {
	header := r.Header.Get("Origin")
	if header == "" {
		return true
	}
	u, err := url.Parse(header)
	if err != nil {
		return false
	}
	if header == "null" {
		u = &url.URL{Host: header}
	}
	for _, p := range ps {
		if p.matches(u) {
			return true
		}
	}
	return sameAddress(u.Hostname(), r.Host)
}

func sameAddress(origin, host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	a, errA := netip.ParseAddr(origin)
	b, errB := netip.ParseAddr(strings.Trim(host, "[]"))
	return errA == nil && errB == nil && a == b
}
