package endpoints_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
	"wslab/wsserver/wire"
)

// A client puts the message together again.
func TestFragment(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 20)
	for _, size := range []int{1, 3, 125, 126, 65536} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			c := server.Dial(t, fmt.Sprintf("/fragment?size=%d", size))
			for _, data := range []string{"", "a", emoji, strings.Repeat("é", min(1000*size, 1<<17)), strings.Repeat("b", min(4000*size, 1<<18))} {
				testserver.Send(t, c, websocket.MessageText, data)
				testserver.Expect(t, c, websocket.MessageText, data)
				testserver.Send(t, c, websocket.MessageBinary, data)
				testserver.Expect(t, c, websocket.MessageBinary, data)
			}
			if err := c.Close(websocket.StatusNormalClosure, ""); err != nil {
				t.Error(err)
			}
		})
	}
}

// frames as they are on the wire.
func TestFragmentFrames(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 20)
	for _, tc := range []struct{ size, send, want string }{
		{"16", "\x82\x80\x00\x00\x00\x00", "\x82\x00"},
		{"2", "\x81\x82\x00\x00\x00\x00ab", "\x81\x02ab"},
		{"2", "\x81\x83\x00\x00\x00\x00abc", "\x01\x02ab\x80\x01c"},
		{"2", "\x82\x86\x00\x00\x00\x00abcdef", "\x02\x02ab\x00\x02cd\x80\x02ef"},
	} {
		c := upgrade(t, server, "/fragment?size="+tc.size)
		io.WriteString(c, tc.send)
		got := make([]byte, len(tc.want))
		if _, err := io.ReadFull(c, got); err != nil || string(got) != tc.want {
			t.Errorf("size=%s: %q came back as %q, %v; want %q", tc.size, tc.send, got, err, tc.want)
		}
	}
}

// Every frame but the last has the size that was asked for, also where many are written at once.
func TestFragmentSizes(t *testing.T) {
	t.Parallel()
	c := upgrade(t, testserver.New(t, 1), "/fragment?size=126")
	const count, n = 476, 476 * 126
	io.WriteString(c, "\x82\xfe\xea\x48\x00\x00\x00\x00"+strings.Repeat("x", n))
	all := make([]byte, n+4*count)
	if _, err := io.ReadFull(c, all); err != nil {
		t.Fatal(err)
	}
	for i := range count {
		h, _ := wire.ParseHeader(all)
		if last := i == count-1; h.Fin != last || h.Length != 126 || (h.Opcode == wire.OpBinary) != (i == 0) {
			t.Fatalf("frame %d of %d is %+v", i, count, h)
		}
		all = all[h.Size+int(h.Length):]
	}
}

// upgrade connects without a WebSocket library.
func upgrade(t *testing.T, server *testserver.Server, path string) io.ReadWriter {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "ws://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path)
	r := bufio.NewReader(c)
	resp, err := http.ReadResponse(r, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols {
		t.Fatal(resp, err)
	}
	return struct {
		io.Reader
		io.Writer
	}{r, c}
}
