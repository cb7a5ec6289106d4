package page_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/coder/websocket"
)

var quiet = log.New(io.Discard, "", 0)

// endpoints are the index that the page's menu is filled from.
var endpoints = []map[string]any{
	{"path": "/", "summary": "greets, then sends every message back", "example": "/"},
	{"path": "/foo", "summary": "greets, then sends every message back", "example": "/foo"},
	{"path": "/bar", "summary": "greets, then sends every message back", "example": "/bar"},
	{"path": "/echo", "summary": "sends every message back", "example": "/echo"},
	{"path": "/rtt", "summary": "sends one message back, then closes", "example": "/rtt"},
	{"path": "/time", "summary": "pushes the time", "example": "/time?every=1s", "params": []map[string]string{
		{"name": "every", "type": "duration", "default": "1s", "accepts": "10ms to 1h", "summary": "how often"},
	}},
	{"path": "/binary", "summary": "sends bytes 0 to 99", "example": "/binary"},
	{"path": "/flood", "summary": "sends 3000 messages", "example": "/flood"},
	{"path": "/abort", "summary": "cuts the connection", "example": "/abort"},
	{"path": "/silent", "summary": "never answers the handshake", "example": "/silent"},
}

// wsHandler behaves like the lab's WebSocket server, as far as the page can see.
func wsHandler(origins []string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", index)
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, map[string]string{"status": "ok"}) })
	mux.HandleFunc("/picky", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusBadRequest, map[string]any{"error": "parameter every=1y: 10ms to 1h is accepted", "endpoints": endpoints})
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	for name, talk := range talks {
		mux.HandleFunc(name, upgrade(origins, talk))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		allow(w, r, origins)
		mux.ServeHTTP(w, r)
	})
}

func allow(w http.ResponseWriter, r *http.Request, origins []string) {
	_, host, _ := strings.Cut(r.Header.Get("Origin"), "://")
	for _, pattern := range origins {
		if ok, _ := path.Match(pattern, host); ok {
			w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		}
	}
	w.Header().Set("Vary", "Origin")
	w.Header().Set("X-Content-Type-Options", "nosniff")
}

func index(w http.ResponseWriter, r *http.Request) {
	status := http.StatusNotFound
	if r.URL.Path == "/" {
		status = http.StatusOK
	}
	answer(w, status, map[string]any{"name": "wsserver", "version": "test", "endpoints": endpoints})
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

type talk func(ctx context.Context, c *websocket.Conn) error

var talks = map[string]talk{
	"/foo": greet(`Connected to "/foo"...`), "/bar": greet(`Connected to "/bar"...`),
	"/echo": echo, "/rtt": rtt, "/binary": sendBinary, "/flood": flood,
	"/abort": func(_ context.Context, c *websocket.Conn) error { return c.CloseNow() },
}

func upgrade(origins []string, talk talk) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: origins})
		if err != nil {
			return
		}
		defer c.CloseNow()
		c.SetReadLimit(4 << 20)
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		_ = talk(ctx, c)
	}
}

func greet(words string) talk {
	return func(ctx context.Context, c *websocket.Conn) error {
		if err := c.Write(ctx, websocket.MessageText, []byte(words)); err != nil {
			return err
		}
		return echo(ctx, c)
	}
}

func echo(ctx context.Context, c *websocket.Conn) error {
	for {
		if err := echoOne(ctx, c); err != nil {
			return err
		}
	}
}

func echoOne(ctx context.Context, c *websocket.Conn) error {
	kind, data, err := c.Read(ctx)
	if err != nil {
		return err
	}
	return c.Write(ctx, kind, data)
}

func rtt(ctx context.Context, c *websocket.Conn) error {
	if err := echoOne(ctx, c); err != nil {
		return err
	}
	return c.Close(websocket.StatusNormalClosure, "one message was enough")
}

func sendBinary(ctx context.Context, c *websocket.Conn) error {
	data := make([]byte, 100)
	for i := range data {
		data[i] = byte(i)
	}
	if err := c.Write(ctx, websocket.MessageBinary, data); err != nil {
		return err
	}
	return echo(ctx, c)
}

func flood(ctx context.Context, c *websocket.Conn) error {
	for i := range 3000 {
		if err := c.Write(ctx, websocket.MessageText, fmt.Appendf(nil, "message %d", i)); err != nil {
			return err
		}
	}
	return echo(ctx, c)
}
