package listen_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"wslab/services/listen"
)

func TestServeAnswersOnEveryListener(t *testing.T) {
	t.Parallel()
	server, client := tlsConfig(t, "h2", "http/1.1")
	r := serve(t, listen.NewServer(http.HandlerFunc(hello), quiet, server), time.Second, nil)
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: client, ForceAttemptHTTP2: true}}
	for url, want := range map[string]string{"http://" + r.plain: "HTTP/1.1", "https://" + r.secure: "HTTP/2.0"} {
		resp, err := c.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if string(body) != "hello over "+want {
			t.Errorf("%s: %q", url, body)
		}
	}
	r.stop()
	if err := r.end(t, 3*time.Second); err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", r.plain); err == nil {
		t.Error("still listens")
	}
}

func TestServeLetsRequestsEnd(t *testing.T) {
	t.Parallel()
	began, goOn := make(chan struct{}), make(chan struct{})
	r := serve(t, listen.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(began)
		<-goOn
		hello(w, r)
	}), quiet, nil), time.Minute, nil)
	conn := r.dial(t)
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-began
	r.stop()
	time.Sleep(50 * time.Millisecond)
	close(goOn)
	if answer, _ := io.ReadAll(conn); !strings.HasSuffix(string(answer), "hello over HTTP/1.1") {
		t.Errorf("answer %q", answer)
	}
	if err := r.end(t, 3*time.Second); err != nil {
		t.Error(err)
	}
}

func TestServeGraceIsBounded(t *testing.T) {
	t.Parallel()
	began := make(chan struct{})
	r := serve(t, listen.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(began)
		<-r.Context().Done()
	}), quiet, nil), 100*time.Millisecond, nil)
	fmt.Fprint(r.dial(t), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-began
	r.stop()
	if err := r.end(t, 3*time.Second); err != nil {
		t.Errorf("%v; want a clean end", err)
	}
}

func TestServeCallsStop(t *testing.T) {
	t.Parallel()
	var deadline time.Time
	r := serve(t, listen.NewServer(http.HandlerFunc(hello), quiet, nil), time.Minute, func(ctx context.Context) {
		deadline, _ = ctx.Deadline()
		time.Sleep(50 * time.Millisecond)
	})
	r.stop()
	if err := r.end(t, 3*time.Second); err != nil {
		t.Error(err)
	}
	if left := time.Until(deadline); left < 50*time.Second || left > time.Minute {
		t.Errorf("stop had a deadline in %v, want the grace", left)
	}
}

// A connection without a request holds up nobody.
func TestServeStopsWithNewcomers(t *testing.T) {
	t.Parallel()
	r := serve(t, listen.NewServer(http.HandlerFunc(hello), quiet, nil), time.Minute, nil)
	conns := []net.Conn{r.dial(t), r.dial(t)}
	// One that is served after them tells that they were accepted.
	last := r.dial(t)
	fmt.Fprint(last, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if _, err := bufio.NewReader(last).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	r.stop()
	if err := r.end(t, 3*time.Second); err != nil {
		t.Error(err)
	}
	for _, conn := range conns {
		wantEnd(t, conn)
	}
}

func TestServeListenerFails(t *testing.T) {
	t.Parallel()
	r := serve(t, listen.NewServer(http.HandlerFunc(hello), quiet, nil), time.Second, nil)
	listen.Close(r.Plain)
	if err := r.end(t, 3*time.Second); !errors.Is(err, net.ErrClosed) {
		t.Errorf("%v; want the listener's error", err)
	}
}
