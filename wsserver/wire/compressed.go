package wire

import "io"

// tail is what a sender leaves off a message (RFC 7692, section 7.2.1), and then an empty block
// with BFINAL set, without which flate cannot tell the end from a message that is cut short.
var tail = []byte("\x00\x00\xff\xff" + "\x01\x00\x00\xff\xff")

// compressed is a compressed message as flate reads it: with the tail, and never waiting for more
// than the next byte.
type compressed struct {
	r     io.Reader  // the message, as the library gives it
	ready func() int // bytes that r has without waiting
	count *int64     // of the bytes read from r

	buf    [512]byte
	have   []byte // read and not yet used
	err    error  // of r
	tailed bool   // have is from the tail
}

// more tells whether the message goes on.
func (in *compressed) more() bool {
	for len(in.have) == 0 && in.err == nil {
		// The library reads until it has all that it was asked for.
		n, err := in.r.Read(in.buf[:min(max(in.ready(), 1), len(in.buf))])
		in.have, in.err = in.buf[:n], err
		*in.count += int64(n)
	}
	return len(in.have) > 0 && !in.tailed
}

func (in *compressed) fill() error {
	switch {
	case in.more() || len(in.have) > 0:
		return nil
	case in.err == io.EOF && !in.tailed:
		in.have, in.tailed = tail, true
		return nil
	}
	return in.err
}

// ReadByte is for flate, which would otherwise put a buffer of its own between.
func (in *compressed) ReadByte() (byte, error) {
	if err := in.fill(); err != nil {
		return 0, err
	}
	b := in.have[0]
	in.have = in.have[1:]
	return b, nil
}

func (in *compressed) Read(p []byte) (int, error) {
	if err := in.fill(); err != nil {
		return 0, err
	}
	n := copy(p, in.have)
	in.have = in.have[n:]
	return n, nil
}
