package wire

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/coder/websocket"
)

// deflated is a message as RFC 7692, section 7.2.1, has it sent.
func deflated(w *flate.Writer, to *bytes.Buffer, message string) string {
	to.Reset()
	io.WriteString(w, message)
	w.Flush()
	return strings.TrimSuffix(to.String(), "\x00\x00\xff\xff")
}

func source(message string, read *int64) *compressed {
	return &compressed{r: iotest.HalfReader(strings.NewReader(message)), ready: func() int { return 100 }, count: read}
}

func TestInflate(t *testing.T) {
	t.Parallel()
	const text = websocket.MessageText
	for _, tc := range []struct {
		name, message, want string
		err                 *Violation
	}{
		{"fixed Huffman codes", "\xf2\x48\xcd\xc9\xc9\x07\x00", "Hello", nil},
		{"stored", "\x00\x05\x00\xfa\xffHello\x00", "Hello", nil},
		{"BFINAL", "\xf3\x48\xcd\xc9\xc9\x07\x00\x00", "Hello", nil},
		{"BFINAL, and nothing after it", "\xf3\x48\xcd\xc9\xc9\x07\x00", "Hello", nil},
		{"BFINAL in the middle", "\xf3\x48\xcd\xc9\xc9\x07\x00\xf2\x48\xcd\xc9\xc9\x07\x00", "HelloHello", nil},
		{"BFINAL, then a reference to what was before it", "\xf3\x48\xcd\xc9\xc9\x07\x00\x02\x13\x00\x00", "HelloHello", nil},
		{"two blocks", "\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", "Hello", nil},
		{"empty", "\x00", "", nil},
		{"as long as is allowed", "\x00\x0a\x00\xf5\xff0123456789\x00", "0123456789", nil},
		{"longer", "\x00\x0b\x00\xf4\xff0123456789a\x00", "", tooLong(10)},
		{"no bytes at all", "", "", nil},
		{"cut short", "\xf2\x48\xcd", "", corrupt},
		{"stored, cut short", "\x00\x0a\x00", "", corrupt},
		{"no such block", "\x07\x00", "", corrupt},
		{"reference to what was not", "\x02\x13\x00\x00", "", corrupt},
		{"not UTF-8", "\x00\x02\x00\xfd\xff\xc3(\x00", "", NotUTF8},
		{"ends within a character", "\x00\x01\x00\xfe\xff\xc3\x00", "", NotUTF8},
	} {
		var read int64
		f := inflater{limit: 10}
		got, err := f.message(text, source(tc.message, &read))
		v, _ := Violated(err)
		if string(got) != tc.want || v != tc.err && (v == nil || tc.err == nil || *v != *tc.err) {
			t.Errorf("%s: %q, %v; want %q, %v", tc.name, got, err, tc.want, tc.err)
		}
		if err == nil && read != int64(len(tc.message)) {
			t.Errorf("%s: read %d bytes of %d", tc.name, read, len(tc.message))
		}
	}
}

// The window is 32 KiB: what is farther back may not be referred to, all that is not, may.
func TestInflateTakeover(t *testing.T) {
	t.Parallel()
	var to bytes.Buffer
	w, _ := flate.NewWriter(&to, flate.BestCompression)
	random := rand.NewChaCha8([32]byte{7})
	block := make([]byte, 9000)
	random.Read(block)
	f := inflater{takeover: true}
	for i := range 20 {
		message := string(block[:random.Uint64()%9000]) + "€"
		var read int64
		compressed := deflated(w, &to, message)
		got, err := f.message(websocket.MessageBinary, source(compressed, &read))
		if err != nil || string(got) != message {
			t.Fatalf("message %d: %d bytes, %v; want %d", i, len(got), err, len(message))
		}
		if i > 3 && len(compressed) > len(message)/2 {
			t.Fatalf("message %d does not refer to the earlier ones", i)
		}
		if len(f.window) > maxWindow || cap(f.window) > 2*maxWindow {
			t.Fatalf("the window has %d bytes, and room for %d", len(f.window), cap(f.window))
		}
	}
	forgetful := inflater{}
	var read int64
	if _, err := forgetful.message(websocket.MessageBinary, source(deflated(w, &to, string(block)), &read)); err == nil {
		t.Error("without takeover, earlier messages were remembered")
	}
}

// A connection that fails is not the message's fault.
func TestInflateFails(t *testing.T) {
	t.Parallel()
	fault := errors.New("network is down")
	for _, message := range []string{"", "\xf2\x48", "\xf3\x48\xcd\xc9\xc9\x07\x00"} {
		var read int64
		in := source("", &read)
		in.r = io.MultiReader(strings.NewReader(message), iotest.ErrReader(fault))
		var f inflater
		if _, err := f.message(websocket.MessageText, in); err != fault {
			t.Errorf("after %q: %v", message, err)
		}
	}
}

// FuzzInflate inflates what may be anything, and what was deflated, which must come back.
func FuzzInflate(f *testing.F) {
	for _, s := range []string{"", "\xf2\x48\xcd\xc9\xc9\x07\x00", "\xf3\x48\xcd\xc9\xc9\x07\x00\x02\x13\x00\x00", strings.Repeat("again ", 300), "\x01\x00\x00\xff\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var read int64
		any := inflater{limit: 1000, takeover: true}
		for range 2 {
			if got, err := any.message(websocket.MessageText, source(s, &read)); len(got) > 1000 || err != nil && !errors.As(err, new(*Violation)) {
				t.Fatalf("%q: %d bytes, %v", s, len(got), err)
			}
		}
		var to bytes.Buffer
		w, _ := flate.NewWriter(&to, flate.BestSpeed)
		f := inflater{takeover: true}
		for range 2 {
			if got, err := f.message(websocket.MessageBinary, source(deflated(w, &to, s), &read)); err != nil || string(got) != s {
				t.Fatalf("%q came back as %q, %v", s, got, err)
			}
		}
	})
}
