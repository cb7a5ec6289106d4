// Package page_test opens the real page in a real browser, against real servers on free ports.
// It needs chromium, and skips where there is none. SCREENSHOTS=folder keeps the pictures.
package page_test

import (
	"os"
	"path/filepath"
	"testing"

	"wslab/services/testcert"
	"wslab/tests/browser"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.StopShared()
	os.Exit(code)
}

func newTab(t *testing.T) *browser.Tab {
	t.Helper()
	return browser.NewTab(t, browser.Shared(t))
}

// newTrustingTab is in a browser that has imported the CA, as the page tells people to do.
func newTrustingTab(t *testing.T, ca *testcert.Authority) *browser.Tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	testcert.Replace(t, file, ca.PEM)
	return browser.NewTab(t, browser.Trusting(t, file))
}
