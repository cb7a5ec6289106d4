package conformance

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"wslab/services/listen"
	"wslab/wsserver/testserver"
)

// drip writes a byte at a time until it fails, or b ends.
func drip(c *Client, b []byte, pause time.Duration) error {
	for i := range b {
		if _, err := c.Write(b[i : i+1]); err != nil {
			return err
		}
		time.Sleep(pause)
	}
	return nil
}

// A client may take its time: a byte now and then is answered when the frame is whole, and costs
// nobody else anything. The library (v1.8.15) gives a control frame five seconds; this ping takes
// six.
func TestSlowFrames(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 200)
	n := newNeighbour(t, server)
	for range 100 {
		c := Open(t, server.URL, "/echo")
		go drip(c, Frame{Opcode: Text, Payload: textOf(500)}.Bytes(), 50*time.Millisecond)
	}
	c := Open(t, server.URL, "/echo")
	ping := Frame{Opcode: Ping, Payload: []byte("slowly, slowly")}
	dripped := make(chan error, 1)
	go func() {
		frame := ping.Bytes()
		c.Write(frame[:7]) // the header, and one byte
		dripped <- drip(c, frame[7:], 450*time.Millisecond)
	}()
	n.wantUndisturbed()
	c.Want(Pong, ping.Payload)
	if err := <-dripped; err != nil {
		t.Error(err)
	}
	n.wantUndisturbed()
}

// headerTimeout stands for listen.HeaderTimeout, which is long for a test.
const headerTimeout = 300 * time.Millisecond

// bounded starts a server with the bounds that the lab's have.
func bounded(s *httptest.Server) {
	s.Config.ReadHeaderTimeout = headerTimeout
	s.Config.MaxHeaderBytes = listen.MaxHeaderBytes
	s.Start()
}

// A handshake that comes a byte at a time is cut when its time is over.
func TestSlowHandshake(t *testing.T) {
	t.Parallel()
	server := testserver.Start(t, 100, bounded)
	n := newNeighbour(t, server)
	for range 50 {
		c := Connect(t, server.URL)
		go drip(c, []byte(Hello+"\r\n"), 20*time.Millisecond) // four seconds in all
		defer c.wantNoHandshake()
	}
	n.wantUndisturbed()
}

// wantNoHandshake reads to the end, before which net/http may say what is wrong.
func (c *Client) wantNoHandshake() {
	c.t.Helper()
	answer, err := io.ReadAll(c.r)
	if errors.Is(err, os.ErrDeadlineExceeded) || strings.HasPrefix(string(answer), "HTTP/1.1 101") {
		c.t.Errorf("read %s, %v", clip(answer), err)
	}
}

// The time for a handshake is over with it: the connection may be silent for longer.
func TestSilenceAfterHandshake(t *testing.T) {
	t.Parallel()
	c := Open(t, testserver.Start(t, 1, bounded).URL, "/echo")
	time.Sleep(3 * headerTimeout)
	c.Send(Frame{Opcode: Text, Payload: []byte("still here")}.Bytes())
	c.Want(Text, []byte("still here"))
}

// So may one that has sent half a frame.
func TestSilenceWithinEarlyFrame(t *testing.T) {
	t.Parallel()
	c := Connect(t, testserver.Start(t, 1, bounded).URL)
	frame := Frame{Opcode: Text, Payload: []byte("still here")}.Bytes()
	c.Send(append([]byte(Hello+"\r\n"), frame[:8]...))
	c.WantStatus(http.StatusSwitchingProtocols)
	time.Sleep(3 * headerTimeout)
	c.Send(frame[8:])
	c.Want(Text, []byte("still here"))
}

// Headers are only so long.
func TestLongHandshake(t *testing.T) {
	t.Parallel()
	server := testserver.Start(t, 1, bounded)
	for name, header := range map[string]string{
		"one long field": "X: " + strings.Repeat("x", 2*listen.MaxHeaderBytes) + "\r\n",
		"many fields":    strings.Repeat("X-Field: x\r\n", 2*listen.MaxHeaderBytes/12),
		"many cookies":   "Cookie: " + strings.Repeat("a=b; ", listen.MaxHeaderBytes/2) + "\r\n",
	} {
		c := Connect(t, server.URL)
		go c.Write([]byte(Hello + header + "\r\n"))
		t.Log(name)
		c.WantStatus(http.StatusRequestHeaderFieldsTooLarge)
	}
	c := Open(t, server.URL, "/echo", "X-Long: "+strings.Repeat("x", listen.MaxHeaderBytes/2))
	c.Send(Frame{Opcode: Ping}.Bytes())
	c.Want(Pong, nil)
}
