//go:build lab

// Package lab tests the running lab from inside its network. tests/run starts both.
package lab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/coder/websocket"

	facts "wslab/services/lab"
)

// certs is the lab's certificate directory, mounted.
const certs = "/certs"

var (
	project = os.Getenv("PROJECT")
	network = mustNet(os.Getenv("LAB_NET"))
)

func mustNet(octets string) facts.Net {
	n, err := facts.ParseNet(octets)
	if err != nil {
		panic("tests/run sets LAB_NET: " + err.Error())
	}
	return n
}

// Hosts under which the servers are reached: every name, and the address.
func webHosts() []string { return append(facts.AllWebNames(), network.Web().String()) }
func wsHosts() []string  { return append(facts.AllWSNames(), network.WS().String()) }

// roots trusts the lab's CA and nothing else.
func roots(t testing.TB) *x509.CertPool {
	t.Helper()
	ca, err := os.ReadFile(certs + "/ca.pem")
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca) {
		t.Fatal("ca.pem holds no certificate")
	}
	return pool
}

// client is an HTTP client that trusts the lab, on connections of its own.
func client(t testing.TB) *http.Client {
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots(t)}, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 10 * time.Second}
}

func within(t testing.TB, limit time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	t.Cleanup(cancel)
	return ctx
}

func dial(t testing.TB, url string, header http.Header) *websocket.Conn {
	t.Helper()
	options := &websocket.DialOptions{HTTPClient: &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots(t)}}}, HTTPHeader: header}
	c, _, err := websocket.Dial(within(t, 30*time.Second), url, options)
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	c.SetReadLimit(-1)
	t.Cleanup(func() { c.CloseNow() })
	return c
}

// wsURLs is the WebSocket server under every name and address, on every port.
func wsURLs() (urls []string) {
	for _, host := range wsHosts() {
		urls = append(urls, "ws://"+net.JoinHostPort(host, "10081"), "ws://"+net.JoinHostPort(host, "10080"), "wss://"+net.JoinHostPort(host, "10443"))
	}
	return urls
}
