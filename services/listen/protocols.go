package listen

import (
	"crypto/tls"
	"net/http"
	"slices"
)

// protocols keeps net/http from offering HTTP/2 where the configuration did not.
func protocols(config *tls.Config) *http.Protocols {
	var p http.Protocols
	p.SetHTTP1(true)
	p.SetHTTP2(config != nil && slices.Contains(config.NextProtos, "h2"))
	return &p
}
