package site

import (
	"io/fs"
	"net/url"
	"strings"
)

const index = "index.html"

// fileName is the file that a URL asks for, relative to the site's root. ok is false for URLs
// that no file can have here:
//   - a path that is not in its shortest form (empty segments, . and ..): cleaning it would give
//     one file many URLs and a redirect to //host would lead away from here;
//   - a segment that begins with a dot, as of .git or of an editor's swap file;
//   - an encoded slash, which others on the way may have read differently (RFC 3986, 2.2);
//   - backslash and NUL, which mean something else to other systems.
func fileName(u *url.URL) (name string, ok bool) {
	name, ok = strings.CutPrefix(u.Path, "/")
	if !ok || encodedSlash(u.RawPath) || strings.ContainsAny(name, "\\\x00") {
		return "", false
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += index
	}
	dotted := name[0] == '.' || strings.Contains(name, "/.")
	return name, !dotted && fs.ValidPath(name)
}

// encodedSlash looks at the path as it was sent, where that is not the usual form of the path.
func encodedSlash(raw string) bool {
	return strings.Contains(raw, "%2f") || strings.Contains(raw, "%2F")
}
