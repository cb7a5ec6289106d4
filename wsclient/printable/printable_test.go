package printable

import (
	"strings"
	"testing"
)

func TestPrintable(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, line, text string }{
		{"", "", ""},
		{"héllo 👩‍🚀 世界\u3000", "héllo 👩‍🚀 世界\u3000", "héllo 👩‍🚀 世界\u3000"},
		{"a\tb\nc", "a\ufffdb\ufffdc", "a\tb\nc"},
		{"\x1b]0;title\a\r\x9b\x7f", "\ufffd]0;title\ufffd\ufffd\ufffd\ufffd", "\ufffd]0;title\ufffd\ufffd\ufffd\ufffd"},
		{"\u009b31m", "\ufffd31m", "\ufffd31m"},
		{strings.Repeat("x", 300), strings.Repeat("x", 300), strings.Repeat("x", 300)},
		{strings.Repeat("x", 299) + "é", strings.Repeat("x", 299) + "…", strings.Repeat("x", 299) + "é"},
	} {
		if got := Line(tc.in); got != tc.line {
			t.Errorf("line of %q: %q, want %q", tc.in, got, tc.line)
		}
		if got := Text(tc.in); got != tc.text {
			t.Errorf("text of %q: %q, want %q", tc.in, got, tc.text)
		}
	}
}
