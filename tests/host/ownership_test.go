//go:build host

package host

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Whoever owns the checkout, whatever the umask: the lab runs, every file it makes belongs to
// that person, nobody else can read the CA's key, and all of it can be removed without sudo.
func TestOwnership(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can make checkouts of other owners: run this as root, as CI does")
	}
	for _, uid := range []int{0, 1000, 4321} {
		for _, umask := range []string{"022", "077"} {
			t.Run(fmt.Sprintf("uid %d umask %s", uid, umask), func(t *testing.T) {
				c := newCheckout(t, uid, umask)
				c.must(t, "docker", "compose", "up", "--build", "--detach", "--wait")
				servesOverTLS(t, c)
				for range 2 { // with a lab that is new, and with one that was there
					allOwnedBy(t, c, uid)
					c.must(t, "make", "certs", "ARGS=--renew")
				}
				livesOn(t, c, uid)
				c.must(t, "docker", "compose", "down")
				if out, err := as(uid, nil, "rm", "-r", c.dir); err != nil {
					t.Errorf("user %d cannot remove the checkout: %v\n%s", uid, err, out)
				}
			})
		}
	}
}

func servesOverTLS(t *testing.T, c *checkout) {
	t.Helper()
	ca, err := os.ReadFile(filepath.Join(c.dir, "certs/ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	defer client.CloseIdleConnections()
	for _, setting := range []string{"HTTPS_PORT", "WSS_PORT"} {
		resp, err := client.Get(c.url("https", setting) + "/healthz")
		if err != nil {
			t.Error(err)
			continue
		}
		resp.Body.Close()
	}
}

func allOwnedBy(t *testing.T, c *checkout, uid int) {
	t.Helper()
	for _, folder := range []string{"certs", "logs"} {
		err := filepath.WalkDir(filepath.Join(c.dir, folder), func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			if owner := info.Sys().(*syscall.Stat_t).Uid; int(owner) != uid {
				t.Errorf("%s belongs to %d, not to %d", name, owner, uid)
			}
			if strings.HasSuffix(name, "ca-key.pem") && info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %v", name, info.Mode())
			}
			if strings.HasSuffix(name, "-key.pem") && info.Mode().Perm()&0o007 != 0 {
				t.Errorf("others may read %s: %v", name, info.Mode())
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// livesOn edits the page as its owner, and looks for the request in the log.
func livesOn(t *testing.T, c *checkout, uid int) {
	t.Helper()
	index := filepath.Join(c.dir, "webserver/www/index.html")
	if out, err := as(uid, []byte("edited"), "tee", index); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	resp, err := http.Get(c.url("http", "HTTP_PORT") + "/?owner")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); string(body) != "edited" {
		t.Errorf("an edit does not show: %.80q", body)
	}
	if log, err := as(uid, nil, "cat", filepath.Join(c.dir, "logs/access.log")); err != nil || !strings.Contains(log, "/?owner") {
		t.Errorf("the request is not in the log that user %d reads: %v\n%s", uid, err, log)
	}
}
