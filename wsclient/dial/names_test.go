package dial

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"wslab/wsclient/exit"
	"wslab/wsclient/peer"
	"wslab/wsclient/target"
)

func parse(t *testing.T, text string) target.URL {
	t.Helper()
	u, err := target.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// resolver asks a DNS server of the test's own, over TCP.
func resolver(addr string) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	}}
}

func TestNames(t *testing.T) {
	t.Parallel()
	silent := peer.TCP(t, func(c net.Conn) { c.Read(make([]byte, 1<<16)); c.Read(make([]byte, 1)) })
	dead := peer.Free(t)
	for _, tc := range []struct{ name, url, dns, says string }{
		{"lab's name elsewhere", "wss://wss.example.com:10443", dead, "is a name in the lab's network: start the lab with `make up`"},
		{"DNS is down", "ws://www.example.com", dead, `"www.example.com" could not be looked up (dial tcp `},
		{"DNS is silent", "ws://www.example.com", silent, `"www.example.com" could not be looked up (`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			d := Dialer{Target: parse(t, tc.url), Timeout: 300 * time.Millisecond, Resolver: resolver(tc.dns)}
			_, report, err := d.Dial(t.Context())
			if !errors.Is(err, exit.ErrName) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v, want %q", err, tc.says)
			}
			if report.Address != "" || report.Times.Total == 0 {
				t.Errorf("%+v", report)
			}
		})
	}
}

// No address drops packets on every machine that this may run on, so the text alone is tested.
func TestNoAnswerAtAll(t *testing.T) {
	t.Parallel()
	d := Dialer{Target: parse(t, "ws://192.0.2.1:10081"), Timeout: time.Second}
	err := d.explainSilence(&Report{Target: d.Target})
	if !errors.Is(err, exit.ErrNoAnswer) || !strings.Contains(err.Error(), "from 192.0.2.1:10081 within 1s: is there a firewall between?") {
		t.Error(err)
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	url := strings.Replace(peer.WS(t, peer.Echo), "127.0.0.1", "localhost", 1)
	d := Dialer{Target: parse(t, url), Timeout: 10 * time.Second, MaxMessage: 10}
	c, r, err := d.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	if len(r.Addresses) == 0 || r.Address == "" || r.TLS != nil || r.Certificate != nil || !IsSwitch(r.Response) {
		t.Errorf("%+v", r)
	}
	steps := r.Times.DNS + r.Times.Connect + r.Times.TLS + r.Times.Upgrade
	if r.Times.DNS <= 0 || r.Times.Connect <= 0 || r.Times.TLS != 0 || r.Times.Upgrade <= 0 || steps > r.Times.Total {
		t.Errorf("%+v", r.Times)
	}
}
