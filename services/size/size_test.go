package size

import (
	"errors"
	"testing"
)

func TestUnmarshalText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Bytes{
		"1": 1, "1024": 1024, "10B": 10, "1KiB": 1 << 10, "1MiB": 1 << 20, "16 MiB": 16 << 20, "2GiB": 2 << 30, "9223372036854775807": 1<<63 - 1,
	} {
		var got Bytes
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0", "-1", "1.5MiB", "1MB", "MiB", "1mib", "9223372036854775808", "9007199254740992KiB", "much"} {
		got := Bytes(7)
		if err := got.UnmarshalText([]byte(text)); !errors.Is(err, ErrSize) || got != 7 {
			t.Errorf("%q is %d, %v; want ErrSize and nothing changed", text, got, err)
		}
	}
}
