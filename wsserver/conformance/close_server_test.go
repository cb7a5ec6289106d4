package conformance

import (
	"context"
	"testing"
	"time"

	"wslab/wsserver/testserver"
)

// rtt opens a connection that the server has just sent 1000 on.
func rtt(t *testing.T, server *testserver.Server) *Client {
	c := Open(t, server.URL, "/rtt")
	c.Send(Frame{Opcode: Text, Payload: []byte("once")}.Bytes())
	c.Want(Text, []byte("once"))
	c.Want(Close, CloseFrame(1000, "").Payload)
	return c
}

// After its own close frame the server sends nothing, and throws away what the client had on its
// way (RFC 6455, section 5.5.1), until the client's close frame comes.
func TestServerCloses(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		for _, late := range [][]Frame{
			{CloseFrame(1000, "")},
			{{Opcode: Close}},
			{CloseFrame(4321, "another code")},
			{{Opcode: Text, Payload: []byte("late")}, {Opcode: Ping}, {Opcode: Pong}, CloseFrame(1000, "")},
			{{Opcode: Binary, Payload: noise(100_000)}, CloseFrame(1000, "")},
			{{Opcode: Text, Payload: []byte("la"), More: true}, {Opcode: Ping}, {Payload: []byte("te")}, CloseFrame(1000, "")},
			{CloseFrame(1000, ""), {Opcode: Binary, Payload: noise(100_000)}},
		} {
			c := rtt(t, server)
			go c.Write(Join(late...))
			c.WantEnd()
		}
	})
}

// A client that breaks the protocol instead of answering is not waited for.
func TestServerClosesClientViolates(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		c := rtt(t, server)
		started := time.Now()
		c.Send(Frame{Opcode: 3}.Bytes())
		c.WantEnd()
		if took := time.Since(started); took > 4*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// A client that never answers is waited for five seconds, whatever it does instead. The library
// (v1.8.15) waits for ever for the rest of a frame.
func TestServerClosesClientDoesNot(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	var clients []*Client
	for _, instead := range []func(*Client){
		func(*Client) {},
		func(c *Client) { c.Send([]byte{0x81}) },
		func(c *Client) { c.Send(Frame{Opcode: Text, Payload: []byte("ha"), Announced: 100}.Bytes()) },
		func(c *Client) { c.Send(CloseFrame(1000, "reason").Bytes()[:9]) },
		func(c *Client) {
			go func() {
				for range time.Tick(100 * time.Millisecond) {
					if _, err := c.Write(Frame{Opcode: Text, Payload: []byte("on and on")}.Bytes()); err != nil {
						return
					}
				}
			}()
		},
	} {
		c := rtt(t, server)
		instead(c)
		clients = append(clients, c)
	}
	for _, c := range clients {
		c.WantCut()
	}
	wantEmpty(t, server)
}

// wantEmpty waits until no connection holds a place.
func wantEmpty(t *testing.T, server *testserver.Server) {
	t.Helper()
	ctx := testserver.Context(t)
	if server.Connections.CloseAll(ctx); ctx.Err() != nil {
		t.Error("a connection was kept that is no more")
	}
}

// A server that stops says so with 1001, in the middle of a message too, and takes the answer.
func TestShutdown(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		f := m.encoder()(Text, []byte("begun before, ended after"))
		half := Split(f, 10)
		stopped := make(chan struct{})
		clients := make([]*Client, 50)
		for i := range clients {
			clients[i] = m.open(t, server)
			clients[i].Send(Join(half[0], Frame{Opcode: Ping}))
			clients[i].Want(Pong, nil)
		}
		go func() {
			defer close(stopped)
			server.Connections.CloseAll(testserver.Context(t))
		}()
		for i, c := range clients {
			if got := c.ReadFrame(); got.Opcode != Close || got.Payload[0] != 1001>>8 || got.Payload[1] != 1001&0xff {
				t.Fatalf("read %s, want a close frame with 1001", describe(got))
			}
			c.Send(half[1].Bytes()) // the server has the whole message now, and may not answer it
			if i%2 == 0 {
				c.Send(Frame{Opcode: Ping}.Bytes())
			}
			c.Send(CloseFrame(1001, "").Bytes())
			c.WantEnd()
		}
		<-stopped
	})
}

// A message that ends after the server's close frame gets no answer, and does not end the closing
// handshake before the client's part.
func TestShutdownAwaitsTheAnswer(t *testing.T) {
	eachMode(t, every, func(t *testing.T, m mode, server *testserver.Server) {
		c := m.open(t, server)
		half := Split(m.encoder()(Text, []byte("begun before, ended after")), 10)
		c.Send(Join(half[0], Frame{Opcode: Ping}))
		c.Want(Pong, nil)
		go server.Connections.CloseAll(testserver.Context(t))
		c.ReadFrame()
		c.Send(half[1].Bytes())
		c.WantSilence(300 * time.Millisecond)
		c.Send(CloseFrame(1001, "").Bytes())
		c.WantEnd()
	})
}

// Clients that read nothing, so that not even a close frame can be sent to them, hold up a server
// that stops for no longer than it gives them. Over TLS, closing one in order would take seconds.
func TestShutdownOfTheDeaf(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		frame := Frame{Opcode: Binary, Payload: noise(100_000)}.Bytes()
		for range 5 {
			c := deaf(t, server, "/echo")
			go func() {
				for err := error(nil); err == nil; {
					_, err = c.Write(frame)
				}
			}()
		}
		wantStill(t, server)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		started := time.Now()
		server.Connections.CloseAll(ctx)
		if took := time.Since(started); took > 3*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
