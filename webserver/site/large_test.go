package site_test

import (
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"wslab/webserver/site"
)

func TestLarge(t *testing.T) {
	t.Parallel()
	content := strings.Repeat("0123456789abcdef", 100_000)
	s := serve(t, map[string]string{"large.bin": content, "large.txt": content})
	for range 2 {
		s.wantLive("large.bin", content)
	}
	s.want(s.get("/large.bin", "Range: bytes=1599998-"), http.StatusPartialContent, "ef")
	if a := s.get("/large.txt", "Accept-Encoding: gzip"); a.Header.Get("Content-Encoding") != "gzip" || a.decoded(t) != content {
		t.Error("compressed: not what it was")
	}
	s.want(s.get("/large.bin", "If-None-Match: "+tagOf(content)), http.StatusNotModified, "")
}

// A client that reads slowly but steadily gets all of a large file, even when that takes longer
// than the server's timeout for an answer.
func TestLargeSlowly(t *testing.T) {
	t.Parallel()
	const size, timeout = 16 << 20, 300 * time.Millisecond
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/large.bin", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(dir+"/large.bin", size); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(site.New(os.DirFS(dir), quiet))
	server.Config.WriteTimeout = timeout
	server.Start()
	t.Cleanup(server.Close)
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.(*net.TCPConn).SetReadBuffer(64 << 10)
	fmt.Fprint(conn, "GET /large.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	var got int64
	for {
		n, err := io.CopyN(io.Discard, conn, 1<<20)
		got += n
		if err != nil {
			break
		}
		time.Sleep(timeout / 6)
	}
	if got < size {
		t.Errorf("got %d bytes of %d", got, size)
	}
}

// counting counts how often files are opened.
type counting struct {
	fstest.MapFS
	opened atomic.Int32
}

func (c *counting) Open(name string) (fs.File, error) {
	c.opened.Add(1)
	return c.MapFS.Open(name)
}

func (c *counting) Stat(name string) (fs.FileInfo, error) { return c.MapFS.Stat(name) }

func TestReadOnce(t *testing.T) {
	t.Parallel()
	files := &counting{MapFS: fstest.MapFS{"file.txt": {Data: []byte("content")}}}
	h := site.New(files, quiet)
	for range 3 {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/file.txt", nil))
		if w.Body.String() != "content" {
			t.Errorf("%d %q", w.Code, w.Body)
		}
	}
	if n := files.opened.Load(); n != 1 {
		t.Errorf("opened %d times, want once", n)
	}
}
