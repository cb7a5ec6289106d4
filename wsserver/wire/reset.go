package wire

import "net"

// Reset closes with a TCP RST instead of a FIN: what is still to be sent is thrown away, and the
// peer finds "connection reset". Over TLS there is no close_notify either.
func Reset(conn net.Conn) error {
	switch c := conn.(type) {
	case *Conn:
		return Reset(c.Conn)
	case *early:
		return Reset(c.Conn)
	case interface{ NetConn() net.Conn }: // TLS
		return Reset(c.NetConn())
	case *net.TCPConn:
		c.SetLinger(0)
	}
	return conn.Close()
}
