package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"wslab/services/listen"
)

// A client that sends a body that nobody reads, or takes its time, does not hold the server up.
func TestBounds(t *testing.T) {
	t.Parallel()
	server := newServer(readOnly(http.NotFoundHandler()), quiet, nil)
	if server.ReadTimeout != readTimeout || server.WriteTimeout != writeTimeout || server.MaxHeaderBytes != listen.MaxHeaderBytes {
		t.Errorf("read %v, write %v, header %d", server.ReadTimeout, server.WriteTimeout, server.MaxHeaderBytes)
	}
	server.ReadTimeout, server.ReadHeaderTimeout = 200*time.Millisecond, 200*time.Millisecond
	var err error
	if server.Plain, err = listen.Open(listen.Addrs{"127.0.0.1:0"}, ""); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx, time.Second, nil) }()
	conn, err := net.Dial("tcp", server.Plain[0].Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nslow")
	r := bufio.NewReader(conn)
	resp, err := http.ReadResponse(r, nil)
	if err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
		t.Fatalf("%v, %v", resp, err)
	}
	io.Copy(io.Discard, resp.Body)
	if _, err := r.ReadByte(); err != io.EOF {
		t.Errorf("the connection stays: %v", err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// What listens everywhere is announced by a name that can be opened.
func TestAddress(t *testing.T) {
	t.Parallel()
	open, err := listen.Open(listen.Addrs{":0", "127.0.0.1:0", "[::1]:0"}, "")
	if err != nil {
		t.Fatal(err)
	}
	defer listen.Close(open)
	for n, want := range []string{"https://localhost:", "https://127.0.0.1:", "https://[::1]:"} {
		if got := listen.URL("https", open[n]); !strings.HasPrefix(got, want) || strings.HasSuffix(got, "/") {
			t.Errorf("%s is announced as %s", open[n].Addr(), got)
		}
	}
}
