// Package browser drives a real Chromium for tests. It needs chromium, and skips a test where
// there is none. It ignores no certificate errors: a page must do without.
package browser

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// Start runs a browser with a new profile until stop. env is added to its environment.
func Start(t testing.TB, env ...string) (ctx context.Context, stop func()) {
	t.Helper()
	path := find(t)
	profile, err := os.MkdirTemp("", "wslab-browser-")
	if err != nil {
		t.Fatal(err)
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), flags(path, profile, env)...)
	ctx, cancel := chromedp.NewContext(alloc)
	stop = func() {
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

// Trusting runs a browser that has imported a CA into its own store, as people do, until the test
// ends. It needs certutil, and skips the test where there is none.
func Trusting(t testing.TB, caFile string) context.Context {
	t.Helper()
	certutil, err := exec.LookPath("certutil")
	if err != nil {
		t.Skip("no certutil found: install libnss3-tools to test with a browser that trusts the CA")
	}
	home := t.TempDir()
	store := filepath.Join(home, ".pki", "nssdb")
	if err := os.MkdirAll(store, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"-N", "--empty-password", "-d", "sql:" + store},
		{"-A", "-d", "sql:" + store, "-n", "wslab", "-t", "C,,", "-i", caFile},
	} {
		if out, err := exec.Command(certutil, args...).CombinedOutput(); err != nil {
			t.Fatalf("certutil %q: %v\n%s", args, err, out)
		}
	}
	ctx, stop := Start(t, "HOME="+home)
	t.Cleanup(stop)
	return ctx
}

func find(t testing.TB) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium found: install it, or name it in CHROMIUM, to run the browser's tests")
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
	// Chromium tries https first where a page is opened by a name with a dot, which would leave the
	// http page of such a name untested.
	options = append(options, chromedp.Flag("disable-features", "HttpsUpgrades"))
	if os.Geteuid() == 0 {
		// Chromium refuses to run as root with its sandbox on.
		options = append(options, chromedp.NoSandbox)
	}
	return options
}
