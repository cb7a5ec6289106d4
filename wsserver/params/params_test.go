package params

import (
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

var declared = []Param{
	Duration("every", "1s", 10*time.Millisecond, time.Hour, "time between messages"),
	Int("n", "10", 1, 1000, "how many"),
	IntWhere("code", "4000", "even numbers", "which", func(n int) bool { return n%2 == 0 }),
	Text("name", "", 10, "who"),
	Choice("rule", "a", []string{"a", "b"}, "which"),
	Tokens("accept", "", 2, "protocols"),
}

func TestParse(t *testing.T) {
	t.Parallel()
	defaults := Values{"every": time.Second, "n": 10, "code": 4000, "name": "", "rule": "a", "accept": []string{}}
	for query, want := range map[string]Values{
		"":                  {},
		"every=1.5s":        {"every": 1500 * time.Millisecond},
		"n=1000":            {"n": 1000},
		"code=2":            {"code": 2},
		"name=J%C3%B6":      {"name": "Jö"},
		"rule=b&n=1":        {"rule": "b", "n": 1},
		"accept=chat,v2":    {"accept": []string{"chat", "v2"}},
		"accept=chat,%20v2": {"accept": []string{"chat", "v2"}},
		"trace=abc":         {},
	} {
		got, err := Parse(declared, must(t, query))
		for name, value := range defaults {
			if _, ok := want[name]; !ok {
				want[name] = value
			}
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v; want %v", query, got, err, want)
		}
	}
}

func TestParseBad(t *testing.T) {
	t.Parallel()
	for query, says := range map[string]string{
		"every=soon":             `"every": "soon" is not a duration: accepted is 10ms to 1h`,
		"every=1ms":              `out of range`,
		"every=2h":               `out of range`,
		"every=":                 `not a duration`,
		"n=1.5":                  `not a whole number`,
		"n=0":                    `out of range`,
		"n=1001":                 `out of range`,
		"n=99999999999999999999": `not a whole number`,
		"code=3":                 `accepted is even numbers`,
		"name=12345678901":       `too long`,
		"name=%00":               `not printable`,
		"name=%ff":               `not printable`,
		"rule=c":                 `accepted is a, b`,
		"accept=a,,b":            `not a token`,
		"accept=a,b,c":           `at most 2 tokens`,
		"accept=a%20b":           `not a token`,
		"evry=1s":                `"evry": accepted here are accept, code, every, n, name, rule, trace`,
		"n=1&n=2":                `it is given 2 times`,
	} {
		_, err := Parse(declared, must(t, query))
		if !errors.Is(err, ErrBad) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v; want %q", query, err, says)
		}
	}
}

func must(t testing.TB, query string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func FuzzParse(f *testing.F) {
	for _, query := range []string{"", "every=1s&n=5", "name=%F0%9F%99%82", "accept=a,b", "rule=a&rule=b"} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		got, err := Parse(declared, values)
		if err != nil {
			if !errors.Is(err, ErrBad) {
				t.Fatalf("%q: %v", query, err)
			}
			return
		}
		if d := got.Duration("every"); d < 10*time.Millisecond || d > time.Hour {
			t.Fatalf("%q: %v", query, d)
		}
		if n := got.Int("n"); n < 1 || n > 1000 {
			t.Fatalf("%q: %v", query, n)
		}
		if len(got.Text("name")) > 10 || len(got.List("accept")) > 2 {
			t.Fatalf("%q: %v", query, got)
		}
	})
}
