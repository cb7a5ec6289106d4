package page_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// trustingBrowser has imported the CA, as the page tells people to do.
func trustingBrowser(t *testing.T, ca *authority) *tab {
	t.Helper()
	certutil, err := exec.LookPath("certutil")
	if err != nil {
		t.Skip("no certutil found: install libnss3-tools to test the page over trusted https")
	}
	home := t.TempDir()
	store := filepath.Join(home, ".pki", "nssdb")
	if err := os.MkdirAll(store, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, "ca.pem")
	if err := os.WriteFile(file, ca.pem, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"-N", "--empty-password", "-d", "sql:" + store},
		{"-A", "-d", "sql:" + store, "-n", "wslab", "-t", "C,,", "-i", file},
	} {
		if out, err := exec.Command(certutil, args...).CombinedOutput(); err != nil {
			t.Fatalf("certutil %q: %v\n%s", args, err, out)
		}
	}
	ctx, stop := start(t, "HOME="+home)
	t.Cleanup(stop)
	return newTabIn(t, ctx)
}

func TestSecurePage(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := trustingBrowser(t, lab.ca)
	b.open("https://localhost:" + portText(lab.secure))
	if got, want := b.value("url"), "wss://localhost:"+portText(lab.wss)+"/foo"; got != want {
		t.Fatalf("the https page opens with %q, want %q", got, want)
	}
	b.click("#connect")
	b.untilState("open")
	b.click("#disconnect")
	b.untilState("closed")

	// The machine itself is no mixed content: ws:// works from here.
	choose(b, "scheme", "ws")
	b.click("#connect")
	b.untilState("open")
	b.click("#disconnect")
	b.untilState("closed")
	b.wantQuiet()
}

func TestSecurePageRefusesMixedContent(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := trustingBrowser(t, lab.ca)
	b.open("https://localhost:" + portText(lab.secure))
	b.fill("url", "ws://teacher.example:"+portText(lab.ws)+"/foo")
	b.click("#connect")
	b.want("#scheme-problem", "came over https", "Use wss://", "http://localhost:"+portText(lab.site)+"/")
	b.click("#scheme-problem button")
	if got, want := b.value("url"), "wss://teacher.example:"+portText(lab.wss)+"/foo"; got != want {
		t.Errorf("after the switch the address is %q, want %q", got, want)
	}
	if text := b.text("#scheme-problem"); strings.TrimSpace(text) != "" {
		t.Errorf("after the switch there is still a complaint: %s", text)
	}
}
