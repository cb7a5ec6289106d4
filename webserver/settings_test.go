package main

import (
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"wslab/services/cli"
	"wslab/services/lab"
	"wslab/services/listen"
	"wslab/services/logging"
)

func parse(args []string, env ...string) (settings, bool) {
	var set settings
	_, _, done := cli.Program{Name: "webserver", Args: args, Getenv: environment(env...), Stdout: io.Discard, Stderr: io.Discard}.Parse(&set)
	return set, !done
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	got, ok := parse(nil)
	network, _ := lab.ParseNet(lab.DefaultNet)
	want := settings{
		HTTPListen: listen.Addrs{":80"}, HTTPSListen: listen.Addrs{":443"}, CertsDir: "certs/server", LabNet: network,
		HTTPPort: 8080, HTTPSPort: 8443, WSPort: 10081, WSLegacyPort: 10080, WSSPort: 10443,
		ShutdownTimeout: 10 * time.Second, LogFormat: logging.Text, LogLevel: slog.LevelInfo,
	}
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if got.TZ.get() != time.UTC {
		t.Errorf("time zone %v", got.TZ.get())
	}
}

// Each setting is a flag and the variable of the same name.
func TestSettings(t *testing.T) {
	t.Parallel()
	for flag, tc := range map[string]struct {
		value string
		get   func(settings) any
		want  any
	}{
		"http-listen":      {"127.0.0.1:81,:82", func(s settings) any { return s.HTTPListen }, listen.Addrs{"127.0.0.1:81", ":82"}},
		"https-listen":     {"off", func(s settings) any { return s.HTTPSListen }, listen.Addrs{}},
		"www-dir":          {"some/dir", func(s settings) any { return s.WWWDir }, "some/dir"},
		"certs-dir":        {"some/dir", func(s settings) any { return s.CertsDir }, "some/dir"},
		"logs-dir":         {"some/dir", func(s settings) any { return s.LogsDir }, "some/dir"},
		"lab-net":          {"10.1.2", func(s settings) any { return s.LabNet.String() }, "10.1.2"},
		"http-port":        {"1", func(s settings) any { return s.HTTPPort }, port(1)},
		"https-port":       {"65535", func(s settings) any { return s.HTTPSPort }, port(65535)},
		"ws-port":          {"20081", func(s settings) any { return s.WSPort }, port(20081)},
		"ws-legacy-port":   {"20080", func(s settings) any { return s.WSLegacyPort }, port(20080)},
		"wss-port":         {"20443", func(s settings) any { return s.WSSPort }, port(20443)},
		"shutdown-timeout": {"3s", func(s settings) any { return s.ShutdownTimeout }, 3 * time.Second},
		"tz":               {"EST+5EDT,M3.2.0/2,M11.1.0/2", func(s settings) any { return s.TZ.get().String() }, "EST+5EDT,M3.2.0/2,M11.1.0/2"},
		"log-format":       {"json", func(s settings) any { return s.LogFormat }, logging.JSON},
		"log-level":        {"debug", func(s settings) any { return s.LogLevel }, slog.LevelDebug},
	} {
		if set, ok := parse([]string{"--" + flag + "=" + tc.value}); !ok || !reflect.DeepEqual(tc.get(set), tc.want) {
			t.Errorf("--%s: %v, want %v", flag, tc.get(set), tc.want)
		}
		if set, ok := parse(nil, cli.Variable(flag)+"="+tc.value); !ok || !reflect.DeepEqual(tc.get(set), tc.want) {
			t.Errorf("%s: %v, want %v", cli.Variable(flag), tc.get(set), tc.want)
		}
	}
	if tested, all := 15, reflect.TypeFor[settings]().NumField()-2; tested != all {
		t.Errorf("%d settings, %d tested", all, tested)
	}
}

func TestBadUsage(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ arg, says string }{
		{"--http-listen=80", "--http-listen"},
		{"--https-listen=", "--https-listen"},
		{"--http-port=0", "1 to 65535"},
		{"--https-port=65536", "1 to 65535"},
		{"--ws-port=http", "--ws-port"},
		{"--ws-legacy-port=-1", "--ws-legacy-port"},
		{"--wss-port=1.5", "--wss-port"},
		{"--lab-net=8.8.8", "--lab-net"},
		{"--tz=Mars/Olympus", "Europe/Paris"},
		{"--log-format=xml", `"text","json"`},
		{"--log-level=loud", "--log-level"},
		{"--shutdown-timeout=10", "--shutdown-timeout"},
		{"--shutdown-timeout=-1s", "--shutdown-timeout"},
		{"--bogus", "--bogus"},
		{"bogus", "bogus"},
	} {
		check := func(code int, stdout, stderr string) {
			t.Helper()
			if code != cli.Usage || stdout != "" || !strings.Contains(stderr, tc.says) || strings.Count(stderr, "\n") != 1 {
				t.Errorf("%s: exit %d, stdout %q, stderr %q", tc.arg, code, stdout, stderr)
			}
		}
		check(runs(t, environment(), tc.arg))
		flag, value, _ := strings.Cut(strings.TrimPrefix(tc.arg, "--"), "=")
		if value != "" {
			check(runs(t, environment(cli.Variable(flag)+"="+value)))
		}
	}
}

func TestBothOff(t *testing.T) {
	t.Parallel()
	code, _, stderr := runs(t, environment("HTTPS_LISTEN=off"), "--http-listen=off")
	if code != cli.Usage || !strings.Contains(stderr, "nothing to listen on: --http-listen and --https-listen are both off") {
		t.Errorf("exit %d, stderr %q", code, stderr)
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	code, stdout, stderr := runs(t, environment("HTTP_LISTEN=bad"), "-h")
	if code != cli.OK || stderr != "" {
		t.Errorf("exit %d, stderr %q", code, stderr)
	}
	for field := range reflect.TypeFor[settings]().Fields() {
		if help := field.Tag.Get("help"); help == "" || !strings.Contains(strings.Join(strings.Fields(stdout), " "), help) {
			t.Errorf("help does not say of %s: %q", field.Name, help)
		}
	}
}
