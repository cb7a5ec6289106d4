package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsclient/peer"
)

func answer(t *testing.T, status int, contentType, body string) string {
	return peer.HTTP(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Location", "/elsewhere?a=b")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
}

func TestRefused(t *testing.T) {
	t.Parallel()
	const plain, json, html = "text/plain", "application/json", "text/html; charset=utf-8"
	long := `"endpoints":["` + strings.Repeat("x", 2000) + `"]}`
	for _, tc := range []struct {
		status                  int
		contentType, body, says string
	}{
		{200, plain, "welcome", `200 OK: "welcome": it took this for a plain request`},
		{302, plain, "", "connect to ws://127.0.0.1:"},
		{400, plain, "\n\nbad \x1b[1mrate\nmore", `400 Bad Request: "bad ` + "\uFFFD" + `[1mrate": see its answer with ` + "`wsclient info 'ws://"},
		{401, plain, "who?", "--header 'Authorization: …'"},
		{403, plain, "Origin", "give `--origin http://localhost:8080`"},
		{404, json, `{"name":"x","list":[1,{"error":"not this"}],"error":"there is no /a",` + long, `404 Not Found: "there is no /a": see which endpoints there are with ` + "`curl http://127"},
		{404, json, `{"name":"x",` + long, "404 Not Found: see which"},
		{404, json, `{"error":{"code":1}}`, "404 Not Found: see which"},
		{418, plain, strings.Repeat("x", 1000), `418 I'm a teapot: "` + strings.Repeat("x", 300) + `…": see`},
		{500, html, "<!doctype html>", "500 Internal Server Error: see"},
		{503, plain, "full", `"full": try again later`},
	} {
		t.Run(fmt.Sprint(tc.status, tc.contentType), func(t *testing.T) {
			t.Parallel()
			refuses(t, 6, tc.says, answer(t, tc.status, tc.contentType, tc.body))
		})
	}
}

func TestFaultyAnswer(t *testing.T) {
	t.Parallel()
	switching := "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
	for name, tc := range map[string]struct{ answer, says string }{
		"wrong key":       {switching + "Sec-WebSocket-Accept: bm8=\r\n\r\n", "the server agreed, but its answer is faulty"},
		"no websocket":    {"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", `Upgrade header "h2c"`},
		"another service": {"SSH-2.0-OpenSSH_9.9\r\n", "is not HTTP"},
		"endless header":  {"HTTP/1.1 200 OK\r\nA: " + strings.Repeat("a", 1<<20), "is not HTTP"},
		"nothing":         {"", "closed the connection instead of answering: is there a WebSocket server on this port?"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			addr := peer.TCP(t, func(c net.Conn) {
				io.CopyN(io.Discard, c, 10)
				if io.WriteString(c, tc.answer); name == "endless header" {
					hold(c)
				}
			})
			refuses(t, 6, tc.says, "ws://"+addr)
		})
	}
}

// What is asked for is what the server gets.
func TestRequest(t *testing.T) {
	t.Parallel()
	got := make(chan *http.Request, 1)
	url := peer.HTTP(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got <- r
		peer.Handler(func(_ context.Context, c *websocket.Conn) { c.Close(1000, "") }).ServeHTTP(w, r)
	}))
	p := start(t, open(t), "cat", "--header=cookie: a=1, b=2", "--header", "X-A:1", "--header=X-A: 2", "--header=Host: ws.example.com",
		"--origin=http://localhost:8080", "--subprotocol=zero,two", "--subprotocol=one", "--compress", strings.Replace(url, "ws://", "ws://me:secret@", 1)+"/a%20b?c=d")
	p.want(t, 0, "")
	r := <-got
	user, password, _ := r.BasicAuth()
	for name, pair := range map[string][2]any{
		"path":        {r.URL.String(), "/a%20b?c=d"},
		"host":        {r.Host, "ws.example.com"},
		"user":        {user + ":" + password, "me:secret"},
		"Cookie":      {r.Header.Get("Cookie"), "a=1, b=2"},
		"X-A":         {strings.Join(r.Header["X-A"], "|"), "1|2"},
		"Origin":      {strings.Join(r.Header["Origin"], "|"), "http://localhost:8080"},
		"subprotocol": {r.Header.Get("Sec-WebSocket-Protocol"), "zero,two,one"},
		"extensions":  {r.Header.Get("Sec-WebSocket-Extensions"), "permessage-deflate"},
		"client":      {r.UserAgent(), "wslab-wsclient"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q, want %q", name, pair[0], pair[1])
		}
	}
}

func TestRequestWithoutMore(t *testing.T) {
	t.Parallel()
	got := make(chan *http.Request, 1)
	url := peer.HTTP(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got <- r; w.WriteHeader(403) }))
	refuses(t, 6, "403", "--header=User-Agent: mine", url)
	r := <-got
	for _, name := range []string{"Origin", "Sec-Websocket-Protocol", "Sec-Websocket-Extensions", "Cookie"} {
		if r.Header[name] != nil {
			t.Errorf("nobody asked for %s: %q", name, r.Header[name])
		}
	}
	if agents := r.Header["User-Agent"]; len(agents) != 1 || agents[0] != "mine" {
		t.Errorf("user agents %q", agents)
	}
}
