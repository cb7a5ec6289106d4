package endpoints

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
	"wslab/wsserver/wire"
)

func init() {
	register(Endpoint{
		Path:    "/violate",
		Group:   Trials,
		Summary: "breaks a rule of RFC 6455, to see what you do about it",
		Details: "First a correct message says which rule, and what a client must do. A client that has not ended the connection after a while is closed with 4000.",
		Params: []params.Param{
			params.Choice("rule", violations[0].Name, ruleNames(), "which rule"),
			params.Duration("wait", "5s", 10*time.Millisecond, time.Minute, "time that the client has"),
		},
		Choices: ruleChoices(),
		Example: "/violate?rule=masked-frame",
		Refuse:  spoilHandshake,
		Serve:   violate,
	})
}

// notNoticed is a code of the range for private use (section 7.4.2), so that a client can tell it
// from every code that means something by itself.
const notNoticed websocket.StatusCode = 4000

var errNotNoticed = errors.New("client did not notice")

// spoilHandshake refuses nobody: Refuse is the last to see the request and the answer's header
// before the handshake is answered from them.
func spoilHandshake(w http.ResponseWriter, r *http.Request, p params.Values) bool {
	if v := ruleNamed(p.Text("rule")); v.handshake != nil {
		v.handshake(r.Header, w.Header())
	}
	return false
}

// announcement is the correct message before the violation.
type announcement struct {
	Rule    string `json:"rule"`
	Section string `json:"section"`
	Sends   string `json:"sends"`
	Must    string `json:"you_must"`
}

// announceWait is how long a client may take to show that it has got the announcement.
const announceWait = time.Second

// violate returns what the client did as an error, which the log shows.
func violate(ctx context.Context, c *connections.Conn, r Request) error {
	ctx, ended := readOn(ctx, c)
	v := ruleNamed(r.Params.Text("rule"))
	announce(ctx, c, v)
	c.WriteRaw([]byte(v.frames), 0) // if this fails, await tells why
	if v.cut {
		c.Cut()
		return fmt.Errorf("violation %s: %w", v.Name, errAborted)
	}
	return fmt.Errorf("violation %s: %w", v.Name, await(c, ended, r.Params.Duration("wait")))
}

// announce returns when the client has seen the announcement, which its pong tells. Browsers throw
// away what they read together with a frame that is wrong. Without a pong it goes on: there are
// clients of all kinds.
func announce(ctx context.Context, c *connections.Conn, v rule) {
	sendJSON(c, announcement{v.Name, v.section(), v.Sends, v.Must})
	c.RoundTrip(ctx, announceWait)
}

// await returns how the client ended the connection, if it did within d.
func await(c *connections.Conn, ended <-chan error, d time.Duration) error {
	select {
	case <-time.After(d):
		c.Close(notNoticed, errNotNoticed.Error())
		return errNotNoticed
	case err := <-ended:
		if code := websocket.CloseStatus(err); code != -1 {
			return fmt.Errorf("client closed with %d: %w", code, err)
		}
		if violation, ok := wire.Violated(err); ok {
			return fmt.Errorf("client closed, and broke a rule itself: %w", violation)
		}
		return fmt.Errorf("client cut the connection: %w", err)
	}
}
