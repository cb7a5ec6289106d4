package wire

import (
	"encoding/binary"
	"fmt"

	"github.com/coder/websocket"
)

// Violation is how a peer broke the protocol. It is the error of Conn.Read from there on; the
// connection is then to be closed with Code.
type Violation struct {
	Code   websocket.StatusCode
	Reason string // short enough for a close frame, with the section of RFC 6455
}

func (v *Violation) Error() string { return fmt.Sprintf("peer broke the protocol: %s", v.Reason) }

func protocolError(reason string) *Violation {
	return &Violation{websocket.StatusProtocolError, reason}
}

// strict follows the frames that a client sends, without keeping them. The library (v1.8.15)
// takes text and close reasons that are not UTF-8 and lengths that are longer than they need be,
// hangs up without a word on frames that are not masked, and reads a message that is too long to
// its limit before it says so. All of that is found here, byte by byte as it comes.
type strict struct {
	Deflate bool  // permessage-deflate was negotiated
	Limit   int64 // bytes of a message as it is sent; 0 for none

	header  [maxHeader]byte
	have    int    // bytes of the header
	left    uint64 // bytes of the payload still to come
	pos     int    // of the next payload byte in the mask key
	current Header
	message byte  // opcode of the message under way, or 0
	size    int64 // of the message so far
	check   bool  // the message under way is text, and not compressed
	text    UTF8
	control [maxControl]byte // payload of a close frame
	closed  bool             // a close frame came: what follows is nobody's business
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
	h, whole := ParseHeader(s.header[:s.have])
	if !whole {
		// Two bytes are enough to know most of what can be wrong.
		if s.have >= 2 {
			if v := s.judge(h); v != nil {
				return 0, v
			}
		}
		return s.have - before, nil
	}
	if v := s.judge(h); v != nil {
		return 0, v
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

// judge looks at what a header's first two bytes say.
func (s *strict) judge(h Header) *Violation {
	switch {
	case h.RSV&3 != 0 || h.RSV == 4 && (!s.Deflate || h.Opcode != OpText && h.Opcode != OpBinary):
		return protocolError("reserved bits are set (5.2)")
	case h.Opcode > OpBinary && h.Opcode < OpClose || h.Opcode > OpPong:
		return protocolError("reserved opcode (5.2)")
	case !h.Masked:
		return protocolError("frame is not masked (5.1)")
	case h.Control() && !h.Fin:
		return protocolError("control frame is fragmented (5.5)")
	case h.Control() && s.header[1]&0x7f > maxControl:
		return protocolError("control frame is longer than 125 bytes (5.5)")
	case h.Opcode == OpContinuation && s.message == 0:
		return protocolError("continuation without a message (5.4)")
	case !h.Control() && h.Opcode != OpContinuation && s.message != 0:
		return protocolError("new message within a message (5.4)")
	}
	return nil
}

// judgeLength looks at the length, once all of it is there.
func (s *strict) judgeLength(h Header) *Violation {
	switch {
	case h.Length>>63 != 0:
		return protocolError("length has its highest bit set (5.2)")
	case !h.minimal():
		return protocolError("length is longer than it need be (5.2)")
	case h.Control() || s.Limit == 0:
		return nil
	case h.Length > uint64(s.Limit) || h.Opcode == OpContinuation && s.size+int64(h.Length) > s.Limit:
		return &Violation{websocket.StatusMessageTooBig, fmt.Sprintf("message is longer than %d bytes", s.Limit)}
	}
	return nil
}

func (s *strict) begin(h Header) {
	s.current, s.left, s.pos, s.have = h, h.Length, 0, 0
	if h.Control() {
		return
	}
	if h.Opcode != OpContinuation {
		s.message, s.size = h.Opcode, 0
		s.check, s.text = h.Opcode == OpText && h.RSV == 0, UTF8{}
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
	if s.left == 0 {
		if v := s.end(); v != nil {
			return len(p) - 1, v
		}
	}
	return len(p), nil
}

// NotUTF8 is the violation of text that is not UTF-8.
var NotUTF8 = &Violation{websocket.StatusInvalidFramePayloadData, "text is not UTF-8 (8.1)"}

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

func (s *strict) unmaskedClose() []byte {
	p := s.control[:s.current.Length]
	for i := range p {
		p[i] ^= s.current.Key[i&3]
	}
	return p
}

// judgeClose looks at a close frame's payload (sections 5.5.1 and 7.4).
func judgeClose(p []byte) *Violation {
	var reason UTF8
	switch {
	case len(p) == 0:
		return nil
	case len(p) == 1:
		return protocolError("close frame has half a code (5.5.1)")
	case !Sendable(int(binary.BigEndian.Uint16(p))):
		return protocolError("close code may not be sent (7.4)")
	case reason.Check(p[2:]) < len(p)-2 || !reason.Whole():
		return &Violation{websocket.StatusInvalidFramePayloadData, "close reason is not UTF-8 (5.5.1)"}
	}
	return nil
}

// Sendable tells whether a close code may stand in a close frame: those that RFC 6455, section
// 7.4, and IANA's registry define for it, and those for libraries and applications.
func Sendable(code int) bool {
	switch {
	case code >= 3000 && code <= 4999:
		return true
	case code == 1004 || code == 1005 || code == 1006:
		return false
	}
	return code >= 1000 && code <= 1014
}

// checkText unmasks a piece at a time into a buffer on the stack: the library is to find the
// bytes as they came.
func (s *strict) checkText(p []byte) (good int) {
	var plain [512]byte
	for good < len(p) {
		n := s.unmask(plain[:], p[good:])
		ok := s.text.Check(plain[:n])
		good += ok
		if ok < n {
			return good
		}
	}
	return good
}

// unmask writes p, unmasked, to plain, as far as that goes.
func (s *strict) unmask(plain, p []byte) int {
	n := min(len(plain), len(p))
	key := binary.LittleEndian.Uint32(s.current.Key[:])
	key = key>>(8*(s.pos&3)) | key<<(32-8*(s.pos&3))
	wide := uint64(key)<<32 | uint64(key)
	i := 0
	for ; n-i >= 8; i += 8 {
		binary.LittleEndian.PutUint64(plain[i:], binary.LittleEndian.Uint64(p[i:])^wide)
	}
	for ; i < n; i++ {
		plain[i] = p[i] ^ byte(key>>(8*(i&3)))
	}
	s.pos += n
	return n
}
