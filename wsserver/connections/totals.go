package connections

// Totals are sums over every connection there is and was.
type Totals struct {
	MessagesIn, MessagesOut int64
	BytesIn, BytesOut       int64 // frame headers included, the handshake not
}

func (t *Totals) add(c *Conn) {
	in, out := c.Messages()
	t.MessagesIn, t.MessagesOut = t.MessagesIn+in, t.MessagesOut+out
	in, out = c.Bytes()
	t.BytesIn, t.BytesOut = t.BytesIn+in, t.BytesOut+out
}

// Totals counts open connections as they are now.
func (r *Registry) Totals() Totals {
	r.mu.Lock()
	defer r.mu.Unlock()
	sum := r.ended
	for c := range r.open {
		sum.add(c)
	}
	return sum
}
