package page_test

import (
	"strings"
	"testing"
)

func TestSecurePage(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := newTrustingTab(t, lab.ca)
	b.Open("https://localhost:" + portText(lab.secure))
	if got, want := b.Value("url"), "wss://localhost:"+portText(lab.wss)+"/foo"; got != want {
		t.Fatalf("the https page opens with %q, want %q", got, want)
	}
	b.Click("#connect")
	b.UntilState("open")
	b.Click("#disconnect")
	b.UntilState("closed")

	// The machine itself is no mixed content: ws:// works from here.
	b.Choose("scheme", "ws")
	b.Click("#connect")
	b.UntilState("open")
	b.Click("#disconnect")
	b.UntilState("closed")
	b.WantQuiet()
}

func TestSecurePageRefusesMixedContent(t *testing.T) {
	lab := newLab(t, labOptions{})
	b := newTrustingTab(t, lab.ca)
	b.Open("https://localhost:" + portText(lab.secure))
	b.Fill("url", "ws://teacher.example:"+portText(lab.ws)+"/foo")
	b.Click("#connect")
	b.Want("#scheme-problem", "came over https", "Use wss://", "http://localhost:"+portText(lab.site)+"/")
	b.Click("#scheme-problem button")
	if got, want := b.Value("url"), "wss://teacher.example:"+portText(lab.wss)+"/foo"; got != want {
		t.Errorf("after the switch the address is %q, want %q", got, want)
	}
	if text := b.Text("#scheme-problem"); strings.TrimSpace(text) != "" {
		t.Errorf("after the switch there is still a complaint: %s", text)
	}
}
