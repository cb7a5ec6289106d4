// Package dial opens a WebSocket connection, and reports what could be seen of it on the way.
package dial

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptrace"
	"time"

	"github.com/coder/websocket"

	"wslab/wsclient/strict"
	"wslab/wsclient/target"
	"wslab/wsclient/trust"
)

// maxHeader bounds what a server can send before the connection is open.
const maxHeader = 64 << 10

// Dialer says where to connect to, and how.
type Dialer struct {
	Target       target.URL
	Roots        trust.Roots
	Insecure     bool
	Header       []target.Header
	Subprotocols []string
	Compress     bool
	Timeout      time.Duration
	MaxMessage   int64
	Resolver     *net.Resolver // nil for the system's
	Shown        bool          // all of a server's answer is printed anyway
}

// Dial connects. The report is never nil: it goes as far as the connection came. The error has an
// exit code, and ends with what to do.
func (d *Dialer) Dial(interrupt context.Context) (*websocket.Conn, *Report, error) {
	ctx, cancel := context.WithTimeout(interrupt, d.Timeout)
	defer cancel()
	seen := newObserver(d.Target)
	conn, resp, err := websocket.Dial(httptrace.WithClientTrace(ctx, seen.trace()), d.Target.Full(), d.options(seen))
	report := seen.finish(resp)
	if err != nil {
		return nil, report, d.explain(interrupt, err, report)
	}
	conn.SetReadLimit(d.MaxMessage)
	return conn, report, nil
}

func (d *Dialer) options(seen *observer) *websocket.DialOptions {
	options := &websocket.DialOptions{
		HTTPClient:   &http.Client{Transport: strict.Transport{RoundTripper: d.transport(seen)}, CheckRedirect: stay},
		HTTPHeader:   http.Header{"User-Agent": {"wslab-wsclient"}},
		Subprotocols: d.Subprotocols,
	}
	replaced := map[string]bool{}
	for _, h := range d.Header {
		if h.Name == "Host" { // net/http keeps this one apart
			options.Host = h.Value
			continue
		}
		if !replaced[h.Name] {
			options.HTTPHeader.Del(h.Name)
		}
		replaced[h.Name] = true
		options.HTTPHeader.Add(h.Name, h.Value)
	}
	if d.Compress {
		options.CompressionMode = websocket.CompressionContextTakeover
	}
	return options
}

// stay keeps net/http from following a redirect, which would hide it from who looks for a fault.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func (d *Dialer) transport(seen *observer) *http.Transport {
	return &http.Transport{
		DialContext: d.dialer().DialContext,
		DialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := d.dialer().DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			return seen.over(tls.Client(conn, d.tlsConfig())), nil
		},
		MaxResponseHeaderBytes: maxHeader,
	}
}

func (d *Dialer) dialer() *net.Dialer { return &net.Dialer{Resolver: d.Resolver} }

// tlsConfig is for a connection of our own, on which net/http does the TLS handshake: on one of
// its own it would leave out ALPN.
func (d *Dialer) tlsConfig() *tls.Config {
	return &tls.Config{
		RootCAs:            d.Roots.Pool,
		ServerName:         d.Target.Host(),
		InsecureSkipVerify: d.Insecure,
		NextProtos:         []string{"http/1.1"}, // a WebSocket starts from HTTP/1.1 (RFC 6455)
	}
}
