package conformance

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"wslab/wsserver/testserver"
)

const key = "dGhlIHNhbXBsZSBub25jZQ=="

// handshakes are requests, made from Hello by a replacement, and the status that they get
// (RFC 6455, section 4.2.1, item by item).
var handshakes = []struct {
	name, old, new string
	want           int
}{
	{"as in the RFC", "", "", 101},

	{"POST", "GET", "POST", 405},
	{"HEAD", "GET", "HEAD", 405},
	{"CONNECT", "GET", "CONNECT", 405},
	{"HTTP/1.0", "HTTP/1.1", "HTTP/1.0", 426},
	{"HTTP/2.0", "HTTP/1.1", "HTTP/2.0", 505},
	{"HTTP/0.9", "HTTP/1.1", "HTTP/0.9", 505},
	{"absolute form", "GET /echo", "GET http://127.0.0.1/echo", 101},

	{"no Host", "Host: 127.0.0.1\r\n", "", 400},
	{"two Hosts", "Host: 127.0.0.1\r\n", "Host: a\r\nHost: b\r\n", 400},
	{"a Host that is none", "Host: 127.0.0.1", "Host: a b", 400},

	{"no Upgrade", "Upgrade: websocket\r\n", "", 426},
	{"another Upgrade", "Upgrade: websocket", "Upgrade: h2c", 426},
	{"nearly the right Upgrade", "Upgrade: websocket", "Upgrade: websockets", 426},
	{"Upgrade in another case", "Upgrade: websocket", "upgrade: WebSocket", 101},
	{"Upgrade in capitals", "Upgrade: websocket", "UPGRADE: WEBSOCKET", 101},
	{"Upgrade in a list", "Upgrade: websocket", "Upgrade: h2c, websocket", 101},
	{"Upgrade in two fields", "Upgrade: websocket", "Upgrade: h2c\r\nUpgrade: websocket", 101},

	{"no Connection", "Connection: Upgrade\r\n", "", 426},
	{"another Connection", "Connection: Upgrade", "Connection: keep-alive", 426},
	{"nearly the right Connection", "Connection: Upgrade", "Connection: Upgraded", 426},
	{"Connection in another case", "Connection: Upgrade", "connection: upGRADE", 101},
	{"Connection in a list", "Connection: Upgrade", "Connection: keep-alive ,  Upgrade", 101},
	{"Connection in two fields", "Connection: Upgrade", "Connection: keep-alive\r\nConnection: upgrade", 101},

	{"no key", "Sec-WebSocket-Key: " + key + "\r\n", "", 400},
	{"empty key", key, "", 400},
	{"15 bytes of key", key, "MTIzNDU2Nzg5MDEyMzQ1", 400},
	{"17 bytes of key", key, "MTIzNDU2Nzg5MDEyMzQ1Njc=", 400},
	{"key without padding", key, strings.TrimSuffix(key, "=="), 400},
	{"key that is not base64", key, strings.Repeat("!", 24), 400},
	{"two keys", "Sec-WebSocket-Key: ", "Sec-WebSocket-Key: " + key + "\r\nSec-WebSocket-Key: ", 400},
	{"key with white space around", key, "\t " + key + " \t", 101},

	{"no version", "Sec-WebSocket-Version: 13\r\n", "", 426},
	{"version 8", "Version: 13", "Version: 8", 426},
	{"version 0", "Version: 13", "Version: 0", 426},
	{"version 14", "Version: 13", "Version: 14", 426},
	{"version with a zero", "Version: 13", "Version: 013", 426},
	{"two versions", "Version: 13", "Version: 8, 13", 426},
	{"version in another case", "Sec-WebSocket-Version", "sec-websocket-version", 101},

	{"no such endpoint", "/echo", "/nothing", 404},
	{"fragment in the path (3)", "/echo", "/echo#fragment", 404},
}

func TestHandshake(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		for _, tc := range handshakes {
			t.Run(tc.name, func(t *testing.T) {
				t.Parallel()
				c := Connect(t, server.URL)
				c.Shake(strings.Replace(Hello, tc.old, tc.new, 1)+"\r\n", tc.want)
				h := c.Response.Header
				if tc.want != http.StatusSwitchingProtocols {
					if h.Get("Sec-WebSocket-Accept") != "" {
						t.Error("accepted, in spite of the status")
					}
					return
				}
				c.wantSwitched()
			})
		}
	})
}

