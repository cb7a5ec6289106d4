// Package page_test opens the real page in a real browser, against real servers on free ports.
// It needs chromium, and skips where there is none. SCREENSHOTS=folder keeps the pictures.
package page_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

var shared struct {
	sync.Mutex
	ctx  context.Context
	stop func()
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.stop != nil {
		shared.stop()
	}
	os.Exit(code)
}

// browser is the one that the tests share: each gets a context of its own in it, so cookies and
// storage stay apart.
func browser(t *testing.T) context.Context {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.ctx == nil {
		shared.ctx, shared.stop = start(t)
	}
	return shared.ctx
}

// start runs a browser until stop. It ignores no certificate errors: the page must do without.
func start(t *testing.T, env ...string) (context.Context, func()) {
	t.Helper()
	path := find(t)
	profile, err := os.MkdirTemp("", "wslab-browser-")
	if err != nil {
		t.Fatal(err)
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), flags(path, profile, env)...)
	ctx, cancel := chromedp.NewContext(alloc)
	stop := func() {
		cancel()
		stopAlloc()
		os.RemoveAll(profile)
	}
	if err := chromedp.Do(ctx); err != nil {
		stop()
		t.Fatalf("the browser %s does not start: %v", path, err)
	}
	return ctx, stop
}

func find(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium found: install it, or name it in CHROMIUM, to run the page's tests")
	return ""
}

func flags(path, profile string, env []string) []chromedp.ExecAllocatorOption {
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.Env(env...),
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.WindowSize(1280, 900),
	}
	for _, name := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync",
		"disable-dev-shm-usage", "disable-renderer-backgrounding", "disable-background-timer-throttling",
	} {
		options = append(options, chromedp.Flag(name, true))
	}
	if os.Geteuid() == 0 {
		// Chromium refuses to run as root with its sandbox on.
		options = append(options, chromedp.NoSandbox)
	}
	return options
}

// js writes a Go value as a JavaScript literal.
func js(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	default:
		return fmt.Sprint(v)
	}
}
