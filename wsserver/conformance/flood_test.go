package conformance

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"wslab/wsserver/testserver"
)

// With every place taken, a handshake gets 503 and when to come again; those who have a place do
// not notice, and places that are given back are there for others.
func TestConnectionFlood(t *testing.T) {
	t.Parallel()
	const places = 20
	server := testserver.New(t, places)
	n := newNeighbour(t, server)
	in := flood(t, server, 200)
	if len(in) != places-1 {
		t.Fatalf("%d were let in, want %d", len(in), places-1)
	}
	n.wantUndisturbed()
	for i, c := range in {
		if i%2 == 0 {
			c.Send(CloseFrame(1000, "").Bytes())
			c.WantClose(1000)
		} else {
			c.Conn.Close() // without a word
		}
	}
	wantPlaces(t, server, places-1)
	n.wantUndisturbed()
}

// flood tries as many handshakes at once, and returns the clients that were let in. The others
// must have been told to come again.
func flood(t *testing.T, server *testserver.Server, count int) (in []*Client) {
	t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	for range count {
		c := Connect(t, server.URL)
		all.Go(func() {
			c.Write([]byte(Hello + "\r\n"))
			resp, err := http.ReadResponse(c.r, nil)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil:
				t.Error(err)
			case resp.StatusCode == http.StatusSwitchingProtocols:
				in = append(in, c)
			case resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "":
				t.Errorf("refused with %s, Retry-After %q", resp.Status, resp.Header.Get("Retry-After"))
			}
		})
	}
	all.Wait()
	return in
}

// wantPlaces waits until so many places can be taken, which the server learns a little later than
// the client.
func wantPlaces(t *testing.T, server *testserver.Server, want int) {
	t.Helper()
	for deadline := time.Now().Add(Patience); ; time.Sleep(10 * time.Millisecond) {
		in := flood(t, server, want)
		if len(in) == want {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d places came back, want %d", len(in), want)
		}
		for _, c := range in {
			c.Conn.Close()
		}
	}
}

// A client that pings and reads no pongs is cut when the server cannot write.
func TestPingFlood(t *testing.T) {
	t.Parallel()
	server := testserver.Start(t, 10, cramped)
	server.WriteTimeout = 300 * time.Millisecond
	n := newNeighbour(t, server)
	c := Open(t, server.URL, "/echo")
	var pings []byte
	for range 1000 {
		pings = append(pings, Frame{Opcode: Ping, Payload: noise(125)}.Bytes()...)
	}
	cut := make(chan struct{})
	go func() {
		defer close(cut)
		fill(t, c, pings)
	}()
	n.wantUndisturbed()
	<-cut
	n.wantUndisturbed()
}

// A client that sends messages and reads no answers is cut after the write timeout, and nobody
// else waits for that.
func TestStalledReader(t *testing.T) {
	eachMode(t, uncompressed, func(t *testing.T, m mode, server *testserver.Server) {
		server.WriteTimeout = 500 * time.Millisecond
		n := newNeighbour(t, server)
		c := deaf(t, server, "/echo")
		cut := make(chan struct{})
		go func() {
			defer close(cut)
			fill(t, c, Frame{Opcode: Binary, Payload: noise(100_000)}.Bytes())
		}()
		n.wantUndisturbed()
		<-cut
		n.wantUndisturbed()
	})
}

// Bombs cost others nothing either.
func TestBombsNextDoor(t *testing.T) {
	eachMode(t, mode.deflates, func(t *testing.T, m mode, server *testserver.Server) {
		n := newNeighbour(t, server)
		b := bomb(256 << 20).Bytes()
		for range 5 {
			c := m.open(t, server)
			go c.Write(b)
			defer c.WantClose(1009)
		}
		n.wantUndisturbed()
	})
}
