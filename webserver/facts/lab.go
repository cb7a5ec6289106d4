package facts

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"wslab/services/lab"
)

// LabPath is where the page finds the lab's addresses and ports.
const LabPath = "/lab.json"

// Ports are the ones that the lab has on the machine that runs it.
type Ports struct {
	HTTP     uint16 `json:"http_port"`
	HTTPS    uint16 `json:"https_port"`
	WS       uint16 `json:"ws_port"`
	WSLegacy uint16 `json:"ws_legacy_port"`
	WSS      uint16 `json:"wss_port"`
}

type document struct {
	LabNet    string     `json:"lab_net"`
	Web       webServer  `json:"web"`
	WS        wsServer   `json:"ws"`
	Published Ports      `json:"published"`
	CA        *authority `json:"ca"` // null where there is none
}

type webServer struct {
	Names   []string   `json:"names"`
	Address netip.Addr `json:"address"`
	HTTP    uint16     `json:"http_port"`
	HTTPS   uint16     `json:"https_port"`
}

type wsServer struct {
	Names    []string   `json:"names"`
	Address  netip.Addr `json:"address"`
	WS       uint16     `json:"ws_port"`
	WSLegacy uint16     `json:"ws_legacy_port"`
	WSS      uint16     `json:"wss_port"`
}

type authority struct {
	Subject  string    `json:"subject"`
	SHA256   string    `json:"sha256"` // as browsers and openssl show it
	NotAfter time.Time `json:"not_after"`
	URL      string    `json:"url"`
}

// Lab answers with what the page needs to know of the lab.
func Lab(network lab.Net, published Ports, ca CA) http.Handler {
	fixed := document{
		LabNet:    network.String(),
		Web:       webServer{lab.AllWebNames(), network.Web(), lab.WebHTTPPort, lab.WebHTTPSPort},
		WS:        wsServer{lab.AllWSNames(), network.WS(), lab.WSPort, lab.WSLegacyPort, lab.WSSPort},
		Published: published,
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer := fixed
		answer.CA = ca.describe()
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		json.NewEncoder(w).Encode(answer)
	})
}

func (c CA) describe() *authority {
	cert, err := c.certificate()
	if err != nil {
		return nil
	}
	return &authority{cert.Subject.CommonName, fingerprint(cert.Raw), cert.NotAfter.UTC(), PEMPath}
}

func fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}
