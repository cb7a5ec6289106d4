package main

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"wslab/services/testcert"
	"wslab/services/testoutput"
	"wslab/wsserver/testserver"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// process is a run of the program in this process.
type process struct {
	stdout, stderr testoutput.Output
	stop           context.CancelFunc
	exit           chan int
}

func start(t *testing.T, getenv func(string) string, args ...string) *process {
	t.Helper()
	args = append([]string{"--metrics-listen=off"}, args...)
	ctx, cancel := context.WithCancel(context.Background())
	p := &process{stop: cancel, exit: make(chan int, 1)}
	go func() { p.exit <- run(ctx, args, getenv, &p.stdout, &p.stderr) }()
	t.Cleanup(cancel)
	return p
}

// urls waits for the program to listen and returns where.
func (p *process) urls(t *testing.T, n int) []string {
	t.Helper()
	listening := regexp.MustCompile(`msg=listening url=(\S+)`)
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if found := listening.FindAllStringSubmatch(p.stdout.String(), -1); len(found) == n {
			var urls []string
			for _, match := range found {
				urls = append(urls, match[1])
			}
			return urls
		}
	}
	t.Fatalf("it does not listen: %s%s", p.stdout.String(), p.stderr.String())
	return nil
}

func (p *process) wait(t *testing.T) int {
	t.Helper()
	select {
	case code := <-p.exit:
		return code
	case <-time.After(10 * time.Second):
		t.Fatalf("it does not end: %s%s", p.stdout.String(), p.stderr.String())
		return -1
	}
}

// Every refusal is one line on stderr that ends with what to do.
func TestRefusesToRun(t *testing.T) {
	t.Parallel()
	good, authority := testcert.Dir(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	expired, mismatch := t.TempDir(), t.TempDir()
	authority.Issue(t, testcert.Leaf{Until: time.Now().Add(-time.Hour)}).Write(t, expired)
	one, two := authority.Issue(t, testcert.Leaf{}), authority.Issue(t, testcert.Leaf{})
	testcert.Pair{Cert: one.Cert, Key: two.Key}.Write(t, mismatch)
	quiet := []string{"--ws-listen=127.0.0.1:0", "--wss-listen=127.0.0.1:0"}
	for _, tc := range []struct {
		name string
		args []string
		env  func(string) string
		code int
		says string
	}{
		{"unknown flag", []string{"--nope"}, env(), 2, "unknown flag --nope; run `wsserver -h`"},
		{"unknown command", []string{"dance"}, env(), 2, "dance"},
		{"malformed size", nil, env("MAX_MESSAGE", "much"), 2, `--max-message: not a size: "much"`},
		{"malformed time", []string{"--ping-interval=soon"}, env(), 2, "--ping-interval"},
		{"negative time", []string{"--write-timeout=-1s"}, env(), 2, "cannot be negative"},
		{"no room", []string{"--max-connections=0"}, env(), 2, "--max-connections must be 1 or more"},
		{"pings without patience", []string{"--ping-timeout=0"}, env(), 2, "--ping-timeout must be more than 0"},
		{"malformed origin", nil, env("ALLOWED_ORIGINS", "localhost,http://"), 2, `not an origin pattern: "http://"`},
		{"malformed network", nil, env("LAB_NET", "172.31"), 2, "LAB_NET"},
		{"malformed address", nil, env("WS_LISTEN", "10081"), 2, `not an address to listen on: "10081"`},
		{"nothing to do", []string{"--ws-listen=off", "--wss-listen=off"}, env(), 2, "both off"},
		{"malformed level", nil, env("LOG_LEVEL", "loud"), 2, "--log-level"},
		{"malformed format", nil, env("LOG_FORMAT", "xml"), 2, "--log-format"},
		{"unknown time zone", nil, env("TZ", "Mars/Olympus"), 1, "neither an IANA name such as Europe/Paris nor a POSIX rule"},
		{"no certificate", append(quiet, "--certs-dir="+t.TempDir()), env(), 1, "run `make certs`"},
		{"expired", append(quiet, "--certs-dir="+expired), env(), 1, "certificate has expired"},
		{"another's key", append(quiet, "--certs-dir="+mismatch), env(), 1, "key does not match"},
		{"port taken", []string{"--ws-listen=" + taken.Addr().String(), "--wss-listen=off"}, env(), 1, "the port is taken"},
		{"second port taken", []string{"--ws-listen=127.0.0.1:0", "--wss-listen=" + taken.Addr().String(), "--certs-dir=" + good}, env(), 1, "`--wss-listen`"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := start(t, tc.env, tc.args...)
			code, line := p.wait(t), p.stderr.String()
			if code != tc.code || !strings.Contains(line, tc.says) {
				t.Errorf("exit code %d and %q, want %d and %q", code, line, tc.code, tc.says)
			}
			if strings.Count(line, "\n") != 1 || !strings.HasPrefix(line, "wsserver: ") {
				t.Errorf("not one line: %q", line)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	p := start(t, env(), "-h")
	if code := p.wait(t); code != 0 {
		t.Errorf("exit code %d", code)
	}
	for _, says := range []string{"$MAX_MESSAGE", "--wss-listen=:10443", "healthcheck"} {
		if !strings.Contains(p.stdout.String(), says) {
			t.Errorf("help does not say %s:\n%s", says, p.stdout.String())
		}
	}
}

func TestServes(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	p := start(t, env("TZ", "EST+5EDT,M3.2.0/2,M11.1.0/2"), "--certs-dir="+dir, "--ws-listen=127.0.0.1:0,127.0.0.1:0", "--wss-listen=127.0.0.1:0")
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority.Pool()}}}
	var open []*websocket.Conn
	for _, url := range p.urls(t, 3) {
		c, _, err := websocket.Dial(testserver.Context(t), url+"/foo", &websocket.DialOptions{HTTPClient: client})
		if err != nil {
			t.Fatal(err)
		}
		defer c.CloseNow()
		testserver.Expect(t, c, websocket.MessageText, `Connected to "/foo"...`)
		open = append(open, c)
	}
	p.stop()
	for _, c := range open {
		testserver.ExpectClose(t, c, websocket.StatusGoingAway)
	}
	if code := p.wait(t); code != 0 {
		t.Errorf("exit code %d: %s", code, p.stderr.String())
	}
	if log := p.stdout.String(); !regexp.MustCompile(`time=\S+-0[45]:00 .*msg=connected`).MatchString(log) {
		t.Errorf("the log is not in the time zone: %s", log)
	}
}

// The settings reach the connections.
func TestSettingsApply(t *testing.T) {
	t.Parallel()
	p := start(t, env("MAX_MESSAGE", "10", "LOG_FORMAT", "json", "ALLOWED_ORIGINS", "https://*.test", "CERT_EXTRA_NAMES", "laptop.local,fd00::5"),
		"--ws-listen=127.0.0.1:0", "--wss-listen=off")
	var url string
	for end := time.Now().Add(5 * time.Second); url == "" && time.Now().Before(end); time.Sleep(time.Millisecond) {
		if m := regexp.MustCompile(`"url":"(ws:[^"]+)"`).FindStringSubmatch(p.stdout.String()); m != nil {
			url = m[1]
		}
	}
	for origin, status := range map[string]int{"https://a.test": 101, "http://a.test": 403, "http://laptop.local:8080": 101, "http://[fd00::5]:8080": 101, "http://other.local": 403} {
		c, resp, err := websocket.Dial(testserver.Context(t), url+"/rtt", &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {origin}}})
		if resp == nil || resp.StatusCode != status {
			t.Errorf("%s: %v %v, want %d", origin, resp, err, status)
		}
		if err == nil {
			testserver.Send(t, c, websocket.MessageText, "bye")
			testserver.ExpectClose(t, c, websocket.StatusNormalClosure)
		}
	}
	c, _, err := websocket.Dial(testserver.Context(t), url+"/echo", nil)
	if err != nil {
		t.Fatal(err)
	}
	testserver.Send(t, c, websocket.MessageText, "ten bytes.")
	testserver.Expect(t, c, websocket.MessageText, "ten bytes.")
	testserver.Send(t, c, websocket.MessageText, "11 bytes is")
	testserver.ExpectClose(t, c, websocket.StatusMessageTooBig)
}

