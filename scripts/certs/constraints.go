package main

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"wslab/services/lab"
)

// What the CA may sign: only names and addresses that mean nothing on the public internet. These
// lists go into the CA certificate as critical name constraints (RFC 5280 section 4.2.1.10), so
// that a leaked CA key is worthless elsewhere, and every requested name is held against them.
var (
	permittedDNS = slices.Concat(
		// RFC 2606, RFC 6761, RFC 6762, RFC 8375, and ICANN's resolution 2024.07.29.06 on .internal.
		[]string{"localhost", lab.Domain, "test", "local", "internal", "home.arpa"},
		lab.WebNames, lab.WSNames,
	)
	permittedIPs = []netip.Prefix{
		netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"),
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"), // RFC 1918
		netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("fe80::/10"), // link-local: RFC 3927, RFC 4291
		netip.MustParsePrefix("fc00::/7"), // unique local: RFC 4193
	}
)

func permitDNS(name string) error {
	for _, base := range permittedDNS {
		if name == base || strings.HasSuffix(name, "."+base) {
			return nil
		}
	}
	return errOutside
}

func permitIP(ip netip.Addr) error {
	for _, prefix := range permittedIPs {
		if prefix.Contains(ip) {
			return nil
		}
	}
	return errOutside
}

func accepted() string {
	prefixes := make([]string, len(permittedIPs))
	for i, prefix := range permittedIPs {
		prefixes[i] = prefix.String()
	}
	return "accepted are names in " + strings.Join(permittedDNS, ", ") +
		" and addresses in " + strings.Join(prefixes, ", ")
}

func permittedNets() (nets []*net.IPNet) {
	for _, prefix := range permittedIPs {
		bits := prefix.Addr().BitLen()
		nets = append(nets, &net.IPNet{IP: prefix.Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), bits)})
	}
	return nets
}
