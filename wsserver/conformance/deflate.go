package conformance

import (
	"bytes"
	"compress/flate"
	"io"
)

// tail is what is left off the end of a compressed message (RFC 7692, section 7.2.1).
const tail = "\x00\x00\xff\xff"

// Deflater compresses messages as RFC 7692, section 7.2.1, says.
type Deflater struct {
	Takeover bool // the messages refer to earlier ones
	Stored   bool // the messages are stored as they are (RFC 1951, section 3.2.4)
	buf      bytes.Buffer
	w        *flate.Writer
}

// Frame is a message, compressed.
func (d *Deflater) Frame(opcode byte, message []byte) Frame {
	return Frame{Opcode: opcode, RSV: 4, Payload: d.bytes(message)}
}

func (d *Deflater) bytes(message []byte) []byte {
	level := flate.BestSpeed
	if d.Stored {
		level = flate.NoCompression
	}
	if d.w == nil || !d.Takeover {
		d.w, _ = flate.NewWriter(&d.buf, level) // the error is of levels that there are not
	}
	d.buf.Reset()
	d.w.Write(message)
	d.w.Flush()
	return bytes.TrimSuffix(bytes.Clone(d.buf.Bytes()), []byte(tail))
}

// inflater is the other direction. It keeps the window whatever was negotiated: messages that do
// not refer to it come out all the same.
type inflater struct{ window []byte }

func (f *inflater) bytes(message []byte) ([]byte, error) {
	whole := io.MultiReader(bytes.NewReader(message), bytes.NewReader([]byte(tail+"\x01\x00\x00\xff\xff")))
	data, err := io.ReadAll(flate.NewReaderDict(whole, f.window))
	f.window = append(f.window, data...)
	f.window = f.window[max(0, len(f.window)-32<<10):]
	return data, err
}
