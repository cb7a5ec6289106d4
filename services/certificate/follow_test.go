package certificate_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

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
	if got := strings.Join(f.log.all(), ""); strings.Count(got, "certificate reloaded") != 3 || strings.Contains(got, "ERROR") {
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
