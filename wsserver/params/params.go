// Package params describes and reads the parameters in the query of an endpoint's URL. They are
// checked before the handshake, so that a mistake is an HTTP status with an explanation.
package params

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// ErrBad means that a parameter is unknown, given twice, or has a value that is not accepted. The
// error's text names the parameter, the value and what is accepted.
var ErrBad = errors.New("bad parameter")

// Trace is a parameter of every endpoint, which the handshake reads.
const Trace = "trace"

// Param is a parameter. Make one with Duration, Int, Text and so on.
type Param struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Default string `json:"default"`
	Accepts string `json:"accepts"`
	Summary string `json:"summary"`

	parse func(string) (any, error)
}

// Values are the parsed parameters of one request. Asking for one that the endpoint did not
// declare, or as another type, is a mistake in the program and panics.
type Values map[string]any

// Duration, Int and so on return a parameter's value.
func (v Values) Duration(name string) time.Duration { return v[name].(time.Duration) }
func (v Values) Int(name string) int                { return v[name].(int) }
func (v Values) Text(name string) string            { return v[name].(string) }
func (v Values) List(name string) []string          { return v[name].([]string) }

// Parse reads the query against what is declared.
func Parse(declared []Param, query url.Values) (Values, error) {
	values := Values{}
	for _, p := range declared {
		value, err := p.read(query)
		if err != nil {
			return nil, err
		}
		values[p.Name] = value
	}
	for name := range query {
		if _, ok := values[name]; !ok && name != Trace {
			return nil, fmt.Errorf("%w %q: accepted here are %s", ErrBad, name, names(values))
		}
	}
	return values, nil
}

func (p Param) read(query url.Values) (any, error) {
	given, text := query[p.Name], p.Default
	switch {
	case len(given) > 1:
		return nil, fmt.Errorf("%w %q: it is given %d times", ErrBad, p.Name, len(given))
	case len(given) == 1:
		text = given[0]
	}
	value, err := p.parse(text)
	if err != nil {
		return nil, fmt.Errorf("%w %q: %q is %w: accepted is %s", ErrBad, p.Name, text, err, p.Accepts)
	}
	return value, nil
}

func names(values Values) string {
	all := append(slices.Sorted(maps.Keys(values)), Trace)
	return strings.Join(all, ", ")
}
