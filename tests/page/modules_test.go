package page_test

import (
	"fmt"
	"testing"

	"wslab/tests/browser"
)

// The modules without a document are tried one by one, in the browser that they are for.
type moduleCase struct{ name, module, expression, want string }

func runModules(t *testing.T, cases []moduleCase) {
	t.Helper()
	lab, b := newLab(t, labOptions{}), newTab(t)
	b.Open(lab.site.URL)
	browser.Eval[bool](b, prelude)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b.TB = t
			expression := fmt.Sprintf(`import("/js/%s.js").then((m) => JSON.stringify(%s) ?? "undefined")`, c.module, c.expression)
			if got := browser.Eval[string](b, expression); got != c.want {
				t.Errorf("%s = %s, want %s", c.expression, got, c.want)
			}
		})
	}
	b.TB = t
}

// prelude makes short names for what many cases need.
const prelude = `import("/js/lab.js").then((m) => {
	globalThis.lab = m.DEFAULT_LAB;
	globalThis.at = (url) => new URL(url);
	globalThis.to = (url) => { const u = new URL(url); return { scheme: u.protocol.slice(0, -1), host: u.hostname, port: u.port, endpoint: u.pathname }; };
	globalThis.first = (url) => { const t = m.defaultTarget(lab, at(url)); return t.scheme + "://" + t.host + ":" + t.port; };
	return true;
})`

func TestTarget(t *testing.T) {
	runModules(t, []moduleCase{
		{"parts", "target", `m.parseURL("ws://localhost:10081/foo?a=b")`, `{"scheme":"ws","userinfo":"","host":"localhost","port":"10081","endpoint":"/foo?a=b"}`},
		{"IPv6, no path", "target", `m.parseURL("wss://[::1]")`, `{"scheme":"wss","userinfo":"","host":"[::1]","port":"","endpoint":"/"}`},
		{"user and password", "target", `m.toURL(m.parseURL("ws://me:pw@h:1234/auth"))`, `"ws://me:pw@h:1234/auth"`},
		{"they stay out of fetch", "target", `m.toHTTP(m.parseURL("wss://me:pw@h:1234/auth"))`, `"https://h:1234/"`},
		{"http means ws", "target", `m.toURL(m.parseURL("HTTPS://h/x"))`, `"wss://h/x"`},
		{"no scheme", "target", `m.toURL(m.parseURL("h:1/x", "wss"))`, `"wss://h:1/x"`},
		{"another scheme", "target", `m.parseURL("ftp://h/x")`, `null`},
		{"a fragment stays for the check", "target", `m.parseURL("ws://h/a#b").endpoint`, `"/a#b"`},
		{"query without path", "target", `m.toURL(m.parseURL("ws://h?x=1"))`, `"ws://h/?x=1"`},
		{"bare IPv6 gets brackets", "target", `m.toURL({scheme: "ws", host: "fe80::1", port: "1", endpoint: "/"})`, `"ws://[fe80::1]:1/"`},
	})
}

func TestLabDefaults(t *testing.T) {
	runModules(t, []moduleCase{
		{"localhost", "lab", `first("http://localhost:8080/")`, `"ws://localhost:10081"`},
		{"localhost, https", "lab", `first("https://localhost:8443/")`, `"wss://localhost:10443"`},
		{"IPv6", "lab", `first("http://[::1]:8080/")`, `"ws://[::1]:10081"`},
		{"another host", "lab", `first("http://teacher.example:8080/")`, `"ws://teacher.example:10081"`},
		{"container address", "lab", `first("http://172.31.10.10/")`, `"ws://172.31.10.20:10081"`},
		{"container name", "lab", `first("https://webserver/")`, `"wss://wsserver:10443"`},
		{"container domain name", "lab", `first("http://webserver.example.com/")`, `"ws://wsserver.example.com:10081"`},
		{"name on a published port", "lab", `first("http://webserver.example.com:8080/")`, `"ws://webserver.example.com:10081"`},
		{"ws to wss", "lab", `m.portFor("wss", to("ws://localhost:10081"), lab)`, `"10443"`},
		{"legacy to wss", "lab", `m.portFor("wss", to("ws://localhost:10080"), lab)`, `"10443"`},
		{"wss to ws", "lab", `m.portFor("ws", to("wss://localhost:10443"), lab)`, `"10081"`},
		{"own port stays", "lab", `m.portFor("ws", to("wss://localhost:9999"), lab)`, `"9999"`},
		{"no port stays", "lab", `m.portFor("wss", to("ws://localhost"), lab)`, `""`},
		{"host decides between two sets", "lab", `m.portFor("wss", to("ws://wsserver:10081"), {...lab, published: {...lab.published, wss_port: 20443}})`, `"10443"`},
	})
}

