package main

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"time"

	"wslab/services/cli"
	"wslab/services/listen"
)

// Times that a client may take. The body of a request is of no use here, so all of a request has
// the time of its header. A response that is on its way may take longer: see site.
const (
	readTimeout  = listen.HeaderTimeout
	writeTimeout = 60 * time.Second
)

func newServer(handler http.Handler, log *slog.Logger, tlsConfig *tls.Config) *listen.Server {
	server := listen.NewServer(handler, log, tlsConfig)
	server.ReadTimeout = readTimeout
	server.WriteTimeout = writeTimeout
	return server
}

func announce(server *listen.Server, log *slog.Logger) {
	for _, l := range server.Plain {
		log.Info("listening", "url", listen.URL("http", l)+"/", "version", cli.Version())
	}
	for _, l := range server.Secure {
		log.Info("listening", "url", listen.URL("https", l)+"/", "version", cli.Version())
	}
}
