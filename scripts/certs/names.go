package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"wslab/services/lab"
)

var (
	errMalformed = errors.New("is neither a DNS name nor an IP address")
	errWildcard  = errors.New("is a wildcard that clients refuse: write `*.` and at least two labels, such as *.lab." + lab.Domain)
	errOutside   = errors.New("is outside of what the lab's CA may sign")
)

// names are subject alternative names, of the two types that TLS clients look for (RFC 9525).
type names struct {
	dns []string
	ips []netip.Addr
}

// wanted is every name that the servers are reached by.
func wanted(network lab.Net, extra names) names {
	n := names{
		dns: slices.Concat(lab.AllWebNames(), lab.AllWSNames(), []string{"localhost"}),
		ips: []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.IPv6Loopback(), network.Web(), network.WS()},
	}
	for _, name := range extra.dns {
		n.add(name)
	}
	for _, ip := range extra.ips {
		n.addIP(ip)
	}
	return n
}

// UnmarshalText makes names a setting: a list separated by commas.
func (n *names) UnmarshalText(text []byte) error {
	*n = names{}
	for item := range strings.SplitSeq(string(text), ",") {
		item = strings.ToLower(strings.TrimSpace(item))
		if item == "" {
			continue
		}
		if err := n.parse(item); err != nil {
			return fmt.Errorf("%q %w; %s", item, err, accepted())
		}
	}
	return nil
}

func (n *names) parse(item string) error {
	if ip, err := netip.ParseAddr(item); err == nil && ip.Zone() == "" {
		n.addIP(ip.Unmap())
		return permitIP(ip.Unmap())
	}
	base, wildcard := strings.CutPrefix(item, "*.")
	switch {
	case !wellFormed(base):
		return errMalformed
	case wildcard && !strings.Contains(base, "."):
		return errWildcard // OpenSSL and browsers match none with a single label
	}
	n.add(item)
	return permitDNS(base)
}

func (n *names) add(name string) {
	if !slices.Contains(n.dns, name) {
		n.dns = append(n.dns, name)
	}
}

func (n *names) addIP(ip netip.Addr) {
	if !slices.Contains(n.ips, ip) {
		n.ips = append(n.ips, ip)
	}
}

// list is for people.
func (n names) list() []string {
	all := slices.Clone(n.dns)
	for _, ip := range n.ips {
		all = append(all, ip.String())
	}
	return all
}

// netIPs is the form that package x509 takes.
func (n names) netIPs() (ips []net.IP) {
	for _, ip := range n.ips {
		ips = append(ips, ip.AsSlice())
	}
	return ips
}

var label = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// wellFormed is RFC 1123 section 2.1: letters, digits and hyphens. Other scripts are written in
// their xn-- form.
func wellFormed(name string) bool {
	if len(name) > 253 {
		return false
	}
	return !slices.ContainsFunc(strings.Split(name, "."), func(s string) bool { return !label.MatchString(s) })
}
