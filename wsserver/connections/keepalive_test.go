package connections_test

import (
	"testing"
	"time"

	"wslab/wsserver/conformance"
	"wslab/wsserver/testserver"
)

// Whoever answers pings is kept, whoever does not is cut.
func TestKeepAlive(t *testing.T) {
	t.Parallel()
	const timeout = 2 * time.Second
	server := testserver.New(t, 2)
	pongs := make(chan time.Duration, 100)
	go server.Connections.KeepAlive(t.Context(), 50*time.Millisecond, timeout, func(d time.Duration) { pongs <- d })
	dead := conformance.Open(t, server.URL, "/echo")
	alive := conformance.Open(t, server.URL, "/echo")
	for range 5 {
		ping := alive.ReadFrame()
		if ping.Opcode != conformance.Ping {
			t.Fatalf("read a frame with opcode %d, want a ping", ping.Opcode)
		}
		ping.Opcode = conformance.Pong
		alive.Send(ping.Bytes())
		if took := <-pongs; took <= 0 || took > timeout {
			t.Errorf("a round trip of %v", took)
		}
	}
	for {
		if f := dead.ReadFrame(); f.Opcode != conformance.Ping {
			t.Fatalf("read a frame with opcode %d, want a ping", f.Opcode)
		}
		dead.SetReadDeadline(time.Now().Add(5 * timeout))
		if dead.AtEnd() {
			break
		}
	}
}

// A client that takes its time over the closing handshake is not cut for the ping that it cannot
// be sent any more.
func TestKeepAliveSparesClosing(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	c := conformance.Open(t, server.URL, "/rtt")
	c.Send(conformance.Frame{Opcode: conformance.Text}.Bytes())
	c.Want(conformance.Text, nil)
	c.Want(conformance.Close, conformance.CloseFrame(1000, "").Payload)
	go server.Connections.KeepAlive(t.Context(), 20*time.Millisecond, 20*time.Millisecond, func(time.Duration) {})
	c.WantSilence(500 * time.Millisecond)
	c.Send(conformance.CloseFrame(1000, "").Bytes())
	c.WantEnd()
}
