package wire

import (
	"compress/flate"
	"errors"
	"io"
	"slices"
	"sync"

	"github.com/coder/websocket"
)

// maxWindow is how far back compressed data may refer, in bytes (RFC 7692, section 7.1.2).
const maxWindow = 32 << 10

// inflater undoes permessage-deflate (RFC 7692). The library (v1.8.15) could, but it ends a
// message at a block with BFINAL set, which section 7.2.3.4 allows anywhere, and takes what
// follows in the frame for the next frame; it takes a message that is cut short for a whole one;
// it hangs up without a word on data that is corrupt; it wants 4096 bytes of a frame, or all of
// it, before it looks at the first; and it panics when a close frame comes within a message.
//
// So strict takes RSV1 off the frames that the library gets to see, and it hands the messages on
// as they came.
type inflater struct {
	limit    int64  // bytes of a message; 0 for none
	takeover bool   // messages may refer to earlier ones (section 7.1.1)
	window   []byte // the end of those
	read     int64  // bytes of messages that were read, as they came
}

// Deflate tells the connection that permessage-deflate was negotiated, before the first Read.
func (c *Conn) Deflate() { c.strict.Deflate = true }

// ReadMessage reads the message that the library has begun to hand out through r.
func (c *Conn) ReadMessage(typ websocket.MessageType, r io.Reader) ([]byte, error) {
	if !c.strict.Deflate {
		return io.ReadAll(r)
	}
	if !c.strict.marks.take() {
		data, err := io.ReadAll(r)
		c.inflate.read += int64(len(data))
		return data, err
	}
	data, err := c.inflate.message(typ, &compressed{r: r, ready: c.ready, count: &c.inflate.read})
	if v, ok := Violated(err); ok {
		c.violated.CompareAndSwap(nil, v) // for Read and Close
	}
	return data, err
}

// ready is how many bytes of messages there are to be read without waiting for the peer.
func (c *Conn) ready() int { return int(c.strict.given.Load() - c.inflate.read) }

var flateReaders = sync.Pool{New: func() any { return flate.NewReader(nil) }}

func (f *inflater) message(typ websocket.MessageType, in *compressed) ([]byte, error) {
	r := flateReaders.Get().(io.ReadCloser)
	defer flateReaders.Put(r)
	out := plain{limit: f.limit, text: typ == websocket.MessageText}
	for in.more() { // more than once where BFINAL is set in the middle
		if err := r.(flate.Resetter).Reset(in, out.window(f.window)); err != nil {
			return nil, err
		}
		if err := out.readFrom(r); err != nil {
			return nil, in.blame(err)
		}
	}
	switch {
	case in.err != io.EOF:
		return nil, in.err
	case out.text && !out.utf8.Whole():
		return nil, NotUTF8
	}
	if f.takeover {
		f.window = remember(f.window, out.data)
	}
	return out.data, nil
}

// plain is a message as it comes out of a flate reader.
type plain struct {
	data  []byte
	limit int64
	text  bool
	utf8  UTF8
}

// readFrom reads to the end of a block with BFINAL set.
func (m *plain) readFrom(r io.Reader) error {
	for {
		m.data = slices.Grow(m.data, 512)
		n, err := r.Read(m.data[len(m.data):cap(m.data)])
		m.data = m.data[:len(m.data)+n]
		switch fresh := m.data[len(m.data)-n:]; {
		case m.limit > 0 && int64(len(m.data)) > m.limit:
			return tooLong(m.limit)
		case m.text && m.utf8.Check(fresh) < n:
			return NotUTF8
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// window is what may be referred to after a block with BFINAL set in the middle of the message,
// given what came before the message.
func (m *plain) window(before []byte) []byte {
	if len(m.data) == 0 {
		return before
	}
	return remember(slices.Clone(before), m.data)
}

// remember appends data to window, and forgets the oldest.
func remember(window, data []byte) []byte {
	data = data[max(0, len(data)-maxWindow):]
	excess := max(0, len(window)+len(data)-maxWindow)
	window = window[:copy(window, window[excess:])]
	return append(window, data...)
}

// corrupt is the violation of a message that cannot be inflated. RFC 7692 gives no code for it;
// the data is not of its type (RFC 6455, section 7.4.1).
var corrupt = &Violation{websocket.StatusInvalidFramePayloadData, "message cannot be inflated (RFC 7692, 7.2.2)"}

// blame tells corrupt data from a connection that failed.
func (in *compressed) blame(err error) error {
	var corruptInput flate.CorruptInputError
	switch {
	case in.err != nil && in.err != io.EOF:
		return in.err
	case errors.As(err, &corruptInput), err == io.ErrUnexpectedEOF:
		return corrupt
	}
	return err
}
