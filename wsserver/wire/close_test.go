package wire

import (
	"errors"
	"io"
	"testing"
	"time"
)

// What is unread when a socket is closed resets it, and what the peer has not read by then is
// lost to it.
func TestCloseLingers(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	c := NewConn(server, Options{})
	c.Hold()
	client.Write(masked(0x83, ""))
	if _, err := c.Read(make([]byte, 1024)); !errors.As(err, new(*Violation)) {
		t.Fatal(err)
	}
	c.Write([]byte("close frame"))
	closed := make(chan struct{})
	go func() {
		c.Close()
		close(closed)
	}()
	for range 100 {
		if _, err := client.Write(make([]byte, 10_000)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := io.ReadAll(client); err != nil || string(got) != "close frame" {
		t.Fatalf("read %q, %v", got, err)
	}
	client.Close()
	<-closed
}

// A peer that neither stops sending nor hangs up holds nobody for ever.
func TestLingerIsBounded(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	c := NewConn(server, Options{})
	go func() {
		for {
			if _, err := client.Write(make([]byte, 100)); err != nil {
				return
			}
			time.Sleep(10 * time.Millisecond) // a slow sender, or the bound on bytes would be the first
		}
	}()
	started := time.Now()
	c.Close()
	if took := time.Since(started); took < lingerFor-100*time.Millisecond || took > lingerFor+5*time.Second {
		t.Errorf("took %v, want %v", took, lingerFor)
	}
}

func TestReset(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	if err := Reset(NewConn(&early{Conn: secure{server}}, Options{})); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Read(make([]byte, 1)); err == nil || err == io.EOF {
		t.Errorf("read %v, want a reset", err)
	}
}
