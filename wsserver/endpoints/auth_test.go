package endpoints_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"wslab/wsserver/testserver"
)

// basic is an Authorization header (RFC 7617), made by net/http.
func basic(user, pass string) string {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(user, pass)
	return r.Header.Get("Authorization")
}

func with(authorization ...string) *websocket.DialOptions {
	header := http.Header{"Cookie": {"session=s3cret; theme=dark"}}
	if authorization != nil {
		header["Authorization"] = authorization
	}
	return &websocket.DialOptions{HTTPHeader: header}
}

func TestAuth(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	type credentials struct {
		User    string            `json:"user"`
		Cookies map[string]string `json:"cookies"`
		Bearer  []string          `json:"bearer"`
	}
	cookies := map[string]string{"session": "s3cret", "theme": "dark"}
	for name, tc := range map[string]struct {
		query   string
		options *websocket.DialOptions
		want    credentials
	}{
		"default":      {"", with(basic("lab", "lab")), credentials{"lab", cookies, []string{}}},
		"own":          {"?user=j%C3%B6&pass=a:b", with(basic("jö", "a:b")), credentials{"jö", cookies, []string{}}},
		"with a token": {"", with(basic("lab", "lab"), "Bearer t0ken"), credentials{"lab", cookies, []string{"t0ken"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := dial(t, server.URL+"/auth"+tc.query, tc.options)
			if got := readJSON[credentials](t, c); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("the server got %+v, want %+v", got, tc.want)
			}
			expectEcho(t, c)
		})
	}
}

func TestAuthRefused(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 10)
	var log bytes.Buffer
	server.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	for _, tc := range []struct {
		query, authorization, says string
	}{
		{"", "", "no Authorization header"},
		{"", basic("lab", "wr0ng"), "Authorization: Basic"},
		{"", basic("wr0ng", "lab"), "Authorization: Basic"},
		{"", "Bearer t0ken", "Bearer t0ken"},
		{"", "Basic !!!", `user "lab" and password "lab"`},
		{"?user=ann&pass=s3cret", basic("lab", "lab"), `user "ann" and password "s3cret"`},
	} {
		options := with()
		if tc.authorization != "" {
			options = with(tc.authorization)
		}
		resp, body := refused(t, server.URL+"/auth"+tc.query, options)
		if resp.StatusCode != http.StatusUnauthorized || !strings.HasPrefix(resp.Header.Get("WWW-Authenticate"), `Basic realm="`) || !strings.Contains(body, tc.says) {
			t.Errorf("%+v: got %s %v %q", tc, resp.Status, resp.Header, body)
		}
	}
	for _, secret := range []string{"s3cret", "t0ken", "wr0ng", basic("lab", "wr0ng")} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q: %s", secret, log.String())
		}
	}
	if log.Len() == 0 {
		t.Error("the log has nothing at all")
	}
}
