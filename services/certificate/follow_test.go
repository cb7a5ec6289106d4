package certificate_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"wslab/services/certificate"
	"wslab/services/testcert"
)

func TestFollow(t *testing.T) {
	t.Parallel()
	f := follow(t)
	old, first := f.dial(), f.serial()
	for range 3 {
		before := f.serial()
		f.authority.Issue(t, testcert.Leaf{}).Write(t, f.dir)
		f.changes(before)
	}
	if got := strings.Join(f.log.all(), ""); strings.Count(got, "certificate reloaded") != 3 {
		t.Errorf("log: %s", got)
	}
	// The connection that was open goes on.
	fmt.Fprint(old, "hello")
	answer := make([]byte, 5)
	if _, err := io.ReadFull(old, answer); err != nil || old.ConnectionState().PeerCertificates[0].SerialNumber.Cmp(first) != 0 {
		t.Errorf("%q, %v", answer, err)
	}
}

// There is no moment without a certificate.
func TestFollowUnderLoad(t *testing.T) {
	t.Parallel()
	f := follow(t)
	var busy sync.WaitGroup
	end := make(chan struct{})
	for range 4 {
		busy.Go(func() {
			for {
				select {
				case <-end:
					return
				default:
				}
				conn, err := dial(f.addr, "", &tls.Config{RootCAs: f.authority.Pool()})
				if err != nil {
					t.Error(err)
					return
				}
				conn.Close()
			}
		})
	}
	for range 5 {
		before := f.serial()
		f.authority.Issue(t, testcert.Leaf{}).Write(t, f.dir)
		f.changes(before)
	}
	close(end)
	busy.Wait()
}

// The first look may come between the writing of one file and the other: that is no trouble yet.
func TestLookBetweenTwoFiles(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	log := &lines{}
	pair, err := certificate.Open(dir, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pair.Close)
	next := authority.Issue(t, testcert.Leaf{})
	testcert.Replace(t, filepath.Join(dir, certificate.KeyFile), next.Key)
	pair.Look()
	if got := log.all(); len(got) != 0 {
		t.Errorf("after one look: %q", got)
	}
	for range 3 {
		pair.Look()
	}
	if got := log.all(); len(got) != 1 || !strings.Contains(got[0], "level=ERROR") {
		t.Errorf("after four looks: %q; want it said once", got)
	}
	testcert.Replace(t, filepath.Join(dir, certificate.CertFile), next.Cert)
	pair.Look()
	if got := log.all(); len(got) != 2 || !strings.Contains(got[1], "certificate reloaded") {
		t.Errorf("with both files: %q", got)
	}
}
