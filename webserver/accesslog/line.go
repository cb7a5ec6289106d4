// Package accesslog logs each request in Combined Log Format.
package accesslog

import (
	"net"
	"net/http"
	"strconv"
	"time"
)

// stamp is the format's time: day, month in English, year, and the offset from UTC.
const stamp = "02/Jan/2006:15:04:05 -0700"

// appendLine appends the line for a request that started at start and was answered with status
// and size bytes of body: Apache's "combined" (mod_log_config), with \xHH for every byte that
// could be taken for the end of a field or of the line, or that does something to a terminal.
func appendLine(b []byte, r *http.Request, start time.Time, status int, size int64) []byte {
	b = appendField(b, host(r.RemoteAddr), "")
	b = append(b, " - - ["...)
	b = start.AppendFormat(b, stamp)
	b = append(b, `] "`...)
	b = appendEscaped(b, r.Method)
	b = append(b, ' ')
	b = appendEscaped(b, r.RequestURI)
	b = append(b, ' ')
	b = append(b, r.Proto...)
	b = append(b, `" `...)
	b = strconv.AppendInt(b, int64(status), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, size, 10)
	b = append(b, ' ')
	b = appendField(b, r.Referer(), `"`)
	b = append(b, ' ')
	b = appendField(b, r.UserAgent(), `"`)
	return append(b, '\n')
}

// appendField appends a field between quotes, with the format's - for nothing.
func appendField(b []byte, value, quote string) []byte {
	if value == "" {
		value = "-"
	}
	b = append(b, quote...)
	b = appendEscaped(b, value)
	return append(b, quote...)
}

func appendEscaped(b []byte, value string) []byte {
	const hex = "0123456789abcdef"
	for i := range len(value) {
		c := value[i]
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
			continue
		}
		b = append(b, c)
	}
	return b
}

func host(addr string) string {
	if host, _, err := net.SplitHostPort(addr); err == nil {
		return host
	}
	return addr
}
