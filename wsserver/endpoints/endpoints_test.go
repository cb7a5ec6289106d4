package endpoints

import (
	"strings"
	"testing"
)

func TestRegistered(t *testing.T) {
	t.Parallel()
	for _, e := range All() {
		if !strings.HasPrefix(e.Path, "/") || e.Summary == "" || e.Serve == nil || !strings.HasPrefix(e.Example, e.Path) {
			t.Errorf("%q is not described in full: %+v", e.Path, e)
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

func TestRegisterTwice(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a second endpoint for one path was taken")
		}
	}()
	register(Endpoint{Path: "/echo"})
}
