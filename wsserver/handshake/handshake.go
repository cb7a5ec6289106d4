// Package handshake is the way from an HTTP request to an open WebSocket connection, or to a
// refusal that says why (RFC 6455, section 4.2).
package handshake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/endpoints"
	"wslab/wsserver/metrics"
	"wslab/wsserver/origin"
	"wslab/wsserver/params"
	"wslab/wsserver/trace"
	"wslab/wsserver/wire"
)

// Handler opens connections to the endpoints.
type Handler struct {
	Origins      origin.Patterns
	Connections  *connections.Registry
	MaxMessage   int64         // bytes; a longer message closes with 1009
	WriteTimeout time.Duration // for a peer to take what is sent to it
	Compression  websocket.CompressionMode
	Traces       trace.Traces
	Metrics      *metrics.Metrics // may be nil
	Log          *slog.Logger
}

// Serve upgrades the request and gives the connection to the endpoint until that is done with it.
func (h *Handler) Serve(w http.ResponseWriter, r *http.Request, e endpoints.Endpoint) {
	if !h.Origins.Allow(r) {
		h.refuse(w, r, metrics.BadOrigin, http.StatusForbidden, fmt.Sprintf(
			"Origin %q is not allowed: open the lab's own page, or add this origin to ALLOWED_ORIGINS", r.Header.Get("Origin")))
		return
	}
	if version := r.Header.Get("Sec-WebSocket-Version"); version != "13" {
		w.Header().Set("Sec-WebSocket-Version", "13") // section 4.4
		h.refuse(w, r, metrics.BadVersion, http.StatusUpgradeRequired, fmt.Sprintf("WebSocket version %q is not spoken here, 13 is", version))
		return
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		h.refuse(w, r, metrics.BadParameter, http.StatusBadRequest, err.Error())
		return
	}
	values, err := params.Parse(e.Params, query)
	if err != nil {
		h.refuse(w, r, metrics.BadParameter, http.StatusBadRequest, err.Error())
		return
	}
	if e.Refuse != nil && e.Refuse(w, r, values) {
		h.note(r, metrics.ByEndpoint, "the endpoint did")
		return
	}
	if err := h.Connections.Reserve(address(r)); err != nil {
		w.Header().Set("Retry-After", "1")
		h.refuse(w, r, metrics.NoPlace, http.StatusServiceUnavailable, err.Error())
		return
	}
	release := func() { h.Connections.Release(address(r)) }
	watch, unwatch, err := h.trace(query.Get(params.Trace))
	if err != nil {
		release()
		h.refuse(w, r, metrics.BadTrace, trace.Status(err), err.Error())
		return
	}
	end := func() { unwatch(); release() }
	request := endpoints.Request{Params: values, HTTP: r}
	ctx, c := h.accept(w, e, request, watch)
	if c == nil {
		end()
		return
	}
	// A goroutine of its own gives back what net/http holds for a request: its stack and buffers
	// are most of what an idle connection would cost.
	go h.converse(ctx, c, e, request, end)
}

// trace returns what is to see the connection's frames, nil without an ID, and what is to be
// called when there will be no more.
func (h *Handler) trace(id string) (watch func(wire.Frame), unwatch func(), err error) {
	if id == "" {
		return nil, func() {}, nil
	}
	t, err := h.Traces.Connect(id)
	if err != nil {
		return nil, nil, err
	}
	return t.See, t.End, nil
}

// accept returns nil where the handshake was refused.
func (h *Handler) accept(w http.ResponseWriter, e endpoints.Endpoint, r endpoints.Request, watch func(wire.Frame)) (context.Context, *connections.Conn) {
	var subprotocols []string
	if e.Subprotocols != nil {
		subprotocols = e.Subprotocols(r.Params)
	}
	hijacker := &wire.Hijacker{ResponseWriter: w, Options: wire.Options{WriteTimeout: h.WriteTimeout, MaxMessage: h.MaxMessage}}
	ws, err := websocket.Accept(hijacker, r.HTTP, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // of the origin, which Allow has verified
		Subprotocols:       subprotocols,
		CompressionMode:    h.Compression,
	})
	if err != nil { // Accept has answered
		h.note(r.HTTP, metrics.BadHandshake, err.Error())
		return nil, nil
	}
	if watch != nil {
		hijacker.Conn.Watch(watch)
	}
	deflate := w.Header().Get("Sec-Websocket-Extensions") != ""
	if deflate {
		hijacker.Conn.Deflate()
	}
	return h.Connections.Add(ws, hijacker.Conn, deflate)
}

func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, reason string, status int, text string) {
	h.note(r, reason, text)
	http.Error(w, text, status)
}

func (h *Handler) note(r *http.Request, reason, text string) {
	h.Metrics.Refused(reason)
	h.Log.Info("handshake refused", "remote", r.RemoteAddr, "path", r.URL.Path, "reason", reason, "detail", text)
}

// converse gives the connection to the endpoint, and cleans up after it.
func (h *Handler) converse(ctx context.Context, c *connections.Conn, e endpoints.Endpoint, r endpoints.Request, end func()) {
	log := h.Log.With("id", c.ID, "remote", r.HTTP.RemoteAddr, "endpoint", e.Path, "scheme", scheme(r.HTTP), "subprotocol", c.Subprotocol())
	log.Info("connected")
	closed := h.Metrics.Opened(e.Path, scheme(r.HTTP))
	started := time.Now()
	err := serve(ctx, c, e, r)
	if err == nil {
		err = c.Close(websocket.StatusNormalClosure, "")
	}
	c.Cut() // after a closing handshake, or instead of one
	h.Connections.Remove(c)
	end()
	closed(c.Code(err))
	messagesIn, messagesOut := c.Messages()
	bytesIn, bytesOut := c.Bytes()
	log.Info("disconnected", "code", int(c.Code(err)),
		"messages_in", messagesIn, "messages_out", messagesOut, "bytes_in", bytesIn, "bytes_out", bytesOut,
		"duration", time.Since(started).Round(time.Millisecond))
	log.Debug("conversation ended", "error", err)
	if errors.Is(err, errPanic) {
		log.Error("endpoint failed", "error", err)
	}
}

// errPanic is a mistake in an endpoint. It costs the connection, not the server.
var errPanic = errors.New("endpoint panicked")

func serve(ctx context.Context, c *connections.Conn, e endpoints.Endpoint, r endpoints.Request) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanic, fault, debug.Stack())
			c.Close(websocket.StatusInternalError, "the server made a mistake")
		}
	}()
	return e.Serve(ctx, c, r)
}

// address is the client's, without its port.
func address(r *http.Request) string {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	return host
}

func scheme(r *http.Request) string {
	if r.TLS != nil {
		return "wss"
	}
	return "ws"
}
