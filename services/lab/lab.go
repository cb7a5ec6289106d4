// Package lab holds the facts that every part of the lab shares: which names its machines have,
// which addresses they get, and on which ports they listen.
package lab

import (
	"fmt"
	"net/netip"
	"strings"
)

// DefaultNet is the first three octets of the lab's network.
const DefaultNet = "172.31.10"

// Domain is the lab's domain, one that RFC 2606 keeps free for examples.
const Domain = "example.com"

// Host parts of the fixed addresses in the lab's network.
const (
	WebHost = 10
	WSHost  = 20
)

// Ports that the servers listen on inside the lab's network. Those published on the host are
// settings.
const (
	WebHTTPPort  = 80
	WebHTTPSPort = 443
	WSPort       = 10081
	WSLegacyPort = 10080 // the workshop's original; browsers refuse it (Fetch, "bad port")
	WSSPort      = 10443
)

// WebNames and WSNames are the names of the two servers on the lab's network, each also valid
// under Domain.
var (
	WebNames = []string{"webserver"}
	WSNames  = []string{"wsserver", "ws", "wss"}
	// WSDomainNames exist under Domain alone.
	WSDomainNames = []string{"websocket"}
)

// Net is the lab's network: a /24.
type Net struct{ prefix netip.Prefix }

// ParseNet reads the first three octets of an IPv4 network, as in "172.31.10".
func ParseNet(octets string) (Net, error) {
	addr, err := netip.ParseAddr(octets + ".0")
	if err != nil || !addr.Is4() {
		return Net{}, fmt.Errorf("LAB_NET %q is not the first three octets of an IPv4 network, such as %s", octets, DefaultNet)
	}
	if !addr.IsPrivate() {
		return Net{}, fmt.Errorf("LAB_NET %q is not private (RFC 1918): take one within 10, 172.16 to 172.31, or 192.168, such as %s", octets, DefaultNet)
	}
	return Net{netip.PrefixFrom(addr, 24)}, nil
}

// UnmarshalText makes Net a setting.
func (n *Net) UnmarshalText(text []byte) (err error) {
	*n, err = ParseNet(string(text))
	return err
}

// String is the form that ParseNet reads.
func (n Net) String() string {
	return strings.TrimSuffix(n.prefix.Addr().String(), ".0")
}

// Web is the web server's address.
func (n Net) Web() netip.Addr { return n.host(WebHost) }

// WS is the WebSocket server's address.
func (n Net) WS() netip.Addr { return n.host(WSHost) }

func (n Net) host(last byte) netip.Addr {
	octets := n.prefix.Addr().As4()
	octets[3] = last
	return netip.AddrFrom4(octets)
}

// AllWebNames is every name of the web server.
func AllWebNames() []string { return withDomain(WebNames, nil) }

// AllWSNames is every name of the WebSocket server.
func AllWSNames() []string { return withDomain(WSNames, WSDomainNames) }

func withDomain(names, domainOnly []string) []string {
	all := append([]string{}, names...)
	for _, name := range append(append([]string{}, names...), domainOnly...) {
		all = append(all, name+"."+Domain)
	}
	return all
}
