package health

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"wslab/services/listen"
)

// ErrUnhealthy means that a server did not answer as a healthy one does.
var ErrUnhealthy = errors.New("not healthy")

// Pace keeps a container healthy cheaply. Docker starts a process for each probe, and an engine
// older than 25 probes as often later on as it does at the start. So probes come four times a
// second (HEALTHCHECK in services/Dockerfile), and one that finds a server that has been up for
// Settled stays, asks again every Again, and ends after Stay, or at once when an answer is bad.
type Pace struct{ Settled, Again, Stay time.Duration }

// DefaultPace makes Docker start one process in ten seconds, once a server is up.
var DefaultPace = Pace{Settled: 5 * time.Second, Again: 2 * time.Second, Stay: 10 * time.Second}

const timeout = 2 * time.Second

// Probe asks every listener of a server on this machine for its health. TLS is checked as a
// client would, against certsDir's ca.pem, so a bad certificate is unhealthy too.
func Probe(ctx context.Context, plain, secure listen.Addrs, certsDir string, pace Pace) error {
	client, err := newClient(secure, certsDir)
	if err != nil {
		return fmt.Errorf("%w: %w: run `make certs`", ErrUnhealthy, err)
	}
	defer client.CloseIdleConnections()
	for end := time.Now().Add(pace.Stay); ; {
		uptime, err := askAll(ctx, client, plain, secure)
		if err != nil {
			return fmt.Errorf("%w: %w: its log (`docker compose logs`) may say why", ErrUnhealthy, err)
		}
		if uptime < pace.Settled || time.Now().Add(pace.Again).After(end) {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pace.Again):
		}
	}
}

func newClient(secure listen.Addrs, certsDir string) (*http.Client, error) {
	config := &tls.Config{ServerName: "localhost", RootCAs: x509.NewCertPool()}
	if len(secure) > 0 {
		ca, err := os.ReadFile(filepath.Join(certsDir, "ca.pem"))
		if err != nil {
			return nil, err
		}
		config.RootCAs.AppendCertsFromPEM(ca)
	}
	return &http.Client{Timeout: timeout, Transport: &http.Transport{TLSClientConfig: config}}, nil
}

func askAll(ctx context.Context, client *http.Client, plain, secure listen.Addrs) (time.Duration, error) {
	var uptime time.Duration
	for scheme, addrs := range map[string]listen.Addrs{"http": plain, "https": secure} {
		for _, addr := range addrs {
			up, err := ask(ctx, client, scheme+"://"+local(addr)+Path)
			if err != nil {
				return 0, err
			}
			uptime = max(uptime, up)
		}
	}
	return uptime, nil
}

func ask(ctx context.Context, client *http.Client, url string) (time.Duration, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	var status Status
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s answered %s", url, resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(&status); err != nil {
		return 0, fmt.Errorf("%s answered something else: %w", url, err)
	}
	return time.Duration(status.Uptime * float64(time.Second)), nil
}

// local is the address to dial for an address to listen on: one with no host listens everywhere.
func local(addr string) string {
	host, port, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
