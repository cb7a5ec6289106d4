// Package timezone reads TZ in both forms that the field uses: an IANA name, and the POSIX rule.
package timezone

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"time"
	_ "time/tzdata" // scratch images have no zone files
)

// ErrUnknown means that a TZ is in neither of the two forms.
var ErrUnknown = errors.New("unknown time zone")

// Load returns the location for tz: an IANA name such as "America/New_York", or a POSIX rule
// such as "EST+5EDT,M3.2.0/2,M11.1.0/2" (POSIX.1-2017, 8.3). Nothing means UTC.
//
// The time package reads a TZ that it does not understand as UTC without a word; here that is an
// error that wraps ErrUnknown.
func Load(tz string) (*time.Location, error) {
	if tz == "" {
		return time.UTC, nil
	}
	// "Local" would mean what the container's files say, which is nothing.
	if loc, err := time.LoadLocation(tz); err == nil && tz != "Local" {
		return loc, nil
	}
	if posix.MatchString(tz) {
		if loc, err := time.LoadLocationFromTZData(tz, tzif(tz)); err == nil && obeys(loc, tz) {
			return loc, nil
		}
	}
	return nil, fmt.Errorf("%w: TZ=%q is neither an IANA name such as Europe/Paris nor a POSIX rule such as CET-1CEST,M3.5.0,M10.5.0/3", ErrUnknown, tz)
}

var posix = regexp.MustCompile(`^` + zone + offset + `(` + zone + `(` + offset + `)?,` + rule + `,` + rule + `)?$`)

const (
	zone   = `([A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)`
	offset = `[+-]?[0-9]{1,3}(:[0-9]{1,2}){0,2}`
	rule   = `(J[0-9]{1,3}|[0-9]{1,3}|M[0-9]{1,2}\.[1-5]\.[0-6])(/` + offset + `)?`
)

// tzif wraps a POSIX rule as the footer of a TZif version 2 file that has no transitions of its
// own (RFC 8536, section 3), the one place where the time package evaluates such rules.
func tzif(rule string) []byte {
	var b bytes.Buffer
	for range 2 { // the version 1 block that readers skip, then version 2
		b.WriteString("TZif2")
		b.Write(make([]byte, 15))
		// isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt
		binary.Write(&b, binary.BigEndian, []uint32{0, 0, 0, 0, 1, 4})
		b.Write(make([]byte, 6)) // UTC offset 0, not daylight saving, designation 0
		b.WriteString("UTC\x00")
	}
	b.WriteString("\n" + rule + "\n")
	return b.Bytes()
}

// obeys tells whether the time package evaluated the rule. For one that it rejects it falls back
// on the file's own type, whose name is UTC.
func obeys(loc *time.Location, tz string) bool {
	name, _ := time.Unix(0, 0).In(loc).Zone()
	return name != "UTC" || tz[:3] == "UTC"
}
