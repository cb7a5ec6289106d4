package conformance

import (
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

// Offers of permessage-deflate (RFC 7692, section 7.1).
const (
	offer           = "Sec-WebSocket-Extensions: permessage-deflate"
	offerNoTakeover = offer + "; client_no_context_takeover; server_no_context_takeover"
)

// mode is a way of sending messages.
type mode struct {
	name        string
	compression websocket.CompressionMode
	offer       string
	takeover    bool
	secure      bool
}

var modes = []mode{
	{name: "plain"},
	{name: "deflate", compression: websocket.CompressionContextTakeover, offer: offer, takeover: true},
	{name: "deflate without takeover", compression: websocket.CompressionNoContextTakeover, offer: offerNoTakeover},
	{name: "TLS", secure: true},
	{name: "TLS and deflate", secure: true, compression: websocket.CompressionContextTakeover, offer: offer, takeover: true},
}

func (m mode) deflates() bool { return m.offer != "" }

// server starts a server for the mode.
func (m mode) server(t *testing.T) *testserver.Server {
	t.Helper()
	start := testserver.New
	if m.secure {
		start = testserver.NewTLS
	}
	server := start(t, 100)
	server.Compression = m.compression
	return server
}

// open opens a connection to /echo.
func (m mode) open(t *testing.T, server *testserver.Server) *Client {
	t.Helper()
	return m.openPath(t, server, "/echo")
}

func (m mode) openPath(t *testing.T, server *testserver.Server, path string) *Client {
	t.Helper()
	if !m.deflates() {
		return Open(t, server.URL, path)
	}
	c := Open(t, server.URL, path, m.offer)
	if c.Response.Header.Get("Sec-WebSocket-Extensions") == "" {
		t.Fatal("permessage-deflate was declined")
	}
	return c
}

// encoder makes frames of messages.
func (m mode) encoder() func(opcode byte, message []byte) Frame {
	if !m.deflates() {
		return func(opcode byte, message []byte) Frame { return Frame{Opcode: opcode, Payload: message} }
	}
	d := &Deflater{Takeover: m.takeover}
	return d.Frame
}

// eachMode runs a test for every mode that suits.
func eachMode(t *testing.T, suits func(mode) bool, test func(t *testing.T, m mode, server *testserver.Server)) {
	t.Parallel()
	for _, m := range modes {
		if !suits(m) {
			continue
		}
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			test(t, m, m.server(t))
		})
	}
}

func every(mode) bool          { return true }
func uncompressed(m mode) bool { return !m.deflates() }
