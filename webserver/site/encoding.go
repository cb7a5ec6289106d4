package site

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

// minCompressed is the size in bytes from which compression saves a packet.
const minCompressed = 1024

// encoders are the codings that a response can have, best first, each with what applies it.
// gzhttp is told to know one alone, so that it takes the one that was chosen here: the entity tag
// must be right in answers that have no body to compress too (304, HEAD).
var encoders = []struct {
	name  string
	apply func(http.Handler) http.HandlerFunc
}{
	{"zstd", must(gzhttp.NewWrapper(gzhttp.EnableGzip(false), gzhttp.MinSize(minCompressed)))},
	{"gzip", must(gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.MinSize(minCompressed)))},
}

func must(wrap func(http.Handler) http.HandlerFunc, err error) func(http.Handler) http.HandlerFunc {
	if err != nil {
		panic(err) // the options above are constants
	}
	return wrap
}

// choose returns the index in encoders of what Accept-Encoding likes best, -1 for none (RFC 9110,
// 12.5.3). It needs the coding's name: * does not choose one.
func choose(accept string) int {
	best, bestQ := -1, 0.0
	for i, encoder := range encoders {
		if q := quality(accept, encoder.name); q > bestQ {
			best, bestQ = i, q
		}
	}
	return best
}

func quality(accept, coding string) float64 {
	for item := range strings.SplitSeq(accept, ",") {
		name, parameter, weighted := strings.Cut(item, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		if !weighted {
			return 1
		}
		value := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(parameter)), "q=")
		q, _ := strconv.ParseFloat(value, 64) // what is no number is no wish
		return q
	}
	return 0
}
