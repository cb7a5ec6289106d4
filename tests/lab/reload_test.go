//go:build lab

package lab

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// runCerts runs the one-shot container again with arguments, as `make certs` does.
func runCerts(t *testing.T, args ...string) {
	t.Helper()
	like := service(t, "certs")
	d := like.inspect(t)
	var raw struct{ HostConfig json.RawMessage }
	call(t, http.MethodGet, "/containers/"+like.ID+"/json", nil, &raw)
	var again struct{ Id string }
	call(t, http.MethodPost, "/containers/create", map[string]any{
		"Image": d.Image, "Cmd": args, "Env": d.Config.Env, "User": d.Config.User, "HostConfig": raw.HostConfig,
	}, &again)
	c := container{again.Id}
	defer call(t, http.MethodDelete, "/containers/"+c.ID+"?force=1", nil, nil)
	c.do(t, "start")
	if code := c.wait(t); code != 0 {
		t.Fatalf("certs %v: exit code %d: %s", args, code, c.logs(t))
	}
}

func serial(t *testing.T, addr string) string {
	t.Helper()
	c, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: roots(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.ConnectionState().PeerCertificates[0].SerialNumber.Text(16)
}

// Not parallel: other tests look at the certificates.
func TestNewCertificateWithoutRestart(t *testing.T) {
	addrs := []string{"webserver:443", "wsserver:10443"}
	before := map[string]string{}
	for _, addr := range addrs {
		before[addr] = serial(t, addr)
	}
	started := service(t, "wsserver").inspect(t).State.StartedAt
	var open []*websocket.Conn
	for range 50 {
		open = append(open, dial(t, "wss://wsserver:10443/echo", nil))
	}
	runCerts(t, "--renew")
	for _, addr := range addrs {
		for end := time.Now().Add(10 * time.Second); serial(t, addr) == before[addr]; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s still serves the old certificate", addr)
			}
		}
	}
	for _, c := range open {
		echoes(t, c, websocket.MessageText, "still here")
	}
	if now := service(t, "wsserver").inspect(t).State.StartedAt; now != started {
		t.Error("the server was restarted")
	}
}
