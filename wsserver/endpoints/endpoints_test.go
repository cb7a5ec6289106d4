package endpoints

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wslab/wsserver/params"
)

func TestRegistered(t *testing.T) {
	t.Parallel()
	for _, e := range All() {
		if !strings.HasPrefix(e.Path, "/") || e.Summary == "" || e.Serve == nil || !strings.HasPrefix(e.Example, e.Path) {
			t.Errorf("%q is not described in full: %+v", e.Path, e)
		}
		if len(e.Summary) > 90 {
			t.Errorf("%s: the summary is too long for the page's menu: use Details", e.Path)
		}
		if got, ok := Lookup(e.Path); !ok || got.Summary != e.Summary {
			t.Errorf("Lookup(%q) found %+v, %v", e.Path, got, ok)
		}
		if !strings.Contains(Table(), "| `"+e.Path+"` | "+e.Summary+" |") {
			t.Errorf("the table has no row for %s", e.Path)
		}
	}
	if _, ok := Lookup("/nothing"); ok {
		t.Error("found an endpoint that is not there")
	}
}

// What the index tells people to type is accepted: examples, defaults and choices.
func TestDescribed(t *testing.T) {
	t.Parallel()
	for _, e := range All() {
		if !slices.Contains(Groups, e.Group) {
			t.Errorf("%s is in no group", e.Path)
		}
		example, err := url.Parse(e.Example)
		if err != nil {
			t.Fatal(err)
		}
		tries := []url.Values{{}, example.Query()}
		for _, choice := range e.Choices {
			tries = append(tries, url.Values{choice.Param: {choice.Value}})
		}
		for _, query := range tries {
			if _, err := params.Parse(e.Params, query); err != nil {
				t.Errorf("%s with %v: %v", e.Path, query, err)
			}
		}
	}
}

func TestTimeKeepsZeros(t *testing.T) {
	t.Parallel()
	if got := time.Unix(0, 0).UTC().Format(rfc3339Nano); got != "1970-01-01T00:00:00.000000000Z" {
		t.Errorf("a whole second is %s", got)
	}
}

func TestRegisterTwice(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a second endpoint for one path was taken")
		}
	}()
	register(Endpoint{Path: "/echo"})
}
