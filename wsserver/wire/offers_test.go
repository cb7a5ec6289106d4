package wire

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestOffers(t *testing.T) {
	t.Parallel()
	const deflate = "permessage-deflate"
	for _, tc := range []struct {
		header []string
		want   string
		err    error
	}{
		{nil, "", nil},
		{[]string{""}, "", nil},
		{[]string{deflate}, deflate, nil},
		{[]string{" permessage-deflate\t; client_max_window_bits ,"}, deflate + "; client_max_window_bits", nil},
		{[]string{deflate + ";client_max_window_bits=8", deflate}, deflate + "; client_max_window_bits=8, " + deflate, nil},
		{[]string{deflate + `; server_max_window_bits="15"`}, deflate + "; server_max_window_bits=15", nil},
		{[]string{deflate + `; server_max_window_bits="1\5"`}, deflate + "; server_max_window_bits=15", nil},
		{[]string{deflate + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=15"},
			deflate + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=15", nil},
		{[]string{"x-other; a=b; c"}, "x-other; a=b; c", nil},
		{[]string{`x-other; a="b"; c`, "another"}, "x-other; a=b; c, another", nil},

		{[]string{deflate + "; client_max_window_bits=7"}, "", nil},
		{[]string{deflate + "; client_max_window_bits=16, " + deflate}, deflate, nil},
		{[]string{deflate + "; client_max_window_bits=08"}, "", nil},
		{[]string{deflate + "; client_max_window_bits=abc"}, "", nil},
		{[]string{deflate + "; client_max_window_bits=1:"}, "", ErrOffers},
		{[]string{deflate + "; server_max_window_bits"}, "", nil},
		{[]string{deflate + "; server_max_window_bits=100"}, "", nil},
		{[]string{deflate + "; client_no_context_takeover; client_no_context_takeover"}, "", nil},
		{[]string{deflate + "; client_max_window_bits; client_max_window_bits=10"}, "", nil},
		{[]string{deflate + "; client_no_context_takeover=1"}, "", nil},
		{[]string{deflate + "; server_no_context_takeover=true"}, "", nil},
		{[]string{deflate + "; unknown"}, "", nil},

		{[]string{deflate + ";"}, "", ErrOffers},
		{[]string{";"}, "", ErrOffers},
		{[]string{deflate + "; a b"}, "", ErrOffers},
		{[]string{deflate + "=1"}, "", ErrOffers},
		{[]string{deflate + "; client_max_window_bits="}, "", ErrOffers},
		{[]string{deflate + `; a="`}, "", ErrOffers},
		{[]string{deflate + `; a="b`, `c"`}, "", ErrOffers},
		{[]string{deflate + `; a=""`}, "", ErrOffers},
		{[]string{deflate + `; a="b c"`}, "", ErrOffers},
		{[]string{deflate + `; a=b"c"`}, "", ErrOffers},
		{[]string{deflate + "; ü"}, "", ErrOffers},
	} {
		got, err := Offers(http.Header{"Sec-Websocket-Extensions": tc.header})
		if got != tc.want || !errors.Is(err, tc.err) {
			t.Errorf("%q: %q, %v; want %q, %v", tc.header, got, err, tc.want, tc.err)
		}
	}
}

// FuzzOffers checks that what is handed on stands as it is when it is read again.
func FuzzOffers(f *testing.F) {
	for _, s := range []string{"permessage-deflate; client_max_window_bits=10", `a; b="c\d", e`, `"`, ",,;", `a; b="\"`, "permessage-deflate; x=1, y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := Offers(http.Header{"Sec-Websocket-Extensions": {s}})
		if err != nil {
			return
		}
		twice, err := Offers(http.Header{"Sec-Websocket-Extensions": {once}})
		if err != nil || twice != once || strings.ContainsAny(once, "\"\\") {
			t.Fatalf("%q became %q, and that became %q, %v", s, once, twice, err)
		}
	})
}
