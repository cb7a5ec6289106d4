//go:build lab

package lab

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const servers = "65532:65532"

func TestHardened(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		user   string
		capAdd []string
	}{
		"certs":     {"0:0", []string{"CAP_SETGID", "CAP_SETUID"}},
		"webserver": {servers, nil},
		"wsserver":  {servers, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := service(t, name).inspect(t)
			host := d.HostConfig
			if d.Config.User != want.user {
				t.Errorf("runs as %q, want %q", d.Config.User, want.user)
			}
			if !host.ReadonlyRootfs || !slices.Equal(host.CapDrop, []string{"ALL"}) || !slices.Contains(host.SecurityOpt, "no-new-privileges:true") {
				t.Errorf("read-only %v, drops %v, security %v", host.ReadonlyRootfs, host.CapDrop, host.SecurityOpt)
			}
			if host.Memory == 0 || host.PidsLimit == 0 {
				t.Errorf("memory %d and pids %d have no limit", host.Memory, host.PidsLimit)
			}
			var added []string
			for _, capability := range host.CapAdd { // engines differ in the prefix
				added = append(added, "CAP_"+strings.TrimPrefix(capability, "CAP_"))
			}
			slices.Sort(added)
			if !slices.Equal(added, want.capAdd) {
				t.Errorf("adds capabilities %v, want %v", added, want.capAdd)
			}
		})
	}
}

func TestMountsAndLimits(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"webserver", "wsserver"} {
		d := service(t, name).inspect(t)
		for _, mount := range d.Mounts {
			if mount.Destination == "/certs" && !strings.HasSuffix(mount.Source, "/certs/server") {
				t.Errorf("%s sees %s, where the CA's key may be", name, mount.Source)
			}
		}
		if len(d.HostConfig.Ulimits) != 1 || d.HostConfig.Ulimits[0].Name != "nofile" || d.HostConfig.Ulimits[0].Hard > 20000 {
			t.Errorf("%s has limits %+v", name, d.HostConfig.Ulimits)
		}
		for port, bindings := range d.HostConfig.PortBindings {
			for _, b := range bindings {
				if b.HostIP != "127.0.0.1" {
					t.Errorf("%s opens %s on %q", name, port, b.HostIP)
				}
			}
		}
		if d.Config.Domainname != "example.com" || d.Config.Hostname != name {
			t.Errorf("%s is called %s.%s", name, d.Config.Hostname, d.Config.Domainname)
		}
		if d.Config.Labels["org.opencontainers.image.title"] != "wslab "+name {
			t.Errorf("%s has labels %v", name, d.Config.Labels)
		}
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"webserver": network.Web().String(), "wsserver": network.WS().String()} {
		networks := service(t, name).inspect(t).NetworkSettings.Networks
		if len(networks) != 1 {
			t.Errorf("%s is in %d networks", name, len(networks))
		}
		for _, n := range networks {
			if n.IPAddress != want || n.Gateway != network.String()+".1" || n.IPPrefixLen != 24 {
				t.Errorf("%s has %+v, want %s", name, n, want)
			}
		}
	}
}

func TestImageSize(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"certs", "webserver", "wsserver"} {
		var image struct{ Size int64 }
		call(t, http.MethodGet, "/images/"+service(t, name).inspect(t).Image+"/json", nil, &image)
		t.Logf("image of %s: %.1f MB", name, float64(image.Size)/1e6)
		if image.Size > 15e6 {
			t.Errorf("image of %s has %d bytes, want 15 MB or less", name, image.Size)
		}
	}
}

// Not parallel: it restarts the servers.
func TestHealthyWithinOneSecond(t *testing.T) {
	for _, name := range []string{"webserver", "wsserver"} {
		c := service(t, name)
		c.do(t, "restart")
		took := firstGoodProbe(t, c.waitHealthy(t))
		t.Logf("%s was healthy %v after its start", name, took)
		if took > time.Second {
			t.Errorf("%s was healthy %v after its start, want 1s or less", name, took)
		}
	}
}

// firstGoodProbe is how long after its start the container was found healthy. The engine keeps
// the last five probes, those before a restart among them.
func firstGoodProbe(t *testing.T, d details) time.Duration {
	t.Helper()
	started, err := time.Parse(time.RFC3339Nano, d.State.StartedAt)
	if err != nil {
		t.Fatal(err)
	}
	for _, probe := range d.State.Health.Log {
		begun, err1 := time.Parse(time.RFC3339Nano, probe.Start)
		ended, err2 := time.Parse(time.RFC3339Nano, probe.End)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if begun.After(started) && probe.ExitCode == 0 {
			return ended.Sub(started)
		}
	}
	t.Fatalf("no good probe since %s: %v", started, d.State.Health.Log)
	return 0
}
