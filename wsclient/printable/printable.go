// Package printable makes what a peer sent safe to print: no control character of a stranger
// reaches a terminal, where it could move the cursor or change the title.
package printable

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is s without anything that would end a line or be obeyed by a terminal, and not longer
// than 300 bytes.
func Line(s string) string {
	const longest = 300
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return strings.Map(func(r rune) rune { return visible(r, "") }, s)
}

// Text is s with its lines and tabs, and nothing else that would be obeyed by a terminal.
func Text(s string) string {
	return strings.Map(func(r rune) rune { return visible(r, "\n\t") }, s)
}

func visible(r rune, except string) rune {
	if unicode.IsControl(r) && !strings.ContainsRune(except, r) {
		return utf8.RuneError
	}
	return r
}