func TestCheckMixedContent(t *testing.T) {
	const fields = `.map((p) => p.field + ": " + (p.fix?.label ?? ""))`
	runModules(t, []moduleCase{
		{"https page, other host", "check", `m.check(to("ws://teacher.example:10081"), [], {lab, page: at("https://teacher.example:8443/")})` + fields, `["scheme: Switch to wss://"]`},
		{"the port changes too", "check", `m.check(to("ws://teacher.example:10081"), [], {lab, page: at("https://teacher.example:8443/")})[0].fix.change`, `{"scheme":"wss","port":"10443"}`},
		{"and where to open it instead", "check", `m.check(to("ws://teacher.example:10081"), [], {lab, page: at("https://teacher.example:8443/")})[0].text.includes("http://teacher.example:8080/")`, `true`},
		{"https page, localhost", "check", `m.check(to("ws://localhost:10081"), [], {lab, page: at("https://localhost:8443/")})`, `[]`},
		{"https page, [::1]", "check", `m.check(to("ws://[::1]:10081"), [], {lab, page: at("https://localhost:8443/")})`, `[]`},
		{"http page, other host", "check", `m.check(to("ws://teacher.example:10081"), [], {lab, page: at("http://localhost:8080/")})`, `[]`},
	})
}

func TestCloseCodes(t *testing.T) {
	runModules(t, []moduleCase{
		{"1000", "closecodes", `m.describeClose(1000).name`, `"Normal Closure"`},
		{"1006", "closecodes", `m.describeClose(1006).name`, `"Abnormal Closure"`},
		{"3008", "closecodes", `m.describeClose(3008).name`, `"Timeout"`},
		{"registered", "closecodes", `m.describeClose(3500).name`, `"Registered"`},
		{"private", "closecodes", `m.describeClose(4000).name`, `"Private Use"`},
		{"reserved", "closecodes", `m.describeClose(2000).name`, `"Reserved"`},
		{"beyond", "closecodes", `m.describeClose(5000).name`, `"Unknown"`},
		{"every one has a meaning", "closecodes", `Array.from({length: 16}, (_, i) => m.describeClose(1000 + i)).every((c) => c.meaning.endsWith("."))`, `true`},
	})
}

func TestDoctorDecides(t *testing.T) {
	decide := func(target, page, evidence string) string {
		return fmt.Sprintf(`m.decide({target: to(%q), subprotocols: ["chat"], lab, page: at(%q), evidence: %s})`, target, page, evidence)
	}
	const nothing = `{health: {}, blind: {}, otherScheme: {}, plain: {}}`
	const home = "http://localhost:8080/"
	runModules(t, []moduleCase{
		{"403 about the origin", "doctor", decide("ws://localhost:10081/foo", home, `{health: {answered: true, status: 200}, endpoint: {status: 403, text: "Origin refused"}}`) + `.cause`, `"origin"`},
		{"403 about something else", "doctor", decide("ws://localhost:10081/foo", home, `{health: {answered: true, status: 200}, endpoint: {status: 403, text: "no entry"}}`) + `.cause`, `"status"`},
		{"unhealthy", "doctor", decide("ws://localhost:10081/foo", home, `{health: {answered: true, status: 503}, endpoint: {status: 426}}`) + `.cause`, `"unhealthy"`},
		{"handshake", "doctor", decide("ws://localhost:10081/foo", home, `{health: {answered: true, status: 200}, endpoint: {status: 426}}`) + `.cause`, `"handshake"`},
		{"https page cannot look at the ws port", "doctor", decide("wss://teacher.example:10443/foo", "https://teacher.example:8443/", `{health: {}, blind: {}, otherScheme: {forbidden: true}, plain: {forbidden: true}}`) + `.cause`, `"tls-or-down"`},
		{"from a container's page to this machine", "doctor", decide("ws://localhost:10081/foo", "http://172.31.10.10/", nothing) + `.steps[0].link.href`, `"http://localhost:8080/"`},
		{"to a container from outside", "doctor", decide("ws://wsserver:10081/foo", home, nothing) + `.steps[0].text.includes("inside the lab’s network")`, `true`},
		{"the browser refused", "doctor", `m.decide({target: to("ws://h/"), evidence: {}, lab, page: at("http://h2/"), refused: "why"}).text`, `"why"`},
		{"no CA yet", "doctor", decide("wss://localhost:10443/foo", home, `{health: {}, blind: {}, otherScheme: {}, plain: {answered: true}}`) + `.steps.map((s) => s.code).includes("make certs")`, `true`},
	})
}
