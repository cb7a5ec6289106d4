//go:build workshop

package docs

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSteps(t *testing.T) {
	t.Parallel()
	page := filepath.Join(t.TempDir(), "page.md")
	os.WriteFile(page, []byte("# T\n\n```sh\necho one\n```\n\n```text\none\n```\n\nWords.\n\n```sh\necho two\n```\n\nWords.\n\n```text\nnot of two\n```\n\n```json\n{}\n```\n"), 0o600)
	got, err := steps(page)
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	if got[0].command != "echo one\n" || got[0].expected == nil || *got[0].expected != "one\n" || got[0].line != 4 {
		t.Errorf("first step is %+v", got[0])
	}
	if got[1].command != "echo two\n" || got[1].expected != nil {
		t.Errorf("second step is %+v", got[1])
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		output, page string
		same         bool
	}{
		{"one\n", "one\n", true},
		{"one  \r\n", "one", true},
		{"one\ntwo\nthree\n", "one\n…\nthree\n", true},
		{"one\nthree\n", "one\n…\nthree\n", true},
		{"one", "…\none\n…", true},
		{"zero\none\ntwo", "…\none\n…", true},
		{"none", "…\none", false},
		{"took 12.3s", "took …s", true},
		{"two", "one", false},
		{"one\ntwo", "one", false},
		{"a.b", "a.b", true},
		{"axb", "a.b", false},
		{"", "one", false},
	} {
		if got := compare(tc.output, tc.page) == ""; got != tc.same {
			t.Errorf("compare(%q, %q) = %v, want %v", tc.output, tc.page, got, tc.same)
		}
	}
}
