package listen

import (
	"context"
	"crypto/tls"
	"errors"
	stdlog "log"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Bounds of every HTTP server in the lab.
const (
	HeaderTimeout  = 10 * time.Second // for a request's header, or a WebSocket's handshake, to arrive
	IdleTimeout    = 60 * time.Second // between requests on one connection
	MaxHeaderBytes = 16 << 10
)

// Server serves one handler on any number of plain and TLS listeners.
type Server struct {
	http.Server
	Plain  []net.Listener
	Secure []net.Listener // wrapped in TLS by Serve, with TLSConfig
}

// NewServer returns a server within the lab's bounds. It speaks the protocols that tlsConfig
// names (ALPN), and HTTP/1 where that is nil.
func NewServer(handler http.Handler, log *slog.Logger, tlsConfig *tls.Config) *Server {
	fresh := &newcomers{}
	server := &Server{Server: http.Server{
		Handler:           handler,
		TLSConfig:         tlsConfig,
		Protocols:         protocols(tlsConfig),
		ReadHeaderTimeout: HeaderTimeout,
		IdleTimeout:       IdleTimeout,
		MaxHeaderBytes:    MaxHeaderBytes,
		ErrorLog:          stdlog.New(complaints{log}, "", 0),
		ConnState:         fresh.track,
	}}
	server.RegisterOnShutdown(fresh.close)
	return server
}

// Open opens the plain and the secure addresses, or none. The flags are the settings that chose
// them, for the errors' advice.
func (s *Server) Open(plain Addrs, plainFlag string, secure Addrs, secureFlag string) (err error) {
	if s.Plain, err = Open(plain, plainFlag); err != nil {
		return err
	}
	if s.Secure, err = Open(secure, secureFlag); err != nil {
		Close(s.Plain)
	}
	return err
}

// Serve serves until ctx is done, then stops: listeners close at once, stop is called (it may be
// nil; it ends what http.Server does not know of), and running requests have until grace is over.
// An error of a listener ends everything.
func (s *Server) Serve(ctx context.Context, grace time.Duration, stop func(context.Context)) error {
	failed := make(chan error, len(s.Plain)+len(s.Secure))
	for _, l := range s.Plain {
		go func() { failed <- s.Server.Serve(l) }()
	}
	for _, l := range s.Secure {
		go func() { failed <- s.ServeTLS(l, "", "") }()
	}
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	return errors.Join(err, s.shutdown(grace, stop))
}

func (s *Server) shutdown(grace time.Duration, stop func(context.Context)) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		if stop != nil {
			stop(ctx)
		}
	}()
	err := s.Shutdown(ctx)
	<-stopped
	if errors.Is(err, context.DeadlineExceeded) {
		return s.Close()
	}
	return err
}
