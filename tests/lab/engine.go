//go:build lab

package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"
)

// engine speaks to the Docker engine that runs the lab, through the socket that is mounted.
// (https://docs.docker.com/reference/api/engine/, version 1.41: Docker 20.10.)
var engine = &http.Client{Transport: &http.Transport{
	DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", "/var/run/docker.sock")
	},
}}

// call sends a request to the engine and decodes its answer into result, which may be nil.
func call(t testing.TB, method, path string, body, result any) {
	t.Helper()
	payload, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(method, "http://engine/v1.41"+path, bytes.NewReader(payload))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := engine.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode >= 400 {
		t.Fatalf("%s %s: %s %s %v", method, path, resp.Status, answer, err)
	}
	if raw, ok := result.(*[]byte); ok {
		*raw = answer
	} else if result != nil {
		if err := json.Unmarshal(answer, result); err != nil {
			t.Fatalf("%s %s: %v in %s", method, path, err, answer)
		}
	}
}

// container is a container of the lab's project.
type container struct{ ID string }

func service(t testing.TB, name string) container {
	t.Helper()
	filter := fmt.Sprintf(`{"label":["com.docker.compose.project=%s","com.docker.compose.service=%s","com.docker.compose.oneoff=False"]}`, project, name)
	var found []container
	call(t, http.MethodGet, "/containers/json?all=1&filters="+url.QueryEscape(filter), nil, &found)
	if len(found) != 1 {
		t.Fatalf("%d containers of service %s in project %s", len(found), name, project)
	}
	return found[0]
}

// details is what the tests need of `docker inspect`.
type details struct {
	Name  string
	Image string
	State struct {
		StartedAt string
		Health    *struct {
			Status string
			Log    []struct {
				Start, End string
				ExitCode   int
			}
		}
	}
	Config struct {
		User, Hostname, Domainname string
		Labels                     map[string]string
		Env                        []string
	}
	HostConfig struct {
		ReadonlyRootfs bool
		CapDrop        []string
		CapAdd         []string
		SecurityOpt    []string
		Memory         int64
		PidsLimit      int64
		Ulimits        []struct {
			Name       string
			Soft, Hard int64
		}
		PortBindings map[string][]struct{ HostIP string }
	}
	Mounts          []struct{ Source, Destination string }
	NetworkSettings struct {
		Networks map[string]struct {
			IPAddress, Gateway string
			IPPrefixLen        int
		}
	}
}

func (c container) inspect(t testing.TB) (d details) {
	t.Helper()
	call(t, http.MethodGet, "/containers/"+c.ID+"/json", nil, &d)
	return d
}

func (c container) do(t testing.TB, action string) {
	t.Helper()
	call(t, http.MethodPost, "/containers/"+c.ID+"/"+action, nil, nil)
}

// waitHealthy returns what there is to know of the container once it is healthy.
func (c container) waitHealthy(t testing.TB) details {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		d := c.inspect(t)
		if d.State.Health.Status == "healthy" {
			return d
		}
		if time.Now().After(end) {
			t.Fatalf("%s is %s: %v", d.Name, d.State.Health.Status, d.State.Health.Log)
		}
	}
}

// wait returns the exit code once the container has stopped.
func (c container) wait(t testing.TB) int {
	t.Helper()
	var result struct{ StatusCode int }
	call(t, http.MethodPost, "/containers/"+c.ID+"/wait", nil, &result)
	return result.StatusCode
}

// logs returns what the container printed, with the engine's frame headers among it.
func (c container) logs(t testing.TB) string {
	t.Helper()
	var text []byte
	call(t, http.MethodGet, "/containers/"+c.ID+"/logs?stdout=1&stderr=1", nil, &text)
	return string(text)
}
