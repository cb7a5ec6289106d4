package endpoints_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/endpoints"
	"wslab/wsserver/testserver"
)

// reaction is what a client does about a violation: the code that its user is told, or -1 for an
// error without one, and what the server says of it.
type reaction struct {
	told websocket.StatusCode
	says string
}

// coder is what coder/websocket v1.8.15 does as a client, where it is not the default: an error,
// and a close frame with 1002. Where it does not notice, that is a fact about the library and not
// about the endpoint: when it learns, this table is to shrink.
var coder = map[string]reaction{
	"non-minimal-length":      {4000, "client did not notice"},
	"non-minimal-long-length": {4000, "client did not notice"},
	"masked-frame":            {4000, "client did not notice"},
	"bad-utf8-text":           {4000, "client did not notice"},
	"bad-utf8-across-frames":  {4000, "client did not notice"},
	"cut-utf8-text":           {4000, "client did not notice"},
	"bad-utf8-close-reason":   {1000, "client closed, and broke a rule itself"}, // it sends the reason back
	"data-after-close":        {1000, "client closed with 1000"},                // as it should
	"length-with-high-bit":    {-1, "client cut the connection"},
	"huge-length":             {-1, "client closed with 1009"},
	"cut-mid-frame":           {-1, "the server cut the connection"},
	"wrong-accept":            {-1, "client cut the connection"},
	"unasked-extension":       {-1, "client cut the connection"},
	"unasked-subprotocol":     {-1, "client cut the connection"},
}

func rules(t *testing.T) (names []string) {
	t.Helper()
	e, _ := endpoints.Lookup("/violate")
	for _, choice := range e.Choices {
		if !strings.HasPrefix(choice.Section, "RFC 6455, section ") || choice.Param != "rule" {
			t.Errorf("%+v names no section", choice)
		}
		names = append(names, choice.Value)
	}
	if len(names) < 14 {
		t.Errorf("there are %d rules", len(names))
	}
	return names
}

func TestViolateStrictClient(t *testing.T) {
	t.Parallel()
	for _, name := range rules(t) {
		want, special := coder[name]
		if !special {
			want = reaction{-1, "client closed with 1002"}
		}
		wait := "10s"
		if want.told == 4000 {
			wait = "200ms"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, ends := watch(t, "/violate")
			err := readAll(t, server.URL+"/violate?wait="+wait+"&rule="+name)
			if err == nil || websocket.CloseStatus(err) != want.told {
				t.Errorf("the client was told %v, want code %d", err, want.told)
			}
			if e := within(t, ends, 10*time.Second); e.err == nil || !strings.Contains(e.err.Error(), name+": "+want.says) {
				t.Errorf("the server says %v, want %q", e.err, want.says)
			}
		})
	}
}

// readAll connects and returns why the connection ended, or did not open.
func readAll(t *testing.T, url string) error {
	t.Helper()
	c, _, err := websocket.Dial(testserver.Context(t), url, nil)
	if err != nil {
		return err
	}
	defer c.CloseNow()
	says := readText(t, c)
	if _, rule, _ := strings.Cut(url, "rule="); !strings.Contains(says, `"rule":"`+rule+`"`) || !strings.Contains(says, `"you_must":"`) {
		t.Errorf("the announcement is %s", says)
	}
	for {
		if _, _, err := c.Read(testserver.Context(t)); err != nil {
			return err
		}
	}
}

func TestViolateUnknownRule(t *testing.T) {
	t.Parallel()
	server := testserver.New(t, 1)
	resp, body := refused(t, server.URL+"/violate?rule=nonsense", nil)
	if resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "reserved-opcode") {
		t.Errorf("got %s %q", resp.Status, body)
	}
}
