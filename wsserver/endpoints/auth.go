package endpoints

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/auth",
		Group:   Insight,
		Summary: "lets in who gives user and password (HTTP Basic), and answers 401 to others",
		Details: `First it sends {"user":"lab","cookies":{…},"bearer":[…]}, with the cookies and bearer tokens that came along, then every message back. Nothing of it is logged.`,
		Params: []params.Param{
			params.Text("user", "lab", 64, "who is let in"),
			params.Text("pass", "lab", 64, "the password"),
		},
		Example: "/auth",
		Refuse:  unauthorized,
		Serve:   welcome,
	})
}

// unauthorized answers 401 to who is not let in. The client has said itself who is to be, so the
// answer may tell; the log must not.
func unauthorized(w http.ResponseWriter, r *http.Request, p params.Values) bool {
	user, pass, ok := r.BasicAuth()
	// Both are compared whatever the first gives: time must not tell which was wrong.
	right := same(user, p.Text("user")) & same(pass, p.Text("pass"))
	if ok && right == 1 {
		return false
	}
	received := "no Authorization header"
	if given := r.Header["Authorization"]; len(given) > 0 {
		received = "Authorization: " + strings.Join(given, ", ")
	}
	w.Header().Set("WWW-Authenticate", `Basic realm="wslab", charset="UTF-8"`) // RFC 7617, section 2.1
	http.Error(w, fmt.Sprintf("user %q and password %q are let in, by HTTP Basic alone (RFC 7617); received: %s",
		p.Text("user"), p.Text("pass"), received), http.StatusUnauthorized)
	return true
}

// same hashes first, because the comparison would tell lengths apart by its time.
func same(a, b string) int {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:])
}

// credentials is what somebody came with.
type credentials struct {
	User    string            `json:"user"`
	Cookies map[string]string `json:"cookies"`
	Bearer  []string          `json:"bearer"`
}

func welcome(ctx context.Context, c *connections.Conn, r Request) error {
	report := credentials{User: r.Params.Text("user"), Cookies: map[string]string{}, Bearer: bearer(r.HTTP)}
	for _, cookie := range r.HTTP.Cookies() {
		report.Cookies[cookie.Name] = cookie.Value
	}
	if err := sendJSON(c, report); err != nil {
		return err
	}
	return echo(ctx, c, r)
}

// bearer returns the tokens (RFC 6750) that came beside the password. One header cannot hold both,
// but there are clients that send two.
func bearer(r *http.Request) []string {
	tokens := []string{}
	for _, value := range r.Header["Authorization"] {
		if scheme, token, _ := strings.Cut(value, " "); strings.EqualFold(scheme, "Bearer") {
			tokens = append(tokens, strings.TrimSpace(token))
		}
	}
	return tokens
}
