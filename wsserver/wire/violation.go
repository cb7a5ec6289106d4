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

func tooLong(limit int64) *Violation {
	return &Violation{websocket.StatusMessageTooBig, fmt.Sprintf("message is longer than %d bytes", limit)}
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
	most, size := s.most, s.size
	if h.Opcode != OpContinuation {
		most, size = s.mostFor(h), 0
	}
	switch {
	case h.Length>>63 != 0:
		return protocolError("length has its highest bit set (5.2)")
	case !h.minimal():
		return protocolError("length is longer than it need be (5.2)")
	case h.Control() || most == 0:
		return nil
	case h.Length > uint64(most) || size+int64(h.Length) > most:
		return tooLong(s.Limit)
	}
	return nil
}

// mostFor is how many bytes a message may have as it is sent. What cannot be compressed grows
// when it is, by five bytes a block (RFC 1951, section 3.2.4); inflater has the exact limit.
func (s *strict) mostFor(first Header) int64 {
	if first.RSV == 0 || s.Limit == 0 {
		return s.Limit
	}
	return s.Limit + s.Limit/8 + 1024
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
