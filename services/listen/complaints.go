package listen

import (
	"bytes"
	"context"
	"log/slog"
)

// complaints takes what net/http has to say: broken handshakes and the like, which are the
// peers' mistakes, and panics of handlers, which are ours.
type complaints struct{ log *slog.Logger }

func (c complaints) Write(line []byte) (int, error) {
	level := slog.LevelDebug
	if bytes.HasPrefix(line, []byte("http: panic")) || bytes.HasPrefix(line, []byte("http2: panic")) {
		level = slog.LevelError
	}
	c.log.Log(context.Background(), level, string(bytes.TrimSpace(line)))
	return len(line), nil
}
