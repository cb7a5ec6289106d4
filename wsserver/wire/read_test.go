package wire

import (
	"errors"
	"io"
	"testing"
	"time"
)

// A control frame is handed on when it is whole, and not before; data at once.
func TestControlFramesComeWhole(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	c := NewConn(server, Options{})
	data, ping := masked(0x01, "data"), masked(0x89, "ping")
	buf := make([]byte, 1024)
	for i := 1; i < len(ping); i++ {
		whole := append(data[:len(data):len(data)], ping[:i]...)
		if i > 1 {
			whole = append(masked(0x00, "data"), ping[:i]...)
		}
		client.Write(whole)
		wantNext(t, c, buf, string(whole[:len(whole)-i]))
		client.Write(ping[i:])
		wantNext(t, c, buf, string(ping))
	}
}

// So is any header.
func TestHeadersComeWhole(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	c := NewConn(server, Options{})
	frame := masked(0x82, string(make([]byte, 70_000)))[:14+1]
	buf := make([]byte, 1024)
	go func() {
		for i := range frame {
			client.Write(frame[i : i+1])
		}
	}()
	for n := 0; n < len(frame); {
		m, err := c.Read(buf)
		if n += m; err != nil || n < 14 {
			t.Fatalf("read %d bytes, %v", n, err)
		}
	}
}

// wantNext reads until want is there, which nothing may follow.
func wantNext(t *testing.T, c *Conn, buf []byte, want string) {
	t.Helper()
	var got string
	for len(got) < len(want) {
		n, err := c.Read(buf)
		if err != nil {
			t.Fatalf("read %q, %v; want %q", got, err, want)
		}
		got += string(buf[:n])
	}
	if got != want {
		t.Fatalf("read %x, want %x", got, want)
	}
}

// A reader with hardly any room gets everything, too.
func TestReadSmall(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	c := NewConn(server, Options{})
	stream := string(masked(0x89, "ping")) + string(masked(0x81, "text")) + string(masked(0x8a, "")) + string(masked(0x88, ""))
	client.Write([]byte(stream))
	client.CloseWrite()
	var got []byte
	for size := 1; ; size = size%5 + 1 {
		p := make([]byte, size)
		n, err := c.Read(p)
		got = append(got, p[:n]...)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if string(got) != stream {
		t.Errorf("read %x, want %x", got, stream)
	}
}

// A violation follows what was good, and stays.
func TestReadViolation(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	c := NewConn(server, Options{MaxMessage: 10})
	good := masked(0x81, "good")
	client.Write(append(good, masked(0x82, "longer than ten")...))
	buf := make([]byte, 1024)
	wantNext(t, c, buf, string(good))
	for range 2 {
		_, err := c.Read(buf)
		if v, ok := Violated(err); !ok || v.Code != 1009 {
			t.Fatalf("read %v, want 1009", err)
		}
	}
	if _, ok := Violated(io.EOF); ok {
		t.Error("the end of a connection is no violation")
	}
}

// An end within a frame or a message is not an end in order.
func TestReadTruncated(t *testing.T) {
	t.Parallel()
	whole := string(masked(0x81, "whole"))
	for stream, want := range map[string]error{
		"":                               io.EOF,
		whole:                            io.EOF,
		whole + "\x81":                   io.ErrUnexpectedEOF,
		whole[:6]:                        io.ErrUnexpectedEOF,
		whole[:8]:                        io.ErrUnexpectedEOF,
		string(masked(0x01, "half")):     io.ErrUnexpectedEOF,
		string(masked(0x89, "ping"))[:7]: io.ErrUnexpectedEOF,
	} {
		server, client := pair(t)
		client.Write([]byte(stream))
		client.CloseWrite()
		if _, err := io.Copy(io.Discard, onlyReader{NewConn(server, Options{})}); err != want && !(err == nil && want == io.EOF) {
			t.Errorf("%x ends with %v, want %v", stream, err, want)
		}
	}
}

type onlyReader struct{ io.Reader }

func TestSilence(t *testing.T) {
	t.Parallel()
	server, client := pair(t)
	c := NewConn(server, Options{})
	time.Sleep(50 * time.Millisecond)
	before := c.Silence()
	client.Write(masked(0x82, "sound"))
	c.Read(make([]byte, 100))
	if after := c.Silence(); before < 50*time.Millisecond || after >= before {
		t.Errorf("silent for %v, and then for %v", before, after)
	}
	if in, _ := c.Bytes(); in != 11 {
		t.Errorf("%d bytes came in, want 11", in)
	}
}

// What net/http had read already comes first.
func TestEarly(t *testing.T) {
	t.Parallel()
	if err := (&early{Conn: secure{}}).CloseWrite(); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("half-closed what cannot be: %v", err)
	}
}
