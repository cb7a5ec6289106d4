package wire

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// bufferSize holds a small message and its header. net/http's own buffers are 4 KiB each way,
// which is most of what an idle connection would cost.
const bufferSize = 1 << 10

// Hijacker is a ResponseWriter whose Hijack gives a Conn with buffers of its own.
type Hijacker struct {
	http.ResponseWriter
	Options Options
	Conn    *Conn // set by Hijack
}

// Hijack takes the connection over from net/http.
func (h *Hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	raw, buffered, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	if err := raw.SetDeadline(time.Time{}); err != nil { // the handshake's deadlines end with it
		raw.Close()
		return nil, nil, err
	}
	h.Conn = NewConn(&early{raw, buffered.Reader}, h.Options)
	h.negotiated(h.Header().Get("Sec-WebSocket-Extensions"))
	// The library peeks at what is buffered, then reads from the connection.
	return h.Conn, bufio.NewReadWriter(
		bufio.NewReaderSize(h.Conn, bufferSize),
		bufio.NewWriterSize(h.Conn, bufferSize)), nil
}

// negotiated looks at the extensions that the library is about to answer with.
func (h *Hijacker) negotiated(extensions string) {
	if extensions != "" {
		h.Conn.Deflate()
		h.Conn.inflate.takeover = !strings.Contains(extensions, "client_no_context_takeover")
	}
}

// early is a connection whose first bytes net/http has read already: frames that a client sent
// without waiting for the handshake's answer.
type early struct {
	net.Conn
	buffered *bufio.Reader // nil once it is empty
}

// CloseWrite is for linger: both TCP and TLS connections have it.
func (e *early) CloseWrite() error {
	half, ok := e.Conn.(interface{ CloseWrite() error })
	if !ok {
		return errors.ErrUnsupported
	}
	return half.CloseWrite()
}

func (e *early) Read(p []byte) (int, error) {
	if e.buffered != nil {
		if n := e.buffered.Buffered(); n > 0 {
			return io.LimitReader(e.buffered, int64(n)).Read(p)
		}
		e.buffered = nil
	}
	return e.Conn.Read(p)
}
