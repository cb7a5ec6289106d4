//go:build workshop

package docs

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// step is a command of the workshop, and what the page says that it prints.
type step struct {
	file     string
	line     int
	command  string
	expected *string // nil where the page shows no output
}

// steps reads the commands of a page: the `sh` blocks, each with the `text` block that comes
// right after it.
func steps(file string) ([]step, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var found []step
	document := goldmark.DefaultParser().Parse(text.NewReader(source))
	err = ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		block, ok := node.(*ast.FencedCodeBlock)
		if !ok || !entering || string(block.Language(source)) != "sh" {
			return ast.WalkContinue, nil
		}
		s := step{file: file, command: content(block, source)}
		s.line = strings.Count(string(source[:block.Lines().At(0).Start]), "\n") + 1
		if next, ok := block.NextSibling().(*ast.FencedCodeBlock); ok && string(next.Language(source)) == "text" {
			expected := content(next, source)
			s.expected = &expected
		}
		found = append(found, s)
		return ast.WalkContinue, nil
	})
	return found, err
}

func content(block *ast.FencedCodeBlock, source []byte) string {
	return string(block.Lines().Value(source))
}

// compare tells how the output differs from what the page shows, or "". In the page, … stands
// for anything: within a line, and on a line of its own for any number of lines.
func compare(output, page string) string {
	var pattern strings.Builder
	for line := range strings.Lines(strings.TrimSpace(page) + "\n") {
		if line == "…\n" {
			pattern.WriteString(`(.*\n)?`)
			continue
		}
		parts := strings.Split(line, "…")
		for i, part := range parts {
			parts[i] = regexp.QuoteMeta(part)
		}
		pattern.WriteString(strings.Join(parts, `.*`))
	}
	if regexp.MustCompile(`(?s)\A` + pattern.String() + `\z`).MatchString(tidy(output) + "\n") {
		return ""
	}
	return fmt.Sprintf("the page shows\n%s\n\nbut the command prints\n%s", page, output)
}

// tidy takes the spaces away that a page does not show.
func tidy(output string) string {
	lines := strings.Split(strings.ReplaceAll(output, "\r", ""), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