func TestMaxConnections(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"--max-connections=1", "--max-connections-per-address=1"} {
		p := start(t, env(), flag, "--ws-listen=127.0.0.1:0", "--wss-listen=off")
		url := p.urls(t, 1)[0] + "/echo"
		c, _, err := websocket.Dial(testserver.Context(t), url, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer c.CloseNow()
		if _, resp, err := websocket.Dial(testserver.Context(t), url, nil); err == nil || resp == nil || resp.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%s: a second connection got %v, %v", flag, resp, err)
		}
	}
}

func TestReloads(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	p := start(t, env(), "--certs-dir="+dir, "--ws-listen=off", "--wss-listen=127.0.0.1:0")
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority.Pool()}}}
	url := p.urls(t, 1)[0]
	c, _, err := websocket.Dial(testserver.Context(t), url+"/echo", &websocket.DialOptions{HTTPClient: client})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	if err := os.WriteFile(filepath.Join(dir, "server.pem"), []byte("-----BEGIN CERT"), 0o600); err != nil { // half written
		t.Fatal(err)
	}
	p.stdout.Wait(t, "keeping the old one")
	authority.Issue(t, testcert.Leaf{}).Write(t, dir)
	p.stdout.Wait(t, "certificate reloaded")
	testserver.Send(t, c, websocket.MessageText, "still here")
	testserver.Expect(t, c, websocket.MessageText, "still here")
}

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	dir, _ := testcert.Dir(t)
	p := start(t, env(), "--certs-dir="+dir, "--ws-listen=127.0.0.1:0", "--wss-listen=127.0.0.1:0")
	urls := p.urls(t, 2)
	plain, secure := strings.TrimPrefix(urls[0], "ws://"), strings.TrimPrefix(urls[1], "wss://")
	probe := func(dir string) int {
		return start(t, env(), "healthcheck", "--certs-dir="+dir, "--ws-listen="+plain, "--wss-listen="+secure).wait(t)
	}
	if code := probe(dir); code != 0 {
		t.Errorf("a healthy server gives exit code %d", code)
	}
	stranger, _ := testcert.Dir(t)
	if code := probe(stranger); code != 1 {
		t.Errorf("a certificate of another CA gives exit code %d", code)
	}
	p.stop()
	p.wait(t)
	if code := probe(dir); code != 1 {
		t.Errorf("a server that has stopped gives exit code %d", code)
	}
}
