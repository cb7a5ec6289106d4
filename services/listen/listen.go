// Package listen opens a server's ports and serves HTTP on them within bounds.
package listen

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"
)

// Errors of Open and of reading Addrs.
var (
	ErrAddr    = errors.New("not an address to listen on")
	ErrInUse   = errors.New("the port is taken")
	ErrDenied  = errors.New("not allowed to open the port")
	ErrNothing = errors.New("nothing to listen on")
)

// Off is the Addrs that listens nowhere.
const Off = "off"

// Addrs is a setting: addresses to listen on, host:port with the host optional, separated by
// commas; or Off.
type Addrs []string

// UnmarshalText reads the setting.
func (a *Addrs) UnmarshalText(text []byte) error {
	*a = Addrs{}
	if string(text) == Off {
		return nil
	}
	for addr := range strings.SplitSeq(string(text), ",") {
		addr = strings.TrimSpace(addr)
		if !valid(addr) {
			return fmt.Errorf("%w: %q (accepted: host:port or :port, several with commas, or %q)", ErrAddr, addr, Off)
		}
		*a = append(*a, addr)
	}
	return nil
}

func valid(addr string) bool {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// Open listens on every address, or on none: when one fails, those already open are closed.
// flag is the setting that chose the addresses, for the error's advice.
func Open(addrs Addrs, flag string) ([]net.Listener, error) {
	var open []net.Listener
	for _, addr := range addrs {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			Close(open)
			return nil, explain(addr, flag, err)
		}
		open = append(open, l)
	}
	return open, nil
}

// URL is one that can be opened on this machine: an address that listens everywhere cannot.
func URL(scheme string, l net.Listener) string {
	host, port, _ := net.SplitHostPort(l.Addr().String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// Close closes every listener.
func Close(listeners []net.Listener) {
	for _, l := range listeners {
		l.Close()
	}
}

func explain(addr, flag string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("cannot listen on %s: %w: stop what uses it (`docker compose ps` shows the lab), or choose another with `--%s`", addr, ErrInUse, flag)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("cannot listen on %s: %w: choose one above 1023 with `--%s`", addr, ErrDenied, flag)
	}
	return fmt.Errorf("cannot listen on %s: %w: choose another address with `--%s`", addr, err, flag)
}
