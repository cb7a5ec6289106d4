package main

import (
	"testing"

	"wslab/services/cli"
	"wslab/tests/readme"
)

func TestREADMESettings(t *testing.T) {
	table, err := cli.Program{Name: "webserver"}.Table(&settings{})
	if err != nil {
		t.Fatal(err)
	}
	readme.Check(t, "../README.md", "webserver settings", table)
}
