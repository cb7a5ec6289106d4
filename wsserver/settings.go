package main

import (
	"errors"
	"log/slog"
	"time"

	"github.com/coder/websocket"

	"wslab/services/lab"
	"wslab/services/listen"
	"wslab/services/logging"
	"wslab/services/size"
	"wslab/wsserver/origin"
)

var errNothing = errors.New("--ws-listen and --wss-listen are both off: nothing to do")

// settings is everything that can be set. README's table is made from it.
type settings struct {
	WsListen      listen.Addrs `default:":10081,:10080" help:"Addresses for ws://, or off. Browsers refuse port 10080."`
	WssListen     listen.Addrs `default:":10443" help:"Addresses for wss://, or off."`
	MetricsListen listen.Addrs `default:":10090" help:"Addresses for /metrics (Prometheus), or off. Compose does not publish it."`
	CertsDir      string       `default:"certs/server" help:"Directory with server.pem, server-key.pem and ca.pem, for wss://."`

	LabNet         lab.Net         `default:"172.31.10" help:"First three octets of the lab's network, where its page may come from."`
	CertExtraNames []string        `help:"Further names and addresses of this machine, where the lab's page may come from."`
	AllowedOrigins origin.Patterns `help:"Other pages that may connect: [scheme://]host[:port] with * and ?, or * for all."`

	MaxMessage               size.Bytes    `default:"1MiB" help:"Longest message; a longer one closes with 1009."`
	MaxConnections           int           `default:"19500" help:"Most connections open at once; one more gets 503."`
	MaxConnectionsPerAddress int           `default:"0" help:"Most connections of one client address; 0 for no limit of its own. Docker's published ports make all clients on this machine one address."`
	Compression              compression   `default:"no-context-takeover" enum:"off,no-context-takeover,context-takeover" help:"permessage-deflate (RFC 7692): off, no-context-takeover or context-takeover, which costs each connection more memory."`
	PingInterval             time.Duration `default:"30s" help:"Silence after which the server pings; 0 for never."`
	PingTimeout              time.Duration `default:"10s" help:"Time for the pong before the connection is cut."`
	WriteTimeout             time.Duration `default:"10s" help:"Time for a client to take what is sent to it before it is cut."`

	ShutdownTimeout time.Duration `default:"4s" help:"Time for clients to answer the close with 1001 when the server stops."`

	Tz        string         `help:"Time zone of the log: IANA name or POSIX rule; UTC where not set."`
	LogFormat logging.Format `default:"text" enum:"text,json" help:"Form of the log: text or json."`
	LogLevel  slog.Level     `default:"info" help:"Least level that is logged: debug, info, warn or error."`

	Serve       struct{} `cmd:"" default:"1" help:"Serve (what happens without a command)."`
	Healthcheck struct{} `cmd:"" help:"Ask the running server whether it is well; exit 0 or 1."`
}

// compression is the setting for permessage-deflate.
type compression string

func (c compression) mode() websocket.CompressionMode {
	switch c {
	case "no-context-takeover":
		return websocket.CompressionNoContextTakeover
	case "context-takeover":
		return websocket.CompressionContextTakeover
	}
	return websocket.CompressionDisabled
}

// Validate checks what no single setting shows. kong calls it.
func (s *settings) Validate() error {
	switch {
	case len(s.WsListen) == 0 && len(s.WssListen) == 0:
		return errNothing
	case s.MaxConnections < 1:
		return errors.New("--max-connections must be 1 or more")
	case s.MaxConnectionsPerAddress < 0:
		return errors.New("--max-connections-per-address cannot be negative")
	case min(s.PingInterval, s.PingTimeout, s.WriteTimeout, s.ShutdownTimeout) < 0:
		return errors.New("times cannot be negative: --ping-interval, --ping-timeout, --write-timeout, --shutdown-timeout")
	case s.PingInterval > 0 && s.PingTimeout == 0:
		return errors.New("--ping-timeout must be more than 0 where --ping-interval is")
	}
	return nil
}

// origins are the lab's own pages and those that were allowed besides.
func (s *settings) origins() (origin.Patterns, error) {
	hosts := append([]string{"localhost", "127.0.0.1", "[::1]", s.LabNet.Web().String(), s.LabNet.WS().String()}, lab.AllWebNames()...)
	own, err := ownOrigins(append(append(hosts, lab.AllWSNames()...), s.CertExtraNames...)...)
	return append(own, s.AllowedOrigins...), err
}
