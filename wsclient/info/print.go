package info

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"wslab/wsclient/printable"
)

// JSON prints the facts as one object in one line.
func (f Facts) JSON(w io.Writer) error { return json.NewEncoder(w).Encode(f) }

// Text prints one fact a line: its name, and from the 14th column on what it is. The error is
// left to whoever prints errors.
func (f Facts) Text(w io.Writer) error {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-12s %s\n", name, value)
		}
	}
	line("url", f.URL)
	line("resolved", strings.Join(f.Resolved, ", "))
	line("address", f.Address)
	f.secure(line)
	f.handshake(line)
	line("time", f.Times.String())
	_, err := io.WriteString(w, b.String())
	return err
}

func (f Facts) secure(line func(name, value string)) {
	if t := f.TLS; t != nil {
		alpn := t.ALPN
		if alpn == "" {
			alpn = "none"
		}
		line("tls", fmt.Sprintf("%s, %s, ALPN %s", t.Version, t.Cipher, alpn))
	}
	if c := f.Certificate; c != nil {
		line("certificate", orNone(c.Subject))
		line("names", orNone(strings.Join(c.Names, ", ")))
		line("issuer", orNone(c.Issuer))
		line("valid", fmt.Sprintf("%s to %s (%s)", c.From.Format(time.DateOnly), c.Until.Format(time.DateOnly), left(c.Until)))
		line("sha256", c.SHA256)
		line("trusted", c.Trust)
	}
}

func (f Facts) handshake(line func(name, value string)) {
	if f.Status == "" {
		return
	}
	line("status", f.Status)
	for _, name := range f.names() {
		for _, value := range f.Header[name] {
			line("header", printable.Line(name+": "+value))
		}
	}
	line("subprotocol", orNone(printable.Line(f.Subprotocol)))
	line("extensions", orNone(printable.Line(strings.Join(f.Extensions, ", "))))
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func left(until time.Time) string {
	days := math.Floor(time.Until(until).Hours() / 24)
	if time.Now().After(until) {
		return "expired"
	}
	return fmt.Sprintf("%.0f days left", days)
}

// String leaves out the steps that there were not.
func (t Times) String() string {
	steps := []string{}
	for _, step := range []struct {
		name string
		ms   float64
	}{{"DNS", t.DNS}, {"connect", t.Connect}, {"TLS", t.TLS}, {"upgrade", t.Upgrade}, {"total", t.Total}} {
		if step.ms > 0 {
			steps = append(steps, fmt.Sprintf("%s %.3f ms", step.name, step.ms))
		}
	}
	return strings.Join(steps, ", ")
}
