package cli

import (
	"fmt"
	"strings"
)

// Table is the Markdown table of a program's settings that README shows. It is made from the
// same model that -h prints, and a test compares README with it.
func (p Program) Table(settings any) (string, error) {
	parser, err := p.parser(settings)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("| flag | variable | default | sets |\n|---|---|---|---|\n")
	for _, flag := range parser.Model.Flags {
		if Variable(flag.Name) == "" {
			continue
		}
		fmt.Fprintf(&b, "| `--%s` | %s | %s | %s |\n", flag.Name, code(variable(flag.Value)), code(flag.Default), cell(flag.Help))
	}
	return b.String(), nil
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + cell(s) + "`"
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
