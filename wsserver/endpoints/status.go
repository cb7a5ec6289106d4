package endpoints

import (
	"context"
	"fmt"
	"net/http"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/status",
		Group:   Trials,
		Summary: "refuses the handshake with an HTTP status",
		Details: "A redirect leads to /echo, for clients that follow one; browsers do not. 200 is here because it must not be taken for 101.",
		Params: []params.Param{params.IntWhere("code", "403", "200, or 300 to 599: 101 would be a handshake, and the other 1xx are no answer",
			"the status", func(n int) bool { return n == 200 || n >= 300 && n <= 599 })},
		Example: "/status?code=403",
		Refuse:  answerStatus,
		Serve:   func(context.Context, *connections.Conn, Request) error { return nil }, // never: answerStatus always answers
	})
}

// required is what RFC 9110 wants beside a status. /echo is where a redirect leads, for the clients
// that follow one (RFC 6455, section 4.1, leaves that to them; browsers do not).
var required = map[int][2]string{
	300: {"Location", "/echo"}, 301: {"Location", "/echo"}, 302: {"Location", "/echo"}, 303: {"Location", "/echo"},
	307: {"Location", "/echo"}, 308: {"Location", "/echo"},
	401: {"WWW-Authenticate", `Basic realm="wslab"`},
	405: {"Allow", "GET"},
	407: {"Proxy-Authenticate", `Basic realm="wslab"`},
	426: {"Upgrade", "websocket"},
	503: {"Retry-After", "1"},
}

func answerStatus(w http.ResponseWriter, _ *http.Request, p params.Values) bool {
	code := p.Int("code")
	if header, ok := required[code]; ok {
		w.Header().Set(header[0], header[1])
	}
	http.Error(w, fmt.Sprintf("%d %s, as you asked: a client must not take this for an open WebSocket (RFC 6455, section 4.1)",
		code, http.StatusText(code)), code)
	return true
}
