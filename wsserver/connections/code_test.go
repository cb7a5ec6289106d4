package connections_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"wslab/wsserver/conformance"
	"wslab/wsserver/testserver"
)

// record is a log that can be waited for.
type record struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.Write(p)
}

func (r *record) waitFor(t *testing.T, text string) {
	t.Helper()
	for deadline := time.Now().Add(conformance.Patience); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		r.mu.Lock()
		found := strings.Contains(r.b.String(), text)
		r.mu.Unlock()
		if found {
			return
		}
	}
	t.Errorf("the log does not say %q:\n%s", text, r.b.String())
}

// The log says what ended a connection: the code that the server sent, else the client's, else
// 1005 or 1006, which nobody sends (RFC 6455, section 7.4.1).
func TestCode(t *testing.T) {
	t.Parallel()
	text := conformance.Frame{Opcode: conformance.Text}.Bytes()
	for _, tc := range []struct {
		path string
		send []byte
		want int
	}{
		{"/echo", conformance.CloseFrame(4321, "").Bytes(), 4321},
		{"/echo", conformance.Frame{Opcode: conformance.Close}.Bytes(), 1005},
		{"/echo", conformance.Frame{Opcode: 3}.Bytes(), 1002},
		{"/echo", conformance.Frame{Opcode: conformance.Text, Payload: []byte{0xff}}.Bytes(), 1007},
		{"/echo", conformance.Frame{Opcode: conformance.Text, Announced: 1 << 30}.Bytes(), 1009},
		{"/echo", text, 1006},
		{"/rtt", append(text, conformance.CloseFrame(1001, "").Bytes()...), 1000},
	} {
		var log record
		server := testserver.New(t, 1)
		server.Log = slog.New(slog.NewTextHandler(&log, nil))
		c := conformance.Open(t, server.URL, tc.path)
		c.Send(tc.send)
		if tc.want != 1006 {
			io.Copy(io.Discard, c)
		}
		c.Close()
		log.waitFor(t, fmt.Sprintf("code=%d ", tc.want))
	}
}
