package main

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net/http"
	"time"

	"wslab/services/certificate"
	"wslab/services/cli"
	"wslab/services/health"
	"wslab/services/listen"
	"wslab/services/logging"
	"wslab/services/timezone"
	"wslab/wsserver/connections"
	"wslab/wsserver/handshake"
	"wslab/wsserver/metrics"
)

// run is the program: main gives it the process's surroundings, tests give it their own.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	var set settings
	program := cli.Program{Name: "wsserver", Summary: "A WebSocket server to learn with and to test clients against.",
		Args: args, Getenv: getenv, Stdout: stdout, Stderr: stderr}
	command, code, done := program.Parse(&set)
	if done {
		return code
	}
	var err error
	if command == "healthcheck" {
		err = health.Probe(ctx, set.WsListen, set.WssListen, set.CertsDir, health.DefaultPace)
	} else {
		err = serve(ctx, &set, stdout)
	}
	if err != nil {
		return program.Errorf("%v", err)
	}
	return cli.OK
}

func serve(ctx context.Context, set *settings, stdout io.Writer) error {
	zone, err := timezone.Load(set.Tz)
	if err != nil {
		return err
	}
	log := logging.New(stdout, set.LogFormat, set.LogLevel, zone)
	origins, err := set.origins()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	tlsConfig, err := openTLS(ctx, set, log)
	if err != nil {
		return err
	}
	open := connections.NewRegistry(set.MaxConnections, set.MaxConnectionsPerAddress)
	counts := metrics.New(cli.Version(), open.Totals)
	h := &handshake.Handler{
		Origins: origins, Connections: open, MaxMessage: int64(set.MaxMessage), WriteTimeout: set.WriteTimeout,
		Compression: set.Compression.mode(), Log: log, Metrics: counts,
	}
	server := listen.NewServer(router(h, cli.Version()), log, tlsConfig)
	if err := server.Open(set.WsListen, "ws-listen", set.WssListen, "wss-listen"); err != nil {
		return err
	}
	numbers, err := openMetrics(set, counts, log)
	if err != nil {
		listen.Close(append(server.Plain, server.Secure...))
		return err
	}
	go numbers.Serve(ctx, 0, nil)
	go open.KeepAlive(ctx, set.PingInterval, set.PingTimeout, counts.RoundTrip)
	announce(server, log)
	err = server.Serve(ctx, set.ShutdownTimeout, func(ctx context.Context) {
		h.Traces.Close()
		open.CloseAll(ctx)
	})
	log.Info("stopped")
	return err
}

// openMetrics opens a port of their own, because they tell who else uses the server.
func openMetrics(set *settings, counts *metrics.Metrics, log *slog.Logger) (_ *listen.Server, err error) {
	mux := http.NewServeMux()
	mux.Handle("GET "+metrics.Path, counts)
	server := listen.NewServer(mux, log, nil)
	server.WriteTimeout = listen.HeaderTimeout
	server.Plain, err = listen.Open(set.MetricsListen, "metrics-listen")
	return server, err
}

// openTLS returns nil where wss:// is off: then no certificate is needed.
func openTLS(ctx context.Context, set *settings, log *slog.Logger) (*tls.Config, error) {
	if len(set.WssListen) == 0 {
		return nil, nil
	}
	// A WebSocket starts from HTTP/1.1 (RFC 6455); the library does not speak RFC 8441.
	return certificate.Serve(ctx, set.CertsDir, log, "http/1.1")
}

func announce(server *listen.Server, log *slog.Logger) {
	for _, l := range server.Plain {
		log.Info("listening", "url", listen.URL("ws", l))
	}
	for _, l := range server.Secure {
		log.Info("listening", "url", listen.URL("wss", l))
	}
	log.Debug("started", "version", cli.Version(), "at", time.Now())
}
