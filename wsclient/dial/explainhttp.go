package dial

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"wslab/wsclient/exit"
	"wslab/wsclient/printable"
)

func (d *Dialer) explainResponse(ctx context.Context, err error, resp *http.Response) error {
	switch {
	case IsSwitch(resp):
		return fmt.Errorf("%w: the server agreed, but its answer is faulty (%s): %s", exit.ErrRefused, plain(err), d.seeAll())
	case resp.StatusCode == http.StatusBadRequest && !d.Target.Secure() && d.speaksTLS(ctx):
		return d.secureOnly()
	}
	said := ""
	if line := firstLine(resp); line != "" {
		said = fmt.Sprintf(": %q", line)
	}
	return fmt.Errorf("%w: the server answered %s%s: %s", exit.ErrRefused, printable.Line(resp.Status), said, d.advice(resp))
}

// advice is what to do about a status.
func (d *Dialer) advice(resp *http.Response) string {
	switch status := resp.StatusCode; {
	case status == http.StatusUnauthorized:
		return "say who you are with ws://NAME:PASSWORD@HOST or `--header 'Authorization: …'`"
	case status == http.StatusForbidden:
		return "if it minds which page asks, give `--origin http://localhost:8080`"
	case status == http.StatusNotFound:
		return d.seeEndpoints()
	case status >= 300 && status <= 399:
		return "it sends you elsewhere: connect to " + elsewhere(resp)
	case status >= 200 && status <= 299:
		return "it took this for a plain request: is this path a WebSocket endpoint?"
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return "try again later"
	}
	return d.seeAll()
}

func (d *Dialer) seeAll() string {
	if d.Shown {
		return "see its answer above"
	}
	return fmt.Sprintf("see its answer with `wsclient info '%s'`", d.Target)
}

// elsewhere is where a redirect leads, as a WebSocket URL.
func elsewhere(resp *http.Response) string {
	to, err := resp.Location()
	if err != nil {
		return "where it did not say"
	}
	to.Scheme = strings.Replace(to.Scheme, "http", "ws", 1)
	return printable.Line(to.String())
}

func (d *Dialer) seeEndpoints() string {
	trust := ""
	if d.Target.Secure() && d.Roots.File != "" {
		trust = "--cacert " + d.Roots.File + " "
	}
	return fmt.Sprintf("see which endpoints there are with `curl %s%s`", trust, d.Target.Plain("/"))
}

// firstLine is what the body says, in short: its first line, or the "error" of a JSON object,
// which is how the lab's server answers programs. HTML says nothing in its first line.
func firstLine(resp *http.Response) string {
	if resp.Body == nil || strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		return ""
	}
	body := bufio.NewReader(resp.Body)
	if start, _ := body.Peek(1); string(start) == "{" {
		return jsonError(body)
	}
	for scan := bufio.NewScanner(body); scan.Scan(); {
		if line := strings.TrimSpace(scan.Text()); line != "" {
			return printable.Line(line)
		}
	}
	return ""
}

// jsonError reads token by token, because the library keeps the beginning of a body alone.
func jsonError(body io.Reader) string {
	decoder := json.NewDecoder(body)
	decoder.Token() // {
	for {
		key, err := decoder.Token()
		var value any
		if err != nil || decoder.Decode(&value) != nil {
			return ""
		}
		if text, ok := value.(string); ok && key == "error" {
			return printable.Line(text)
		}
	}
}
