package main

import (
	"testing"

	"wslab/services/cli"
	"wslab/tests/readme"
	"wslab/wsserver/endpoints"
)

func TestREADMESettings(t *testing.T) {
	table, err := cli.Program{Name: "wsserver"}.Table(&settings{})
	if err != nil {
		t.Fatal(err)
	}
	readme.Check(t, "../README.md", "wsserver settings", table)
}

func TestREADMEEndpoints(t *testing.T) {
	readme.Check(t, "../README.md", "endpoints", endpoints.Table())
}
