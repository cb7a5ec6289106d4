package strict

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
)

type pipe struct{ io.Reader }

func (pipe) Write(p []byte) (int, error) { return len(p), nil }
func (pipe) Close() error                { return nil }

// trip sends a response through the transport.
type trip struct{ resp *http.Response }

func (t trip) RoundTrip(*http.Request) (*http.Response, error) {
	if t.resp == nil {
		return nil, io.ErrClosedPipe
	}
	return t.resp, nil
}

func watch(t *testing.T, r io.Reader) io.Reader {
	t.Helper()
	resp, err := Transport{trip{&http.Response{StatusCode: 101, Body: pipe{r}}}}.RoundTrip(nil)
	if err != nil {
		t.Fatal(err)
	}
	return resp.Body
}

func long(n int) string { return strings.Repeat("x", n) }

func TestFrames(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, good, bad string
		want            error
	}{
		{"nothing", "", "", nil},
		{"short frames", "\x81\x00\x01\x02hi\x89\x7d" + long(125) + "\x88\x02\x03\xe8", "", nil},
		{"16-bit lengths", "\x81\x7e\x00\x7e" + long(126) + "\x82\x7e\xff\xff" + long(65535), "", nil},
		{"64-bit length", "\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00" + long(65536) + "\x81\x00", "", nil},
		{"payload that looks like a header", "\x81\x02\x81\xff\x81\x00", "", nil},
		{"end in a header", "\x81\x7e\x00", "", nil},
		{"masked", "\x81\x00\x81", "\x80abcd", ErrMasked},
		{"16 bits for 125", "\x81\x7e\x00", "\x7d" + long(125), ErrLength},
		{"64 bits for 65535", "\x01\x01a\x80\x7f\x00\x00\x00\x00\x00\x00\xff", "\xff" + long(65535), ErrLength},
		{"highest bit", "\x81\x7f\x80\x00\x00\x00\x00\x00\x00", "\x00", ErrHigh},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for name, chop := range map[string]func(io.Reader) io.Reader{
				"whole": func(r io.Reader) io.Reader { return r }, "by byte": iotest.OneByteReader, "by half": iotest.HalfReader, "error with data": iotest.DataErrReader,
			} {
				r := watch(t, chop(strings.NewReader(tc.good+tc.bad)))
				got, err := io.ReadAll(r)
				if string(got) != tc.good || !errors.Is(err, tc.want) || (err != nil) != (tc.want != nil) {
					t.Errorf("%s: %d bytes and %v, want %d and %v", name, len(got), err, len(tc.good), tc.want)
				}
				if _, again := r.Read(make([]byte, 1)); tc.want != nil && !Found(fmt.Errorf("wrapped: %w", again)) {
					t.Errorf("%s: goes on after a violation: %v", name, again)
				}
			}
		})
	}
}

// What is no open WebSocket is left alone.
func TestOtherResponses(t *testing.T) {
	t.Parallel()
	if _, err := (Transport{trip{}}).RoundTrip(nil); !errors.Is(err, io.ErrClosedPipe) || Found(err) {
		t.Error(err)
	}
	for _, resp := range []*http.Response{
		{StatusCode: 200, Body: pipe{strings.NewReader("\x81\x80")}},
		{StatusCode: 101, Body: io.NopCloser(strings.NewReader("\x81\x80"))},
	} {
		resp, err := Transport{trip{resp}}.RoundTrip(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(resp.Body); err != nil || !bytes.Equal(got, []byte("\x81\x80")) {
			t.Errorf("%d: %q, %v", resp.StatusCode, got, err)
		}
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte("\x81\x02hi\x88\x00"))
	f.Add([]byte("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"))
	f.Add([]byte("\x81\x85abcdhello"))
	f.Fuzz(func(t *testing.T, data []byte) {
		whole, wholeErr := io.ReadAll(watch(t, bytes.NewReader(data)))
		chopped, choppedErr := io.ReadAll(watch(t, iotest.OneByteReader(bytes.NewReader(data))))
		if !bytes.Equal(whole, chopped) || !errors.Is(choppedErr, wholeErr) || !bytes.HasPrefix(data, whole) {
			t.Errorf("%q, %v against %q, %v", whole, wholeErr, chopped, choppedErr)
		}
	})
}
