package wire_test

import (
	"net"
	"testing"

	"wslab/wsserver/wire"
)

// counted is the network's side of a connection on which nothing ever comes.
type counted struct {
	net.Conn
	writes []string
	closed chan struct{}
}

func (c *counted) Read([]byte) (int, error) { <-c.closed; return 0, net.ErrClosed }
func (c *counted) Write(p []byte) (int, error) {
	c.writes = append(c.writes, string(p))
	return len(p), nil
}

// Several messages are one write, though the reader is waiting; before and after, each is one.
func TestTogether(t *testing.T) {
	t.Parallel()
	network := &counted{closed: make(chan struct{})}
	defer close(network.closed)
	c := wire.NewConn(network, wire.Options{})
	go c.Read(make([]byte, 1))
	c.Write([]byte("a"))
	err := c.Together(func() error {
		for _, s := range []string{"b", "c", "d"} {
			if _, err := c.Write([]byte(s)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c.Write([]byte("e"))
	if got := len(network.writes); got != 3 || network.writes[1] != "bcd" {
		t.Errorf("the network got %q, want a, bcd and e", network.writes)
	}
}
