package endpoints_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/endpoints"
	"wslab/wsserver/testserver"
)

type negotiated struct {
	Offered []string `json:"offered"`
	Chosen  string   `json:"chosen"`
}

type seenTLS struct {
	Version string `json:"version"`
	Cipher  string `json:"cipher"`
	SNI     string `json:"sni"`
	ALPN    string `json:"alpn"`
	Resumed bool   `json:"resumed"`
}

type seen struct {
	Remote      string      `json:"remote"`
	Host        string      `json:"host"`
	Path        string      `json:"path"`
	Query       string      `json:"query"`
	HTTP        string      `json:"http"`
	Headers     http.Header `json:"headers"`
	Subprotocol negotiated  `json:"subprotocol"`
	Extensions  negotiated  `json:"extensions"`
	TLS         *seenTLS    `json:"tls"`
}

func TestInfo(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	server.Compression = websocket.CompressionContextTakeover
	c := dial(t, server.URL+"/info?trace=0123456789abcdef", &websocket.DialOptions{
		HTTPHeader:      http.Header{"X-Test": {"a<b", "c"}, "Cookie": {"k=v"}},
		Subprotocols:    []string{"one", "two"},
		CompressionMode: websocket.CompressionContextTakeover,
	})
	got := readJSON[seen](t, c)
	if !strings.HasPrefix(got.Remote, "127.0.0.1:") || "ws://"+got.Host != server.URL ||
		got.Path != "/info" || got.Query != "trace=0123456789abcdef" || got.HTTP != "HTTP/1.1" || got.TLS != nil {
		t.Errorf("the server saw %+v", got)
	}
	if !reflect.DeepEqual(got.Headers["X-Test"], []string{"a<b", "c"}) || got.Headers.Get("Cookie") != "k=v" || got.Headers.Get("Sec-WebSocket-Key") == "" {
		t.Errorf("the server saw the headers %v", got.Headers)
	}
	if !reflect.DeepEqual(got.Subprotocol, negotiated{[]string{"one", "two"}, ""}) {
		t.Errorf("the server saw the subprotocols %+v", got.Subprotocol)
	}
	if !reflect.DeepEqual(got.Extensions, negotiated{[]string{"permessage-deflate"}, "permessage-deflate"}) {
		t.Errorf("the server saw the extensions %+v", got.Extensions)
	}
	expectEcho(t, c)
}

func TestInfoNothingOffered(t *testing.T) {
	t.Parallel()
	got := readJSON[seen](t, testserver.New(t, 1).Dial(t, "/info"))
	if nothing := (negotiated{[]string{}, ""}); !reflect.DeepEqual(got.Subprotocol, nothing) || !reflect.DeepEqual(got.Extensions, nothing) {
		t.Errorf("the server saw %+v and %+v", got.Subprotocol, got.Extensions)
	}
}

func TestInfoTLS(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	e, _ := endpoints.Lookup("/info")
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { server.Serve(w, r, e) }))
	t.Cleanup(secure.Close)
	config := secure.Client().Transport.(*http.Transport).TLSClientConfig
	config.ServerName = "example.com" // a name of httptest's certificate
	config.NextProtos = []string{"http/1.1"}
	config.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	// net/http sends no ALPN with an Upgrade; browsers do.
	dialer := tls.Dialer{Config: config}
	client := &http.Client{Transport: &http.Transport{DialTLSContext: dialer.DialContext}}
	url := "wss" + strings.TrimPrefix(secure.URL, "https") + "/info"
	for _, resumed := range []bool{false, true} {
		c := dial(t, url, &websocket.DialOptions{HTTPClient: client})
		want := &seenTLS{Version: "TLS 1.3", SNI: "example.com", ALPN: "http/1.1", Resumed: resumed}
		got := readJSON[seen](t, c)
		if got.TLS != nil {
			want.Cipher = got.TLS.Cipher // the machine's choice
		}
		if !reflect.DeepEqual(got.TLS, want) || !strings.HasPrefix(want.Cipher, "TLS_") {
			t.Errorf("the server saw %+v, want %+v", got.TLS, want)
		}
	}
}
