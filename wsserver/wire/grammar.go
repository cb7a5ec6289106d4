package wire

import (
	"iter"
	"strings"
)

// elements are the parts of a header field between separators, of which those within quotes are
// none, and without the white space around them.
func elements(s string, separator byte) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		from, quoted := 0, false
		for i := 0; i < len(s); i++ {
			switch {
			case s[i] == '"':
				quoted = !quoted
			case quoted && s[i] == '\\':
				i++
			case !quoted && s[i] == separator:
				if !yield(strings.Trim(s[from:i], " \t"), nil) {
					return
				}
				from = i + 1
			}
		}
		if quoted {
			yield("", ErrOffers)
			return
		}
		yield(strings.Trim(s[from:], " \t"), nil)
	}
}

// parseExtension reads a name and its parameters.
func parseExtension(s string) (e extension, err error) {
	for part, err := range elements(s, ';') {
		if err != nil {
			return nil, err
		}
		name, value, valued := strings.Cut(part, "=")
		if !token(name) || valued && len(e) == 0 {
			return nil, ErrOffers
		}
		if !valued {
			e = append(e, name)
			continue
		}
		if value = unquote(value); !token(value) {
			return nil, ErrOffers
		}
		e = append(e, name+"="+value)
	}
	return e, nil
}

// unquote takes the quotes off a quoted string, which elements has found to be whole.
func unquote(s string) string {
	inner, ok := strings.CutPrefix(s, `"`)
	if !ok || !strings.HasSuffix(inner, `"`) {
		return s
	}
	var b strings.Builder
	inner = strings.TrimSuffix(inner, `"`)
	for i := 0; i < len(inner); i++ {
		if inner[i] == '\\' && i+1 < len(inner) {
			i++
		}
		b.WriteByte(inner[i])
	}
	return b.String()
}

// token tells whether s is a token (RFC 9110, section 5.6.2).
func token(s string) bool {
	for _, c := range s {
		if c <= ' ' || c >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, c) {
			return false
		}
	}
	return s != ""
}
