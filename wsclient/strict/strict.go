// Package strict finds what the WebSocket library lets a server do, though RFC 6455 forbids it:
// masked frames, and lengths that are written in another way than they must be.
package strict

import (
	"encoding/binary"
	"errors"
	"io"
	"net/http"
)

// Violation is how a server broke the protocol. The client is to close with 1002.
type Violation string

// What is found here.
const (
	ErrMasked Violation = "received a masked frame, against RFC 6455, section 5.1"
	ErrLength Violation = "received a length in more bytes than it needs, against RFC 6455, section 5.2"
	ErrHigh   Violation = "received a length with the highest of 64 bits set, against RFC 6455, section 5.2"
)

func (v Violation) Error() string { return string(v) }

// Found tells whether a connection ended because of a violation that was found here.
func Found(err error) bool {
	var v Violation
	return errors.As(err, &v)
}

// Transport watches the connections that come out of handshakes.
type Transport struct{ http.RoundTripper }

// RoundTrip gives a switched connection to a watcher.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.RoundTripper.RoundTrip(r)
	if err == nil && resp.StatusCode == http.StatusSwitchingProtocols {
		if body, ok := resp.Body.(io.ReadWriteCloser); ok {
			resp.Body = &watched{ReadWriteCloser: body}
		}
	}
	return resp, err
}

// watched reads along. It looks at the headers of frames alone (RFC 6455, section 5.2), and
// keeps none of what passes.
type watched struct {
	io.ReadWriteCloser
	header [10]byte
	n      int    // bytes of header so far
	skip   uint64 // bytes of payload still to come
	err    error
}

// Read returns what is before a violation, and the violation after that.
func (w *watched) Read(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.ReadWriteCloser.Read(p)
	if good := w.check(p[:n]); w.err != nil {
		return good, nil
	}
	return n, err
}

// check returns how many bytes there are before a violation.
func (w *watched) check(p []byte) (good int) {
	for good < len(p) && w.err == nil {
		if w.skip > 0 {
			pass := min(w.skip, uint64(len(p)-good))
			w.skip -= pass
			good += int(pass)
			continue
		}
		w.header[w.n] = p[good]
		w.n++
		if w.err = w.faulty(); w.err == nil {
			good++
		}
	}
	return good
}

// faulty looks at the header once it is whole, and makes ready for the next one.
func (w *watched) faulty() error {
	if w.n < 2 {
		return nil
	}
	if w.header[1]&0x80 != 0 {
		return ErrMasked
	}
	length, least, size := uint64(w.header[1]), uint64(0), 2
	switch length {
	case 126:
		length, least, size = uint64(binary.BigEndian.Uint16(w.header[2:])), 126, 4
	case 127:
		length, least, size = binary.BigEndian.Uint64(w.header[2:]), 1<<16, 10
	}
	if w.n < size {
		return nil
	}
	switch {
	case length < least:
		return ErrLength
	case length>>63 != 0:
		return ErrHigh
	}
	w.n, w.skip = 0, length
	return nil
}
