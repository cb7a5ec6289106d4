package browser

import (
	"slices"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

func (b *Tab) note(m chromedp.ConsoleMessage) {
	if m.Type != chromedp.ConsoleError && m.Type != chromedp.ConsoleWarning && !m.IsException() {
		return
	}
	// Containers that start or stop on this machine: the browser drops requests, the page asks again.
	if strings.Contains(m.Text, "ERR_NETWORK_CHANGED") {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, m.URL+": "+m.String())
}

// Complaints are the errors, warnings and CSP violations that the console has had so far.
func (b *Tab) Complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.complaints)
}

// WantQuiet fails the test where the console has an error, a warning or a CSP violation.
func (b *Tab) WantQuiet() {
	b.Helper()
	// The console's messages come on another way than the answers to commands.
	time.Sleep(200 * time.Millisecond)
	if complaints := b.Complaints(); len(complaints) > 0 {
		b.Errorf("the console complains:\n%s", strings.Join(complaints, "\n"))
	}
}
