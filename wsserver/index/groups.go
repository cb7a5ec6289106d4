package index

import (
	"strings"

	"wslab/wsserver/endpoints"
	"wslab/wsserver/params"
)

// group is a part of the HTML form.
type group struct {
	Name      endpoints.Group
	Endpoints []entry
}

// entry is an endpoint with its choices where they belong.
type entry struct {
	endpoints.Endpoint
	Params []param
}

type param struct {
	params.Param
	Choices []endpoints.Choice
}

func groups(all []endpoints.Endpoint) []group {
	groups := make([]group, len(endpoints.Groups))
	for i, name := range endpoints.Groups {
		groups[i].Name = name
		for _, e := range all {
			if e.Group == name {
				groups[i].Endpoints = append(groups[i].Endpoints, newEntry(e))
			}
		}
	}
	return groups
}

func newEntry(e endpoints.Endpoint) entry {
	result := entry{Endpoint: e}
	for _, p := range e.Params {
		described := param{Param: p}
		for _, choice := range e.Choices {
			if choice.Param == p.Name {
				described.Choices = append(described.Choices, choice)
			}
		}
		result.Params = append(result.Params, described)
	}
	return result
}

// anchor is an endpoint's place in the page.
func anchor(path string) string {
	if path == "/" {
		return "root"
	}
	return strings.TrimPrefix(path, "/")
}
