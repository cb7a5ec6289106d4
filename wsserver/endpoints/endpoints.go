// Package endpoints is what the server can do, one file an endpoint. Each registers itself here;
// the routes, the index, README's table and the page's menu come from this list.
package endpoints

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

// Endpoint is a path and what the server does with a connection to it.
type Endpoint struct {
	Path    string         `json:"path"`
	Group   Group          `json:"group"`
	Summary string         `json:"summary"`
	Details string         `json:"details,omitempty"` // what a summary has no space for
	Params  []params.Param `json:"params"`
	Choices []Choice       `json:"choices,omitempty"`
	Example string         `json:"example"`

	// Subprotocols is what the endpoint speaks, best first (RFC 6455, section 1.9). Nil is none.
	Subprotocols func(params.Values) []string `json:"-"`

	// Refuse may answer the request instead of a handshake. It tells whether it did. Nil never does.
	Refuse func(w http.ResponseWriter, r *http.Request, p params.Values) bool `json:"-"`

	// Serve has the connection to itself until it returns. Nil closes with 1000; an error means
	// that the connection has ended or is to be cut. ctx ends with the connection.
	Serve func(ctx context.Context, c *connections.Conn, r Request) error `json:"-"`
}

// Group is where the index shows an endpoint, in the words that it shows.
type Group string

// The groups, in the order of the index.
const (
	Basics  Group = "To start with"
	Insight Group = "To see what the server sees"
	Trials  Group = "To try a client's patience"
)

// Groups is every group.
var Groups = []Group{Basics, Insight, Trials}

// Choice explains one of the values that a parameter accepts.
type Choice struct {
	Param   string `json:"param"`
	Value   string `json:"value"`
	Section string `json:"section,omitempty"` // of which specification
	Summary string `json:"summary"`
}

// Request is what the client asked for.
type Request struct {
	Params params.Values
	// HTTP is the handshake. Its context is not to be used: it says nothing about the connection.
	HTTP *http.Request
}

var registered = map[string]Endpoint{}

// register takes up an endpoint at the start of the program. Two for one path is a mistake in
// the program.
func register(e Endpoint) {
	if _, ok := registered[e.Path]; ok {
		panic("two endpoints for " + e.Path)
	}
	if e.Params == nil {
		e.Params = []params.Param{} // [] in the JSON index, not null
	}
	registered[e.Path] = e
}

// Lookup returns the endpoint for a path.
func Lookup(path string) (Endpoint, bool) {
	e, ok := registered[path]
	return e, ok
}

// All is every endpoint, by path.
func All() []Endpoint {
	return slices.SortedFunc(maps.Values(registered), func(a, b Endpoint) int { return strings.Compare(a.Path, b.Path) })
}

// Table is the Markdown table that README shows.
func Table() string {
	var b strings.Builder
	b.WriteString("| endpoint | does | try |\n|---|---|---|\n")
	for _, e := range All() {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` |\n", e.Path, e.Summary, e.Example)
	}
	return b.String()
}
