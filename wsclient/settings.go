package main

import (
	"errors"
	"fmt"
	"time"

	"wslab/services/size"
	"wslab/wsclient/exit"
	"wslab/wsclient/rtt"
	"wslab/wsclient/target"
)

// settings is everything that can be set. Only --ca has a variable: the others have names that
// something else in a person's environment may well have, too.
type settings struct {
	CA          string          `name:"ca" placeholder:"FILE" help:"CA certificate to trust besides the system's. Where not set: certs/ca.pem, certs/server/ca.pem or /certs/ca.pem, the first that is there."`
	Insecure    bool            `env:"-" help:"Trust whoever answers. To look at a certificate, not to send anything that matters."`
	Header      []target.Header `env:"-" sep:"none" placeholder:"'NAME: VALUE'" help:"Header to add to the handshake; repeat for more."`
	Origin      target.Value    `env:"-" placeholder:"ORIGIN" help:"Origin to claim, as a browser sends it: http://localhost:8080."`
	Subprotocol []target.Name   `env:"-" placeholder:"NAME" help:"Subprotocol to offer, best first; repeat or separate with commas."`
	Compress    bool            `env:"-" help:"Offer permessage-deflate (RFC 7692)."`
	Timeout     time.Duration   `env:"-" default:"10s" help:"Time to connect in, and for an answer."`
	MaxMessage  size.Bytes      `env:"-" default:"16MiB" help:"Longest message, in and out; a longer one that comes in closes with 1009."`
	JSON        bool            `env:"-" name:"json" help:"Print one JSON object a line, for programs."`

	RTT  rttCommand  `cmd:"" name:"rtt" help:"Measure round trips, like ping."`
	Cat  catCommand  `cmd:"" name:"cat" help:"Lines from standard input become messages, messages become lines on standard output."`
	Info infoCommand `cmd:"" name:"info" help:"Show the handshake: address, TLS, certificate, headers, times."`
}

type rttCommand struct {
	URL       target.URL    `arg:"" name:"url" help:"Where an endpoint echoes: ws://HOST[:PORT][/PATH] or wss://…; without a path, /echo."`
	Count     int           `env:"-" short:"n" default:"10" help:"How many round trips; 0 until Ctrl-C."`
	Interval  time.Duration `env:"-" short:"i" default:"1s" help:"Time from one message to the next; 0 as soon as the echo is there."`
	Size      size.Bytes    `env:"-" short:"s" default:"64" help:"Length of each message, 16 bytes or more."`
	Reconnect bool          `env:"-" help:"A new connection for each round trip."`
	Quiet     bool          `env:"-" short:"q" help:"The summary alone."`
}

// Help is the command's own.
func (rttCommand) Help() string {
	return `Sends a message, waits until it comes back, and prints how long that took; then a summary. The endpoint must echo, as /echo does. What it sends besides, such as a greeting, is passed over. An endpoint that closes with 1000 after each echo, as /rtt does, gets a new connection for the next.

    wsclient rtt wss://localhost:10443
    wsclient rtt -n 1000 -i 0 -q ws://localhost:10081/echo`
}

type catCommand struct {
	URL     target.URL    `arg:"" name:"url" help:"ws://HOST[:PORT][/PATH] or wss://…"`
	Binary  bool          `env:"-" short:"b" help:"Send binary messages instead of text."`
	Message bool          `env:"-" short:"m" help:"Send all of the input as one message."`
	Linger  time.Duration `env:"-" default:"1s" help:"Time to go on after the end of the input, for late answers."`
}

// Help is the command's own.
func (catCommand) Help() string {
	return `Text that comes in is printed as a line; binary messages are printed as they are, with no line end. When the input ends, it waits until the server has read it all and for --linger, then closes with 1000; Ctrl-C closes with 1001.

    wsclient cat wss://localhost:10443/foo
    seq 1000 | wsclient cat ws://localhost:10081/echo
    wsclient cat --binary --message ws://localhost:10081/echo <photo.jpg >copy.jpg`
}

type infoCommand struct {
	URL target.URL `arg:"" name:"url" help:"ws://HOST[:PORT][/PATH] or wss://…"`
}

// Help is the command's own.
func (infoCommand) Help() string {
	return `Connects, prints what could be seen of it, and closes with 1000. Where it fails, it prints how far it came; a certificate that is not trusted, too.

    wsclient info wss://localhost:10443`
}

func summary() string {
	return `A WebSocket client for the command line.

Exit codes:

` + exit.Help()
}

// Validate checks what no single setting shows. kong calls it, and those of the command in use.
func (s *settings) Validate() error {
	if s.Timeout <= 0 {
		return errors.New("--timeout must be more than 0")
	}
	return nil
}

// Validate checks the numbers.
func (r *rttCommand) Validate() error {
	switch {
	case r.Count < 0:
		return errors.New("--count cannot be negative: 0 goes on until Ctrl-C")
	case r.Interval < 0:
		return errors.New("--interval cannot be negative: 0 is as fast as it goes")
	case r.Size < rtt.MinSize:
		return fmt.Errorf("--size must be %d or more, so that no other message is mistaken for the echo", rtt.MinSize)
	}
	return nil
}

// Validate checks the times.
func (c *catCommand) Validate() error {
	if c.Linger < 0 {
		return errors.New("--linger cannot be negative: 0 closes as soon as the server has read all")
	}
	return nil
}
