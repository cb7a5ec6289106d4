// Package readme keeps the tables in README.md the same as the programs they describe.
package readme

import (
	"os"
	"strings"
	"testing"
)

// Check compares a table with the one in the README at path, between the comments
// <!-- begin NAME --> and <!-- end NAME -->. With UPDATE_README=1 it writes the table there instead.
func Check(t *testing.T, path, name, want string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->"
	before, rest, found := strings.Cut(string(text), begin)
	got, after, foundEnd := strings.Cut(rest, end)
	if !found || !foundEnd {
		t.Fatalf("%s has no table %q", path, name)
	}
	if strings.TrimSpace(got) == strings.TrimSpace(want) {
		return
	}
	if os.Getenv("UPDATE_README") == "" {
		t.Fatalf("%s is not up to date: run `make readme`\n got:\n%s\nwant:\n%s", path, got, want)
	}
	if err := os.WriteFile(path, []byte(before+begin+"\n"+strings.TrimSpace(want)+"\n\n"+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
