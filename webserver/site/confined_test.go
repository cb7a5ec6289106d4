package site_test

import (
	"net/http"
	"strings"
	"testing"
)

const secret = "must never be served"

func TestConfined(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{
		"www/index.html": "home", "www/js/app.js": "app", "www/.env": secret, "www/.git/config": secret,
		"www/js/.app.js.swp": secret, "www/a\\b": secret, "www/...": secret, "secret.txt": secret, "www/empty/.keep": "",
	})
	inside := serveDir(t, s.path("www"))
	for _, target := range []string{
		"/../secret.txt", "/js/../../secret.txt", "/./index.html", "/js/../index.html", "/..", "/.", "/js/..", "/js/.",
		"/%2e%2e/secret.txt", "/%2E%2E/secret.txt", "/.%2e/secret.txt", "/js/%2e%2e/%2e%2e/secret.txt", "/%2e/index.html",
		"/..%2fsecret.txt", "/..%2Fsecret.txt", "/js%2fapp.js", "/js%2F..%2F..%2Fsecret.txt", "/%2fetc/passwd", "/%2f%2fetc/passwd",
		"/%252e%252e/secret.txt", "/..%255csecret.txt", "/..%5csecret.txt", "/..\\secret.txt", "/a%5cb", "/a\\b",
		"/index.html%00", "/index.html%00.js", "/%00", "//", "//etc/passwd", "//js/app.js", "/js//app.js", "/js/app.js//",
		"/.env", "/.git/config", "/.git/", "/js/.app.js.swp", "/%2eenv", "/js/%2eapp.js.swp", "/...", "/....//secret.txt",
		"/js/app.js/", "/index.html/x", "/js/", "/js", "/empty", "/empty/", "/none", "/%ff", "/%c0%ae%c0%ae/secret.txt",
		"/" + strings.Repeat("x", 300), "/" + strings.Repeat("x/", 2000), "http://elsewhere/../secret.txt", "*",
		"/secret.txt", "/www/../secret.txt", "/etc/passwd", "/..;/secret.txt", "/%2e%2e;/secret.txt",
	} {
		a := inside.get(target)
		if a.StatusCode != http.StatusNotFound || strings.Contains(a.body, secret) {
			t.Errorf("%s: %d %.60q, want 404", target, a.StatusCode, a.body)
		}
	}
	// The same folder does serve what it should, however it is written.
	for target, want := range map[string]string{"/": "home", "/index.html": "home", "/js/app.js": "app", "/js/%61pp.js": "app", "http://elsewhere/js/app.js?x=..": "app"} {
		inside.want(inside.get(target), http.StatusOK, want)
	}
}
