package listen

import (
	"net"
	"net/http"
	"sync"
)

// newcomers are connections that have not sent a request yet, such as browsers open ahead of
// need. http.Server.Shutdown would wait 5 s for their requests, and with it every `make down`.
type newcomers struct {
	mu    sync.Mutex
	conns map[net.Conn]struct{}
}

// track is an http.Server's ConnState.
func (n *newcomers) track(conn net.Conn, state http.ConnState) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if state != http.StateNew {
		delete(n.conns, conn)
		return
	}
	if n.conns == nil {
		n.conns = map[net.Conn]struct{}{}
	}
	n.conns[conn] = struct{}{}
}

func (n *newcomers) close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for conn := range n.conns {
		// TLS says goodbye, which may wait for a peer that does not read.
		go conn.Close()
	}
}
