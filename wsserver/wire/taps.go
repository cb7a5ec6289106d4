package wire

import "time"

// sampleSize is how much of a payload a trace shows, in bytes.
const sampleSize = 64

// Frame is a frame that went over a traced connection, as it was on the wire.
type Frame struct {
	Time    time.Time
	In      bool // from the peer
	Header  Header
	Raw     []byte // the header's bytes
	Payload []byte // the first bytes of the payload, masked where the frame is
}

// taps watch the two directions of a connection.
type taps struct{ in, out tap }

// Watch has see called with each frame from the next one on. It must be called before the first
// Read. see is called by those who read and write, so it must not block.
func (c *Conn) Watch(see func(Frame)) {
	c.taps.Store(&taps{in: tap{see: see, in: true}, out: tap{see: see}})
}

// tap cuts a stream of bytes into frames.
type tap struct {
	see    func(Frame)
	in     bool
	header []byte
	frame  Frame
	left   uint64 // bytes of the payload still to come
	inside bool   // a payload
	lost   bool   // what came is no frame, so neither is what follows
}

func (t *tap) write(p []byte) {
	for len(p) > 0 && !t.lost {
		if t.inside {
			p = t.payload(p)
		} else {
			p = t.start(p)
		}
	}
}

// start collects a header, and returns what follows it.
func (t *tap) start(p []byte) []byte {
	before := len(t.header)
	t.header = append(t.header, p[:min(len(p), maxHeader-before)]...)
	h, whole := ParseHeader(t.header)
	if !whole {
		return nil
	}
	t.frame = Frame{Time: time.Now(), In: t.in, Header: h, Raw: append([]byte(nil), t.header[:h.Size]...)}
	t.left, t.inside, t.header = h.Length, true, t.header[:0]
	t.lost = h.Length>>63 != 0
	if t.left == 0 || t.lost {
		t.finish()
	}
	return p[h.Size-before:]
}

func (t *tap) payload(p []byte) []byte {
	n := min(uint64(len(p)), t.left)
	sample := min(int(n), sampleSize-len(t.frame.Payload))
	t.frame.Payload = append(t.frame.Payload, p[:sample]...)
	if t.left -= n; t.left == 0 {
		t.finish()
	}
	return p[n:]
}

func (t *tap) finish() {
	t.inside = false
	t.see(t.frame)
}
