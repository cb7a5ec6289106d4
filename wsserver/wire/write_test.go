package wire

import (
	"errors"
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

// What is written between two reads goes out as one, when the reader is about to wait.
func TestHold(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	counted := &writes{Conn: server}
	c := NewConn(counted, Options{})
	c.Hold()
	for range 16 {
		c.Write([]byte("answer "))
	}
	if counted.n != 0 {
		t.Fatalf("%d writes, and nobody waits yet", counted.n)
	}
	go c.Read(make([]byte, 1024))
	wantRead(t, client, strings.Repeat("answer ", 16))
	// Now the reader waits, so that nothing may be held back.
	c.Write([]byte("pushed"))
	wantRead(t, client, "pushed")
	if counted.n != 2 {
		t.Errorf("%d writes, want 2", counted.n)
	}
	if in, out := c.Bytes(); in != 0 || out != 16*7+6 {
		t.Errorf("%d bytes in, %d out", in, out)
	}
}

// Only so much is held back.
func TestHoldIsBounded(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	c := NewConn(server, Options{})
	c.Hold()
	half := strings.Repeat("x", holdAtMost/2)
	go func() {
		for range 3 {
			c.Write([]byte(half))
		}
	}()
	wantRead(t, client, half+half)
	go c.Close()
	wantRead(t, client, half)
}

// What is written together goes out as one, and what is written after that at once.
func TestTogether(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	counted := &writes{Conn: server}
	c := NewConn(counted, Options{})
	err := c.Together(func() error {
		c.Write([]byte("one "))
		c.Write([]byte("two "))
		return os.ErrInvalid
	})
	c.Write([]byte("three"))
	wantRead(t, client, "one two three")
	if counted.n != 2 || err != os.ErrInvalid {
		t.Errorf("%d writes, %v; want 2, and the writer's own error", counted.n, err)
	}
}

// A peer that stops reading blocks nobody for longer than the write timeout, and after that
// nothing is written any more: it would come in the middle of a frame.
func TestWriteTimeout(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	stall(t, server, client)
	counted := &writes{Conn: server}
	c := NewConn(counted, Options{WriteTimeout: 50 * time.Millisecond})
	for range 3 {
		if _, err := c.Write(make([]byte, 1<<20)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("wrote to a peer that does not read: %v", err)
		}
	}
	if counted.n != 1 {
		t.Errorf("%d writes, want 1", counted.n)
	}
	c.Hold()
	c.Write([]byte("held back"))
	if n, err := c.Read(make([]byte, 1)); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("read %d bytes, %v: the answer could not be written", n, err)
	}
}

// Abort works while a write is stuck, and at once on TLS too, whose own Close would first wait for
// the peer.
func TestAbort(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	stall(t, server, client)
	c := NewConn(&early{Conn: secure{server}}, Options{})
	stuck := make(chan error)
	go func() {
		_, err := c.Write(make([]byte, 1<<20))
		stuck <- err
	}()
	c.Abort()
	if err := <-stuck; !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
}

// secure stands for a TLS connection whose Close waits for ever.
type secure struct{ net.Conn }

func (secure) Close() error        { select {} }
func (s secure) NetConn() net.Conn { return s.Conn }
