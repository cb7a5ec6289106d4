package params

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

var (
	errDuration = errors.New("not a duration")
	errInt      = errors.New("not a whole number")
	errRange    = errors.New("out of range")
	errText     = errors.New("too long, or not printable")
	errChoice   = errors.New("not one of the choices")
	errToken    = errors.New("not a token")
)

// Duration is a time from least to most, in Go's notation: 500ms, 1.5s, 2m.
func Duration(name, preset string, least, most time.Duration, summary string) Param {
	return Param{name, "duration", preset, short(least) + " to " + short(most), summary, func(s string) (any, error) {
		d, err := time.ParseDuration(s)
		switch {
		case err != nil:
			return nil, errDuration
		case d < least || d > most:
			return nil, errRange
		}
		return d, nil
	}}
}

// short is 1h where Go writes 1h0m0s.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// Int is a whole number from least to most.
func Int(name, preset string, least, most int, summary string) Param {
	return IntWhere(name, preset, fmt.Sprintf("%d to %d", least, most), summary, func(n int) bool { return n >= least && n <= most })
}

// IntWhere is a whole number that ok accepts; accepts says in words which those are.
func IntWhere(name, preset, accepts, summary string, ok func(int) bool) Param {
	return Param{name, "integer", preset, accepts, summary, func(s string) (any, error) {
		n, err := strconv.Atoi(s)
		switch {
		case err != nil:
			return nil, errInt
		case !ok(n):
			return nil, errRange
		}
		return n, nil
	}}
}

// Text is printable text of at most so many bytes.
func Text(name, preset string, most int, summary string) Param {
	return Param{name, "text", preset, fmt.Sprintf("text of at most %d bytes", most), summary, func(s string) (any, error) {
		unprintable := func(r rune) bool { return !unicode.IsPrint(r) }
		if len(s) > most || !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable) {
			return nil, errText
		}
		return s, nil
	}}
}

// Choice is one of a few words.
func Choice(name, preset string, choices []string, summary string) Param {
	return Param{name, "choice", preset, strings.Join(choices, ", "), summary, func(s string) (any, error) {
		if !slices.Contains(choices, s) {
			return nil, errChoice
		}
		return s, nil
	}}
}

// token is RFC 9110, section 5.6.2.
var token = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")

// Tokens is a list of at most so many tokens, with commas.
func Tokens(name, preset string, most int, summary string) Param {
	return Param{name, "list", preset, fmt.Sprintf("at most %d tokens (RFC 9110, section 5.6.2), with commas", most), summary, func(s string) (any, error) {
		list := []string{}
		if s == "" {
			return list, nil
		}
		for item := range strings.SplitSeq(s, ",") {
			item = strings.TrimSpace(item)
			if len(list) == most || len(item) > 64 || !token.MatchString(item) {
				return nil, errToken
			}
			list = append(list, item)
		}
		return list, nil
	}}
}
