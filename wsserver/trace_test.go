package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"wslab/services/testcert"
	"wslab/wsserver/trace"
)

const traceID = "0123456789abcdef0123"

// viewer reads a trace's events.
type viewer struct {
	t    *testing.T
	resp *http.Response
	r    *bufio.Reader
}

func view(t *testing.T, client *http.Client, base, id string) *viewer {
	t.Helper()
	resp, err := client.Get(base + "/trace/" + id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return &viewer{t, resp, bufio.NewReader(resp.Body)}
}

// next returns an event's name and data.
func (v *viewer) next() (name, data string) {
	v.t.Helper()
	for {
		line, err := v.r.ReadString('\n')
		if err != nil {
			v.t.Fatalf("the stream ended: %v", err)
		}
		line = strings.TrimSuffix(line, "\n")
		if text, ok := strings.CutPrefix(line, "event: "); ok {
			name = text
		} else if text, ok := strings.CutPrefix(line, "data: "); ok {
			return name, text
		}
	}
}

func (v *viewer) frame() (e trace.Event) {
	v.t.Helper()
	name, data := v.next()
	if err := json.Unmarshal([]byte(data), &e); name != "frame" || err != nil {
		v.t.Fatalf("event %q with %s: %v", name, data, err)
	}
	return e
}

// wire is the frame's bytes as the trace shows them.
func wireBytes(e trace.Event) string { return e.Header + e.Payload }

func rawHandshake(t *testing.T, c net.Conn, path, more string) *bufio.Reader {
	t.Helper()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"+more+"\r\n")
	r := bufio.NewReader(c)
	resp, err := http.ReadResponse(r, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols {
		t.Fatal(resp, err)
	}
	return r
}

// What the trace says is what went over the wire, byte for byte, on plain and TLS connections.
func TestTraceIsTheWire(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	p := start(t, env(), "--certs-dir="+dir, "--ws-listen=127.0.0.1:0", "--wss-listen=127.0.0.1:0")
	config := &tls.Config{RootCAs: authority.Pool(), ServerName: "localhost"}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
	for n, url := range p.urls(t, 2) {
		scheme, addr, _ := strings.Cut(url, "://")
		id := traceID + scheme
		v := view(t, client, "http"+strings.TrimPrefix(url, "ws"), id)
		var c net.Conn
		var err error
		if c, err = net.Dial("tcp", addr); err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if n == 1 {
			c = tls.Client(c, config)
		}
		traced(t, v, c, id)
	}
}

func traced(t *testing.T, v *viewer, c net.Conn, id string) {
	t.Helper()
	r := rawHandshake(t, c, "/echo?trace="+id, "")
	long := bytes.Repeat([]byte{0x55}, 300)
	sent := []string{
		"\x01\x83\x01\x02\x03\x04" + "\x60\x60\x60",       // "abb" in a first fragment
		"\x89\x80\x09\x08\x07\x06",                        // a ping between fragments
		"\x80\x81\x00\x00\x00\x00" + "c",                  // the rest
		"\x82\xfe\x01\x2c\x05\x06\x07\x08" + string(long), // 300 bytes, of which the trace shows 64
		"\x88\x85\x00\x00\x00\x00" + "\x03\xe8" + "bye",   // close
	}
	for _, frame := range sent {
		io.WriteString(c, frame)
	}
	answers, _ := io.ReadAll(r)
	var in, out string
	for range len(sent) + 4 { // pong, two messages, close
		e := v.frame()
		if e.Direction == "in" {
			if want := sent[0]; wireBytes(e) != hex.EncodeToString([]byte(want[:min(len(want), len(e.Header)/2+64)])) {
				t.Errorf("in: %s, the client sent %x", wireBytes(e), want)
			}
			sent, in = sent[1:], in+e.Key
			continue
		}
		got := wireBytes(e)
		size := len(e.Header)/2 + int(e.Length)
		if want := hex.EncodeToString(answers[:size]); !strings.HasPrefix(want, got) || len(got)/2 != min(size, len(e.Header)/2+64) {
			t.Errorf("out: %s, the client got %s", got, want)
		}
		answers, out = answers[size:], out+got
	}
	if in != "01020304"+"09080706"+"00000000"+"05060708"+"00000000" || len(answers) > 0 {
		t.Errorf("mask keys %s; %x was not in the trace", in, answers)
	}
	if name, _ := v.next(); name != "end" {
		t.Errorf("the trace ends with %q", name)
	}
}

// A compressed message is shown as it is on the wire: RSV1 and the compressed bytes.
func TestTraceCompressed(t *testing.T) {
	t.Parallel()
	p := start(t, env(), "--ws-listen=127.0.0.1:0", "--wss-listen=off")
	url := p.urls(t, 1)[0]
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "ws://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	rawHandshake(t, c, "/echo?trace="+traceID, "Sec-WebSocket-Extensions: permessage-deflate\r\n")
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, 9)
	w.Write(bytes.Repeat([]byte("wslab "), 200))
	w.Flush()
	payload := bytes.TrimSuffix(packed.Bytes(), []byte("\x00\x00\xff\xff")) // RFC 7692, section 7.2.1
	frame := append([]byte{0xc1, 0x80 | byte(len(payload)), 0, 0, 0, 0}, payload...)
	c.Write(frame)
	v := view(t, http.DefaultClient, "http"+strings.TrimPrefix(url, "ws"), traceID) // a viewer that comes late
	if e := v.frame(); wireBytes(e) != hex.EncodeToString(frame) || e.RSV != 4 || e.Opcode != 1 {
		t.Errorf("in: %+v, the client sent %x", e, frame)
	}
	if e := v.frame(); e.Direction != "out" || e.RSV != 4 || e.Length >= 1200 {
		t.Errorf("out: %+v, want it compressed", e)
	}
}

func TestTraceRefusals(t *testing.T) {
	t.Parallel()
	p := start(t, env(), "--ws-listen=127.0.0.1:0", "--wss-listen=off")
	base := "http" + strings.TrimPrefix(p.urls(t, 1)[0], "ws")
	first := view(t, http.DefaultClient, base, traceID)
	for _, tc := range []struct {
		id, origin string
		status     int
	}{
		{"short", "", http.StatusBadRequest},
		{traceID, "", http.StatusConflict}, // it has a viewer
		{traceID + "x", "https://evil.example", http.StatusForbidden},
	} {
		req, _ := http.NewRequest(http.MethodGet, base+"/trace/"+tc.id, nil)
		if tc.origin != "" {
			req.Header.Set("Origin", tc.origin)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != tc.status {
			t.Errorf("%s from %q: %s, want %d", tc.id, tc.origin, resp.Status, tc.status)
		}
	}
	p.stop() // a viewer does not hold the server up
	if name, _ := first.next(); name != "end" {
		t.Errorf("at the stop: %q", name)
	}
	if code := p.wait(t); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
