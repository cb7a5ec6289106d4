package main

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"wslab/services/lab"
)

func TestExtraNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 63)
	for _, tc := range []struct {
		text string
		want []string
		err  error
	}{
		{text: "", want: nil},
		{text: "a.test", want: []string{"a.test"}},
		{text: " A.Test , b.local,,", want: []string{"a.test", "b.local"}},
		{text: "a.test,a.test", want: []string{"a.test"}},
		{text: "host.docker.internal,nas.home.arpa,x.webserver,localhost", want: []string{"host.docker.internal", "nas.home.arpa", "x.webserver", "localhost"}},
		{text: "*.foo.example.com,*.example.com", want: []string{"*.foo.example.com", "*.example.com"}},
		{text: "xn--caf-dma.test," + long + ".test", want: []string{"xn--caf-dma.test", long + ".test"}},
		{text: "10.0.0.1,192.168.1.2,172.16.0.1,169.254.1.1,127.0.0.53", want: []string{"10.0.0.1", "192.168.1.2", "172.16.0.1", "169.254.1.1", "127.0.0.53"}},
		{text: "::1,fe80::1,fd00::1,::ffff:10.0.0.1", want: []string{"::1", "fe80::1", "fd00::1", "10.0.0.1"}},

		{text: "www.example.org", err: errOutside},
		{text: "github.com", err: errOutside},
		{text: "notexample.com", err: errOutside},
		{text: "example.com.evil.org", err: errOutside},
		{text: "com", err: errOutside},
		{text: "*.github.com", err: errOutside},
		{text: "8.8.8.8", err: errOutside},
		{text: "172.32.0.1", err: errOutside},
		{text: "0.0.0.0", err: errOutside},
		{text: "::ffff:8.8.8.8", err: errOutside},
		{text: "2001:4860:4860::8888", err: errOutside},
		{text: "10.0.0.256", err: errOutside},

		{text: "my host.test", err: errMalformed},
		{text: "a.test b.test", err: errMalformed},
		{text: "https://a.test", err: errMalformed},
		{text: "a.test:8443", err: errMalformed},
		{text: "a..test", err: errMalformed},
		{text: ".test", err: errMalformed},
		{text: "a.test.", err: errMalformed},
		{text: "-a.test", err: errMalformed},
		{text: "a_b.test", err: errMalformed},
		{text: "café.test", err: errMalformed},
		{text: "fe80::1%eth0", err: errMalformed},
		{text: "10.0.0.0/8", err: errMalformed},
		{text: "foo.*.example.com", err: errMalformed},
		{text: "f*.example.com", err: errMalformed},
		{text: "*", err: errMalformed},
		{text: "*.", err: errMalformed},
		{text: "*.*.example.com", err: errMalformed},
		{text: long + "a.test", err: errMalformed},
		{text: strings.Repeat(long+".", 4) + "test", err: errMalformed},
		{text: "a.test\nb.test", err: errMalformed},
		{text: "*.test", err: errWildcard},
		{text: "*.localhost", err: errWildcard},
	} {
		t.Run(tc.text, func(t *testing.T) {
			t.Parallel()
			var n names
			err := n.UnmarshalText([]byte(tc.text))
			if !errors.Is(err, tc.err) {
				t.Fatalf("err %v, want %v", err, tc.err)
			}
			if err == nil && !slices.Equal(n.list(), tc.want) {
				t.Errorf("%q, want %q", n.list(), tc.want)
			}
			if err != nil && !strings.Contains(err.Error(), "home.arpa") {
				t.Errorf("does not say what is accepted: %v", err)
			}
		})
	}
}

func TestWanted(t *testing.T) {
	t.Parallel()
	var extra names
	if err := extra.UnmarshalText([]byte("a.test,localhost,10.9.8.10,10.9.8.7")); err != nil {
		t.Fatal(err)
	}
	got := wanted(labNet(t, "10.9.8"), extra).list()
	want := []string{
		"webserver", "webserver.example.com", "wsserver", "ws", "wss",
		"wsserver.example.com", "ws.example.com", "wss.example.com", "websocket.example.com",
		"localhost", "a.test", "127.0.0.1", "::1", "10.9.8.10", "10.9.8.20", "10.9.8.7",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Any network that lab.ParseNet takes must be one that the CA may sign.
func TestEveryLabNetIsPermitted(t *testing.T) {
	t.Parallel()
	for _, octets := range []string{"10.0.0", "10.255.255", "172.16.0", "172.31.255", "192.168.0", "192.168.255", lab.DefaultNet} {
		for _, ip := range wanted(labNet(t, octets), names{}).ips {
			if err := permitIP(ip); err != nil {
				t.Errorf("%s: %v %v", octets, ip, err)
			}
		}
	}
	for _, name := range wanted(labNet(t, lab.DefaultNet), names{}).dns {
		if err := permitDNS(name); err != nil {
			t.Errorf("%s %v", name, err)
		}
	}
}
