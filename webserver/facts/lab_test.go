package facts_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wslab/services/certificate"
	"wslab/services/lab"
	"wslab/services/testcert"
	"wslab/webserver/facts"
)

// document is what the page reads, to the letter.
const document = `{"lab_net":"10.9.8",` +
	`"web":{"names":["webserver","webserver.example.com"],"address":"10.9.8.10","http_port":80,"https_port":443},` +
	`"ws":{"names":["wsserver","ws","wss","wsserver.example.com","ws.example.com","wss.example.com","websocket.example.com"],` +
	`"address":"10.9.8.20","ws_port":10081,"ws_legacy_port":10080,"wss_port":10443},` +
	`"published":{"http_port":1,"https_port":2,"ws_port":3,"ws_legacy_port":4,"wss_port":65535},"ca":%s}` + "\n"

func TestLab(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	network, err := lab.ParseNet("10.9.8")
	if err != nil {
		t.Fatal(err)
	}
	h := facts.Lab(network, facts.Ports{HTTP: 1, HTTPS: 2, WS: 3, WSLegacy: 4, WSS: 65535}, facts.CA{Dir: dir})
	w := get(h)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if got, want := w.Body.String(), fmt.Sprintf(document, described(authority)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	other := testcert.New(t, `"quoted" CA`)
	put(t, dir, other.PEM)
	if got, want := get(h).Body.String(), fmt.Sprintf(document, described(other)); got != want {
		t.Errorf("another CA\n got %s\nwant %s", got, want)
	}
	os.Remove(filepath.Join(dir, certificate.CAFile))
	if got, want := get(h).Body.String(), fmt.Sprintf(document, "null"); got != want {
		t.Errorf("no CA\n got %s\nwant %s", got, want)
	}
}

// described is the authority in JSON.
func described(a *testcert.Authority) string {
	sum := sha256.Sum256(a.Cert.Raw)
	var pairs []string
	for _, b := range sum {
		pairs = append(pairs, strings.ToUpper(hex.EncodeToString([]byte{b})))
	}
	return fmt.Sprintf(`{"subject":%q,"sha256":%q,"not_after":%q,"url":"/ca.pem"}`,
		a.Cert.Subject.CommonName, strings.Join(pairs, ":"), a.Cert.NotAfter.UTC().Format(time.RFC3339))
}
