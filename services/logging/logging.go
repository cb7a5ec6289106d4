// Package logging makes the servers' structured log.
package logging

import (
	"io"
	"log/slog"
	"time"
)

// Format is the form of the log: Text or JSON.
type Format string

// The forms.
const (
	Text Format = "text"
	JSON Format = "json"
)

// New logs to w what is at level or above, with times in zone.
func New(w io.Writer, format Format, level slog.Level, zone *time.Location) *slog.Logger {
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			a.Value = slog.TimeValue(a.Value.Time().In(zone))
		}
		return a
	}}
	if format == JSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
