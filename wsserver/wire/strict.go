package wire

import (
	"sync/atomic"

	"github.com/coder/websocket"
)

// strict follows the frames that a client sends, without keeping them. The library (v1.8.15)
// takes text and close reasons that are not UTF-8 and lengths that are longer than they need be,
// hangs up without a word on frames that are not masked, and reads a message that is too long to
// its limit before it says so. All of that is found here, byte by byte as it comes.
type strict struct {
	Deflate bool  // permessage-deflate was negotiated
	Limit   int64 // bytes of a message; 0 for none

	header  [maxHeader]byte
	have    int    // bytes of the header
	left    uint64 // bytes of the payload still to come
	pos     int    // of the next payload byte in the mask key
	current Header
	message byte  // opcode of the message under way, or 0
	size    int64 // of the message so far
	most    int64 // that size may be; 0 for no limit
	check   bool  // the message under way is text, and not compressed
	text    UTF8
	control [maxControl]byte // payload of a close frame
	closed  bool             // a close frame came: what follows is nobody's business

	// With permessage-deflate, for whoever inflates:
	marks marks        // which messages are compressed
	given atomic.Int64 // bytes of messages that went by
}

// scan follows p. It returns how many bytes may be used, and what is wrong with the next.
func (s *strict) scan(p []byte) (int, *Violation) {
	for i := 0; i < len(p) && !s.closed; {
		var n int
		var v *Violation
		if s.left == 0 {
			n, v = s.scanHeader(p[i:])
		} else {
			n, v = s.scanPayload(p[i:])
		}
		i += n
		if v != nil {
			return i, v
		}
	}
	return len(p), nil
}

func (s *strict) scanHeader(p []byte) (int, *Violation) {
	before := s.have
	s.have += copy(s.header[s.have:], p)
	if s.Deflate && before == 0 {
		p[0] &^= 0x40 // RSV1: the library is not to inflate, see inflater
	}
	h, whole := ParseHeader(s.header[:s.have])
	if s.have < 2 {
		return 1, nil
	}
	// Two bytes are enough to know most of what can be wrong.
	if v := s.judge(h); v != nil {
		return 0, v
	}
	if !whole {
		return s.have - before, nil
	}
	if v := s.judgeLength(h); v != nil {
		return 0, v
	}
	s.begin(h)
	if s.left == 0 {
		if v := s.end(); v != nil {
			return 0, v // the library is not to see the end of it
		}
	}
	return h.Size - before, nil
}

func (s *strict) begin(h Header) {
	s.current, s.left, s.pos, s.have = h, h.Length, 0, 0
	if h.Control() {
		return
	}
	if h.Opcode != OpContinuation {
		s.message, s.size = h.Opcode, 0
		s.most = s.mostFor(h)
		s.check, s.text = h.Opcode == OpText && h.RSV == 0, UTF8{}
		if s.Deflate {
			s.marks.put(h.RSV != 0)
		}
	}
	s.size += int64(h.Length)
}

func (s *strict) scanPayload(p []byte) (int, *Violation) {
	p = p[:min(uint64(len(p)), s.left)]
	switch {
	case s.current.Opcode == OpClose:
		copy(s.control[s.current.Length-s.left:], p)
	case s.check && !s.current.Control():
		if good := s.checkText(p); good < len(p) {
			return good, NotUTF8
		}
	}
	s.left -= uint64(len(p))
	if s.Deflate && !s.current.Control() {
		s.given.Add(int64(len(p)))
	}
	if s.left == 0 {
		if v := s.end(); v != nil {
			return len(p) - 1, v
		}
	}
	return len(p), nil
}

// end is the end of a frame.
func (s *strict) end() *Violation {
	switch {
	case s.current.Opcode == OpClose:
		s.closed = true
		return judgeClose(s.unmaskedClose())
	case !s.current.Control() && s.current.Fin:
		s.message = 0
		if s.check && !s.text.Whole() {
			return NotUTF8
		}
	}
	return nil
}

// between tells whether no message and no frame is under way.
func (s *strict) between() bool { return s.have == 0 && s.left == 0 && s.message == 0 }

// unfinished is how many bytes have come of a header or a control frame that is not yet whole.
func (s *strict) unfinished() int {
	if s.left > 0 && s.current.Control() {
		return s.current.Size + int(s.current.Length-s.left)
	}
	return s.have
}

// NotUTF8 is the violation of text that is not UTF-8.
var NotUTF8 = &Violation{websocket.StatusInvalidFramePayloadData, "text is not UTF-8 (8.1)"}
