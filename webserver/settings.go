package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"wslab/services/lab"
	"wslab/services/listen"
	"wslab/services/logging"
	"wslab/services/timezone"
)

var (
	errNothing  = fmt.Errorf("%w: --http-listen and --https-listen are both off", listen.ErrNothing)
	errNegative = errors.New("--shutdown-timeout cannot be negative")
	errPort     = errors.New("not a port")
)

// settings is everything that can be set. README's table is made from it.
type settings struct {
	HTTPListen  listen.Addrs `name:"http-listen" default:":80" help:"Addresses for http://, or off."`
	HTTPSListen listen.Addrs `name:"https-listen" default:":443" help:"Addresses for https://, or off."`

	WWWDir   string `name:"www-dir" help:"Directory with the page; where not set or empty, the copy in the program."`
	CertsDir string `default:"certs/server" help:"Directory with server.pem, server-key.pem and ca.pem, for https://."`
	LogsDir  string `help:"Directory for access.log and error.log; where not set, they go to stdout and stderr alone."`

	LabNet       lab.Net `default:"172.31.10" help:"First three octets of the lab's network, told to the page."`
	HTTPPort     port    `name:"http-port" default:"8080" help:"Port of this machine for http://, told to the page."`
	HTTPSPort    port    `name:"https-port" default:"8443" help:"Port of this machine for https://, told to the page."`
	WSPort       port    `name:"ws-port" default:"10081" help:"Port of this machine for ws://, told to the page."`
	WSLegacyPort port    `name:"ws-legacy-port" default:"10080" help:"Port of this machine for ws:// that browsers refuse, told to the page."`
	WSSPort      port    `name:"wss-port" default:"10443" help:"Port of this machine for wss://, told to the page."`

	ShutdownTimeout time.Duration `default:"10s" help:"Time for running requests to end when the server stops."`

	TZ        zone           `name:"tz" help:"Time zone of the logs: IANA name or POSIX rule; UTC where not set."`
	LogFormat logging.Format `default:"text" enum:"text,json" help:"Form of the log: text or json."`
	LogLevel  slog.Level     `default:"info" help:"Least level that is logged: debug, info, warn or error."`

	Serve       struct{} `cmd:"" default:"1" help:"Serve (what happens without a command)."`
	Healthcheck struct{} `cmd:"" help:"Ask the running server whether it is well; exit 0 or 1."`
}

// Validate checks what no single setting shows. kong calls it.
func (s *settings) Validate() error {
	switch {
	case len(s.HTTPListen) == 0 && len(s.HTTPSListen) == 0:
		return errNothing
	case s.ShutdownTimeout < 0:
		return errNegative
	}
	return nil
}

// port is a TCP port that can be connected to.
type port uint16

func (p *port) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 10, 16)
	if err != nil || n == 0 {
		return fmt.Errorf("%w: %q (accepted: 1 to 65535)", errPort, text)
	}
	*p = port(n)
	return nil
}

// zone is a time zone; UTC where not set.
type zone struct{ location *time.Location }

func (z *zone) UnmarshalText(text []byte) (err error) {
	z.location, err = timezone.Load(string(text))
	return err
}

func (z zone) get() *time.Location {
	if z.location == nil {
		return time.UTC
	}
	return z.location
}