// wantSwitched checks the answer (section 4.2.2) to the key of the RFC, and that it is meant.
func (c *Client) wantSwitched() {
	c.t.Helper()
	h := c.Response.Header
	for name, want := range map[string]string{
		"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
		"Sec-WebSocket-Protocol": "", "Sec-WebSocket-Extensions": "", "Sec-WebSocket-Version": "",
		"Content-Length": "", "Transfer-Encoding": "", "Content-Type": "",
	} {
		if got := h.Get(name); got != want {
			c.t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	c.Send(Frame{Opcode: Text, Payload: []byte("open")}.Bytes())
	c.Want(Text, []byte("open"))
}

// A client that speaks another version is told which one to speak (section 4.4).
func TestVersionIsNamed(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	for _, version := range []string{"0", "7", "8", "14", "thirteen", ""} {
		c := Connect(t, server.URL)
		c.Shake(strings.Replace(Hello, "Version: 13", "Version: "+version, 1)+"\r\n", http.StatusUpgradeRequired)
		if got := c.Response.Header.Get("Sec-WebSocket-Version"); got != "13" {
			t.Errorf("version %q: Sec-WebSocket-Version is %q", version, got)
		}
	}
}

// The answer to any key is that of section 1.3.
func TestAccept(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 100)
	for range 20 {
		var nonce [16]byte
		rand.Read(nonce[:])
		own := base64.StdEncoding.EncodeToString(nonce[:])
		c := Connect(t, server.URL)
		c.Shake(strings.Replace(Hello, key, own, 1)+"\r\n", http.StatusSwitchingProtocols)
		sum := sha1.Sum([]byte(own + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
		if got, want := c.Response.Header.Get("Sec-WebSocket-Accept"), base64.StdEncoding.EncodeToString(sum[:]); got != want {
			t.Errorf("key %s: Sec-WebSocket-Accept is %s, want %s", own, got, want)
		}
	}
}

// Frames may come in the same segment as the handshake, more of them than net/http's buffer holds,
// or may be cut anywhere by its end.
func TestEarlyFrames(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		hello := Hello + "\r\n"
		if m.deflates() {
			hello = Hello + m.offer + "\r\n\r\n"
		}
		for _, size := range []int{0, 1, 100, 3900, 4096, 10_000} {
			c, encode := Connect(t, server.URL), m.encoder()
			first, second := encode(Binary, noise(size)), encode(Text, []byte("second")).Bytes()
			c.Send(append([]byte(hello), append(first.Bytes(), second[:3]...)...))
			c.WantStatus(http.StatusSwitchingProtocols)
			c.WantMessage(Binary, noise(size))
			c.Send(second[3:])
			c.WantMessage(Text, []byte("second"))
		}
	})
}

// The server takes what it likes best of what the client offers, and says so in the client's
// words; with nothing in common it says nothing (section 4.2.2, item 5).
func TestSubprotocol(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 100)
	for _, tc := range []struct{ accept, offer, want string }{
		{"chat,superchat", "chat", "chat"},
		{"chat,superchat", "superchat", "superchat"},
		{"chat,superchat", "superchat, chat", "chat"},
		{"superchat,chat", "chat ,superchat", "superchat"},
		{"chat,superchat", "other\r\nSec-WebSocket-Protocol: superchat", "superchat"},
		{"chat", "other, soap, wamp", ""},
		{"chat", "chatter, cha, chat.v2", ""},
		{"chat", ",", ""},
	} {
		c := Open(t, server.URL, "/subprotocol?accept="+tc.accept, "Sec-WebSocket-Protocol: "+tc.offer)
		values := c.Response.Header.Values("Sec-WebSocket-Protocol")
		if got := strings.Join(values, "|"); got != tc.want || tc.want == "" && len(values) > 0 {
			t.Errorf("accepting %q, offered %q: chose %q, want %q", tc.accept, tc.offer, values, tc.want)
		}
	}
	if c := Open(t, server.URL, "/echo", "Sec-WebSocket-Protocol: chat"); c.Response.Header.Get("Sec-WebSocket-Protocol") != "" {
		t.Error("an endpoint without subprotocols chose one")
	}
}

// A refused handshake leaves no place taken, and the connection is good for another.
func TestAfterRefusal(t *testing.T) {
	t.Parallel()
	c := Connect(t, testserver.New(t, 1).URL)
	for range 3 {
		c.Shake(strings.Replace(Hello, key, "short", 1)+"\r\n", http.StatusBadRequest)
		if _, err := io.Copy(io.Discard, c.Response.Body); err != nil {
			t.Fatal(err)
		}
	}
	c.Shake(Hello+"\r\n", http.StatusSwitchingProtocols)
	c.wantSwitched()
	c.Send(fmt.Append(nil, string(CloseFrame(1000, "").Bytes())))
	c.WantClose(1000)
}
