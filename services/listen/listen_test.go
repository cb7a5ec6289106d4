package listen

import (
	"errors"
	"net"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func TestAddrs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Addrs{
		":80":                      {":80"},
		"127.0.0.1:0":              {"127.0.0.1:0"},
		"[::1]:10443, localhost:1": {"[::1]:10443", "localhost:1"},
		":65535,:1":                {":65535", ":1"},
		"off":                      {},
	} {
		a := Addrs{"old"}
		if err := a.UnmarshalText([]byte(text)); err != nil || !slices.Equal(a, want) {
			t.Errorf("%q: %q, %v; want %q", text, a, err, want)
		}
	}
	for _, text := range []string{"", "80", ":", ":http", ":65536", ":-1", ":80,", "off,:80", "OFF", "::1:80", "[::1]", "http://:80"} {
		var a Addrs
		err := a.UnmarshalText([]byte(text))
		if !errors.Is(err, ErrAddr) || !strings.Contains(err.Error(), Off) {
			t.Errorf("%q: %q, %v; want ErrAddr that says what is accepted", text, a, err)
		}
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	if open, err := Open(Addrs{}, "x-listen"); err != nil || len(open) != 0 {
		t.Errorf("off: %v, %v", open, err)
	}
	open, err := Open(Addrs{"127.0.0.1:0", "127.0.0.1:0"}, "x-listen")
	if err != nil || len(open) != 2 {
		t.Fatalf("%v, %v", open, err)
	}
	Close(open)
	if _, err := open[1].Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestOpenTaken(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	free := freeAddr(t)
	_, err = Open(Addrs{free, taken.Addr().String()}, "x-listen")
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), taken.Addr().String()) || !strings.Contains(err.Error(), "`--x-listen`") {
		t.Errorf("%v; want ErrInUse that names the address and the flag", err)
	}
	// The one that was open already is free again.
	l, err := net.Listen("tcp", free)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestOpenElsewhere(t *testing.T) {
	t.Parallel()
	// An address of no machine (RFC 5737).
	if _, err := Open(Addrs{"192.0.2.1:0"}, "x-listen"); err == nil || !strings.Contains(err.Error(), "choose another address with `--x-listen`") {
		t.Errorf("%v", err)
	}
}

// The tests' user may open any port, so the error is made.
func TestDenied(t *testing.T) {
	t.Parallel()
	err := explain(":80", "x-listen", os.NewSyscallError("bind", syscall.EACCES))
	if !errors.Is(err, ErrDenied) || !strings.Contains(err.Error(), "`--x-listen`") {
		t.Errorf("%v", err)
	}
}

func freeAddr(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
