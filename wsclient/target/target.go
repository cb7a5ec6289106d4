// Package target is where to connect to: a WebSocket URL (RFC 6455, section 3).
package target

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"wslab/services/lab"
)

// ErrURL means that a text is not a WebSocket URL.
var ErrURL = errors.New("not a WebSocket URL")

// URL is a WebSocket URL.
type URL struct{ url url.URL }

// Parse reads a URL such as wss://localhost:10443/echo.
func Parse(text string) (URL, error) {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "ws" && u.Scheme != "wss") || u.Hostname() == "" {
		return URL{}, fmt.Errorf("%w: %q (accepted: ws://HOST[:PORT][/PATH] and wss://HOST[:PORT][/PATH]%s)", ErrURL, text, guess(text))
	}
	if port, err := strconv.Atoi(u.Port()); u.Port() != "" && (err != nil || port < 1 || port > 65535) {
		return URL{}, fmt.Errorf("%w: %q has a port that is not from 1 to 65535", ErrURL, text)
	}
	if strings.Contains(text, "#") { // RFC 6455, section 3
		return URL{}, fmt.Errorf("%w: %q has a #fragment, which may not be in one: write # as %%23", ErrURL, text)
	}
	return URL{*u}, nil
}

// UnmarshalText makes URL an argument.
func (u *URL) UnmarshalText(text []byte) (err error) {
	*u, err = Parse(string(text))
	return err
}

// guess is what the person may have meant, as an addition to a sentence, or "".
func guess(text string) string {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		scheme, rest = "", text
	}
	switch host, _, _ := strings.Cut(rest, "/"); {
	case rest == "" || strings.ContainsAny(rest, " @"):
		return ""
	case scheme == "https" || strings.HasSuffix(host, "443"):
		return "; did you mean wss://" + rest + "?"
	case scheme == "http" || (scheme == "" && strings.Contains(host, ":")):
		return "; did you mean ws://" + rest + "?"
	}
	return ""
}

// Secure tells wss:// from ws://.
func (u URL) Secure() bool { return u.url.Scheme == "wss" }

// Host is the name or address alone.
func (u URL) Host() string { return u.url.Hostname() }

// HostPort is what to dial.
func (u URL) HostPort() string {
	port := u.url.Port()
	switch {
	case port == "" && u.Secure():
		port = "443"
	case port == "":
		port = "80"
	}
	return net.JoinHostPort(u.Host(), port)
}

// IsLabName tells whether the host is one of the WebSocket server's names in the lab's network.
func (u URL) IsLabName() bool { return slices.Contains(lab.AllWSNames(), u.Host()) }

// String is the URL as it may be shown: without a password.
func (u URL) String() string { return u.url.Redacted() }

// Full is the URL as it was given.
func (u URL) Full() string { return u.url.String() }

// WithPath is the URL with this path where it has none.
func (u URL) WithPath(path string) URL {
	if u.url.Path == "" {
		u.url.Path = path
	}
	return u
}

// Other is the URL with the other scheme, for advice.
func (u URL) Other() URL {
	u.url.Scheme = map[bool]string{true: "ws", false: "wss"}[u.Secure()]
	return u
}

// Plain is where the server's plain pages are: http:// or https:// with this path.
func (u URL) Plain(path string) string {
	scheme := map[bool]string{true: "https", false: "http"}[u.Secure()]
	return (&url.URL{Scheme: scheme, Host: u.url.Host, Path: path}).String()
}
