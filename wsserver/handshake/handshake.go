// Package handshake is the way from an HTTP request to an open WebSocket connection, or to a
// refusal that says why (RFC 6455, section 4.2).
package handshake

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/endpoints"
	"wslab/wsserver/origin"
	"wslab/wsserver/params"
	"wslab/wsserver/wire"
)

// Handler opens connections to the endpoints.
type Handler struct {
	Origins      origin.Patterns
	Connections  *connections.Registry
	MaxMessage   int64         // bytes; a longer message closes with 1009
	WriteTimeout time.Duration // for a peer to take what is sent to it
	Log          *slog.Logger
}

// Serve upgrades the request and gives the connection to the endpoint until that is done with it.
func (h *Handler) Serve(w http.ResponseWriter, r *http.Request, e endpoints.Endpoint) {
	if !h.Origins.Allow(r) {
		h.refuse(w, r, http.StatusForbidden, fmt.Sprintf(
			"Origin %q is not allowed: open the lab's own page, or add this origin to ALLOWED_ORIGINS", r.Header.Get("Origin")))
		return
	}
	values, err := params.Parse(e.Params, r.URL.Query())
	if err != nil {
		h.refuse(w, r, http.StatusBadRequest, err.Error())
		return
	}
	if e.Refuse != nil && e.Refuse(w, r, values) {
		h.Log.Info("handshake refused", "remote", r.RemoteAddr, "path", r.URL.Path, "reason", "the endpoint did")
		return
	}
	if err := h.Connections.Reserve(); err != nil {
		w.Header().Set("Retry-After", "1")
		h.refuse(w, r, http.StatusServiceUnavailable, err.Error())
		return
	}
	defer h.Connections.Release()
	h.accept(w, e, endpoints.Request{Params: values, HTTP: r})
}

func (h *Handler) accept(w http.ResponseWriter, e endpoints.Endpoint, r endpoints.Request) {
	var subprotocols []string
	if e.Subprotocols != nil {
		subprotocols = e.Subprotocols(r.Params)
	}
	hijacker := &wire.Hijacker{ResponseWriter: w, WriteTimeout: h.WriteTimeout}
	ws, err := websocket.Accept(hijacker, r.HTTP, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // of the origin, which Allow has verified
		Subprotocols:       subprotocols,
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil { // Accept has answered
		h.Log.Info("handshake refused", "remote", r.HTTP.RemoteAddr, "path", r.HTTP.URL.Path, "reason", err)
		return
	}
	ws.SetReadLimit(h.MaxMessage)
	h.converse(ws, hijacker.Conn, e, r)
}

func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, status int, reason string) {
	h.Log.Info("handshake refused", "remote", r.RemoteAddr, "path", r.URL.Path, "status", status, "reason", reason)
	http.Error(w, reason, status)
}

func (h *Handler) converse(ws *websocket.Conn, w *wire.Conn, e endpoints.Endpoint, r endpoints.Request) {
	ctx, c := h.Connections.Add(ws, w)
	defer h.Connections.Remove(c)
	log := h.Log.With("id", c.ID)
	log.Info("connected", "remote", r.HTTP.RemoteAddr, "endpoint", e.Path, "scheme", scheme(r.HTTP), "subprotocol", ws.Subprotocol())
	started := time.Now()
	err := e.Serve(ctx, c, r)
	if err == nil {
		err = c.Close(websocket.StatusNormalClosure, "")
	}
	c.Cut() // after a closing handshake, or instead of one
	messagesIn, messagesOut := c.Messages()
	bytesIn, bytesOut := c.Bytes()
	log.Info("disconnected", "remote", r.HTTP.RemoteAddr, "endpoint", e.Path, "code", int(c.Code(err)),
		"messages_in", messagesIn, "messages_out", messagesOut, "bytes_in", bytesIn, "bytes_out", bytesOut,
		"duration", time.Since(started).Round(time.Millisecond))
	if errors.Is(err, connections.ErrNotUTF8) {
		log.Debug("peer broke the protocol", "error", err)
	}
}

func scheme(r *http.Request) string {
	if r.TLS != nil {
		return "wss"
	}
	return "ws"
}
