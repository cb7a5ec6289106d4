package main

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"

	"wslab/services/certificate"
	"wslab/services/cli"
	"wslab/services/health"
	"wslab/services/logging"
	"wslab/webserver/logs"
)

// run is the program: main gives it the process's surroundings, tests give it their own.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	var set settings
	program := cli.Program{Name: "webserver", Summary: "Serves the lab's page over http and https.",
		Args: args, Getenv: getenv, Stdout: stdout, Stderr: stderr}
	command, code, done := program.Parse(&set)
	if done {
		return code
	}
	var err error
	if command == "healthcheck" {
		err = health.Probe(ctx, set.HTTPListen, set.HTTPSListen, set.CertsDir, health.DefaultPace)
	} else {
		err = serve(ctx, &set, stdout, stderr)
	}
	if err != nil {
		return program.Errorf("%v", err)
	}
	return cli.OK
}

// serve opens the ports last: whoever can connect finds everything else ready.
func serve(ctx context.Context, set *settings, stdout, stderr io.Writer) error {
	files, err := logs.Open(set.LogsDir)
	if err != nil {
		return err
	}
	defer files.Close()
	log := newLog(set, files, stderr)
	page, err := openPage(set.WWWDir, log)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	tlsConfig, err := openTLS(ctx, set, log)
	if err != nil {
		return err
	}
	server := newServer(handler(set, page, logs.Tee(log, stdout, files.Access), log), log, tlsConfig)
	if err := server.Open(set.HTTPListen, "http-listen", set.HTTPSListen, "https-listen"); err != nil {
		return err
	}
	announce(server, log)
	err = server.Serve(ctx, set.ShutdownTimeout, nil)
	log.Info("stopped")
	return err
}

// newLog logs to stderr, and what is a warning or worse to error.log too.
func newLog(set *settings, files logs.Files, stderr io.Writer) *slog.Logger {
	log := logging.New(stderr, set.LogFormat, set.LogLevel, set.TZ.get())
	if files.Error == nil {
		return log
	}
	errors := logging.New(files.Error, set.LogFormat, max(set.LogLevel, slog.LevelWarn), set.TZ.get())
	return slog.New(slog.NewMultiHandler(log.Handler(), errors.Handler()))
}

// openTLS returns nil where https:// is off: then no certificate is needed.
func openTLS(ctx context.Context, set *settings, log *slog.Logger) (*tls.Config, error) {
	if len(set.HTTPSListen) == 0 {
		return nil, nil
	}
	return certificate.Serve(ctx, set.CertsDir, log, "h2", "http/1.1")
}
