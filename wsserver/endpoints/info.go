package endpoints

import (
	"context"
	"crypto/tls"
	"net/http"
	"strings"

	"wslab/wsserver/connections"
)

func init() {
	register(Endpoint{
		Path:    "/info",
		Group:   Insight,
		Summary: "sends what the server saw of your handshake, as JSON, then every message back",
		Details: "Headers, addresses, subprotocols and extensions, TLS. Your cookies and passwords are among the headers; they are for you, and not logged.",
		Example: "/info",
		Serve:   info,
	})
}

func info(ctx context.Context, c *connections.Conn, r Request) error {
	if err := sendJSON(c, describe(c, r.HTTP)); err != nil {
		return err
	}
	return echo(ctx, c, r)
}

// seen is a handshake, as the server saw it. It holds the client's own secrets: it is for the
// client, and for no log.
type seen struct {
	Remote      string      `json:"remote"`
	Host        string      `json:"host"`
	Path        string      `json:"path"`
	Query       string      `json:"query"`
	HTTP        string      `json:"http"`
	Headers     http.Header `json:"headers"`
	Subprotocol negotiated  `json:"subprotocol"`
	Extensions  negotiated  `json:"extensions"`
	TLS         *seenTLS    `json:"tls"` // null for ws://
}

// negotiated is what the client offered, and what became of it: "" for nothing.
type negotiated struct {
	Offered []string `json:"offered"`
	Chosen  string   `json:"chosen"`
}

type seenTLS struct {
	Version string `json:"version"`
	Cipher  string `json:"cipher"`
	SNI     string `json:"sni"`
	ALPN    string `json:"alpn"`
	Resumed bool   `json:"resumed"`
}

func describe(c *connections.Conn, r *http.Request) seen {
	return seen{
		Remote: r.RemoteAddr, Host: r.Host, Path: r.URL.Path, Query: r.URL.RawQuery, HTTP: r.Proto, Headers: r.Header,
		Subprotocol: negotiated{offered(r, "Sec-Websocket-Protocol"), c.Subprotocol()},
		Extensions:  negotiated{offered(r, "Sec-Websocket-Extensions"), extension(c)},
		TLS:         describeTLS(r.TLS),
	}
}

func describeTLS(state *tls.ConnectionState) *seenTLS {
	if state == nil {
		return nil
	}
	return &seenTLS{
		Version: tls.VersionName(state.Version), Cipher: tls.CipherSuiteName(state.CipherSuite),
		SNI: state.ServerName, ALPN: state.NegotiatedProtocol, Resumed: state.DidResume,
	}
}

// offered reads a header that is a list: several lines are the same as one with commas (RFC 6455,
// section 4.3).
func offered(r *http.Request, header string) []string {
	items := []string{}
	for _, line := range r.Header[header] {
		for item := range strings.SplitSeq(line, ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
	}
	return items
}

func extension(c *connections.Conn) string {
	if c.Deflated() {
		return "permessage-deflate" // the only one that there is here
	}
	return ""
}
