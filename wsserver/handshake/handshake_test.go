package handshake_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"wslab/wsserver/origin"
	"wslab/wsserver/testserver"
)

// hello is a handshake as in RFC 6455, section 1.3.
const hello = "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"

func dialRaw(t *testing.T, server *testserver.Server) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "ws://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(10 * time.Second))
	return c
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	allowed, err := origin.ParsePattern("localhost")
	if err != nil {
		t.Fatal(err)
	}
	server.Origins = origin.Patterns{allowed}
	for origin, want := range map[string]int{
		"http://localhost:8080":  http.StatusSwitchingProtocols,
		"http://127.0.0.1:8080":  http.StatusSwitchingProtocols, // the address that is dialled
		"https://evil.example":   http.StatusForbidden,
		"http://localhost.evil":  http.StatusForbidden,
		"null":                   http.StatusForbidden,
		"http://127.0.0.1.evil/": http.StatusForbidden,
	} {
		c := dialRaw(t, server)
		fmt.Fprintf(c, "%sOrigin: %s\r\n\r\n", hello, origin)
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != want {
			t.Errorf("Origin %q got %s, want %d", origin, resp.Status, want)
		}
		if want != http.StatusForbidden {
			continue
		}
		if body, _ := io.ReadAll(resp.Body); !strings.Contains(string(body), "ALLOWED_ORIGINS") {
			t.Errorf("the refusal of %q does not say what to do: %q", origin, body)
		}
	}
}

func TestBadParameter(t *testing.T) {
	t.Parallel()
	c := dialRaw(t, testserver.New(t, 1))
	io.WriteString(c, strings.Replace(hello, "/echo", "/echo?every=1s", 1)+"\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || resp.StatusCode != http.StatusBadRequest {
		t.Fatal(resp, err)
	}
	if body, _ := io.ReadAll(resp.Body); !strings.Contains(string(body), `"every": accepted here are trace`) {
		t.Errorf("the refusal is %q", body)
	}
}

// A client may send frames before it has read the handshake's answer. net/http has read some of
// them by the time it hands the connection over.
func TestEarlyFrames(t *testing.T) {
	t.Parallel()
	c := dialRaw(t, testserver.New(t, 1))
	frame := "\x81\x82\x00\x00\x00\x00hi" // a masked text frame, the mask being 0
	io.WriteString(c, hello+"\r\n"+frame+frame[:3])
	time.Sleep(50 * time.Millisecond)
	io.WriteString(c, frame[3:])
	r := bufio.NewReader(c)
	resp, err := http.ReadResponse(r, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols {
		t.Fatal(resp, err)
	}
	if accept := resp.Header.Get("Sec-WebSocket-Accept"); accept != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" {
		t.Errorf("Sec-WebSocket-Accept %q is not the RFC's", accept)
	}
	want := "\x81\x02hi\x81\x02hi"
	got := make([]byte, len(want))
	if _, err := io.ReadFull(r, got); err != nil || string(got) != want {
		t.Errorf("read %q, %v; want %q", got, err, want)
	}
}

func TestFaultyHandshake(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	for _, tc := range []struct {
		name, old, new string
		want           int
	}{
		{"no key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", http.StatusBadRequest},
		{"short key", "dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=", http.StatusBadRequest},
		{"no upgrade", "Connection: Upgrade", "Connection: close", http.StatusUpgradeRequired},
		{"another upgrade", "Upgrade: websocket", "Upgrade: h2c", http.StatusUpgradeRequired},
		{"not GET", "GET", "PUT", http.StatusMethodNotAllowed},
		{"HTTP/1.0", "HTTP/1.1", "HTTP/1.0", http.StatusUpgradeRequired},
	} {
		c := dialRaw(t, server)
		io.WriteString(c, strings.Replace(hello, tc.old, tc.new, 1)+"\r\n")
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || resp.StatusCode != tc.want {
			t.Errorf("%s: got %v, %v; want %d", tc.name, resp, err, tc.want)
		}
	}
	server.Dial(t, "/echo") // refused handshakes hold no place: there is but one
}
