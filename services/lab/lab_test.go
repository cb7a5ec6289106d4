package lab

import (
	"slices"
	"strings"
	"testing"
)

func TestParseNet(t *testing.T) {
	t.Parallel()
	for octets, want := range map[string][2]string{
		DefaultNet:     {"172.31.10.10", "172.31.10.20"},
		"10.0.0":       {"10.0.0.10", "10.0.0.20"},
		"192.168.255":  {"192.168.255.10", "192.168.255.20"},
		"172.16.0":     {"172.16.0.10", "172.16.0.20"},
		"10.255.10":    {"10.255.10.10", "10.255.10.20"},
		"192.168.0000": {}, "": {}, "172.31": {}, "172.31.10.0": {}, "172.31.256": {}, "172.031.10": {}, "fd00::": {},
		"172.31.10/24": {}, " 172.31.10": {}, "172.31.10.": {}, "a.b.c": {},
		"8.8.8": {}, "172.32.0": {}, "127.0.0": {}, "169.254.1": {},
	} {
		var n Net
		err := n.UnmarshalText([]byte(octets))
		if want[0] == "" {
			if err == nil || !strings.Contains(err.Error(), DefaultNet) {
				t.Errorf("%q: %v, %v; want an error with an example", octets, n, err)
			}
			continue
		}
		if err != nil || n.String() != octets || n.Web().String() != want[0] || n.WS().String() != want[1] {
			t.Errorf("%q: %s, web %s, ws %s, %v", octets, n, n.Web(), n.WS(), err)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	if got, want := AllWebNames(), []string{"webserver", "webserver.example.com"}; !slices.Equal(got, want) {
		t.Errorf("web server: %q, want %q", got, want)
	}
	want := []string{"wsserver", "ws", "wss", "wsserver.example.com", "ws.example.com", "wss.example.com", "websocket.example.com"}
	if got := AllWSNames(); !slices.Equal(got, want) {
		t.Errorf("WebSocket server: %q, want %q", got, want)
	}
	// Callers own what they get.
	AllWSNames()[0] = "changed"
	if WSNames[0] != "wsserver" {
		t.Error("a caller changed the list")
	}
}
