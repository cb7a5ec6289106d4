// Package size reads sizes in bytes the way people write them.
package size

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ErrSize means that a setting is not a size.
var ErrSize = errors.New("not a size")

// Bytes is a number of bytes, at least 1.
type Bytes int64

// units are IEC 80000-13's binary prefixes.
var units = []struct {
	suffix string
	factor int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"B", 1}, {"", 1}}

// UnmarshalText reads a whole number with one of the units B, KiB, MiB, GiB, or none for bytes.
func (b *Bytes) UnmarshalText(text []byte) error {
	for _, unit := range units {
		digits, ok := strings.CutSuffix(string(text), unit.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || n < 1 || n > math.MaxInt64/unit.factor {
			break
		}
		*b = Bytes(n * unit.factor)
		return nil
	}
	return fmt.Errorf("%w: %q (accepted: a whole number of bytes, or with KiB, MiB or GiB, as in 1MiB)", ErrSize, text)
}
