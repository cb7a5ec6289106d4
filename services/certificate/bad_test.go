package certificate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wslab/services/certificate"
	"wslab/services/testcert"
)

func TestFollowBad(t *testing.T) {
	t.Parallel()
	other := testcert.New(t, "other")
	for name, spoil := range map[string]func(f *followed, next testcert.Pair) testcert.Pair{
		"half written": func(_ *followed, p testcert.Pair) testcert.Pair { p.Cert = p.Cert[:len(p.Cert)/2]; return p },
		"empty":        func(*followed, testcert.Pair) testcert.Pair { return testcert.Pair{} },
		"another's key": func(f *followed, p testcert.Pair) testcert.Pair {
			p.Key = other.Issue(f, testcert.Leaf{}).Key
			return p
		},
		"garbage": func(_ *followed, p testcert.Pair) testcert.Pair { p.Key = []byte("nonsense"); return p },
		"expired": func(f *followed, _ testcert.Pair) testcert.Pair {
			return f.authority.Issue(f, testcert.Leaf{Until: time.Now().Add(-time.Hour)})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := follow(t)
			spoil(f, f.authority.Issue(t, testcert.Leaf{})).Write(t, f.dir)
			f.keepsTheOld()
			f.recovers()
		})
	}
}

func TestFollowRemoved(t *testing.T) {
	t.Parallel()
	f := follow(t)
	os.Remove(filepath.Join(f.dir, certificate.KeyFile))
	f.keepsTheOld()
	os.RemoveAll(f.dir)
	os.Mkdir(f.dir, 0o755)
	f.recovers()
}

// keepsTheOld checks that the files are complained of once, and the old pair is served.
func (f *followed) keepsTheOld() {
	f.Helper()
	before := f.serial()
	for end := time.Now().Add(10 * time.Second); len(f.log.all()) == 0; time.Sleep(interval) {
		if time.Now().After(end) {
			f.Fatal("not a word in the log")
		}
	}
	time.Sleep(10 * interval)
	if f.serial().Cmp(before) != 0 {
		f.Error("the new certificate is served")
	}
	if got := f.log.all(); len(got) != 1 || !strings.Contains(got[0], "level=ERROR") || !strings.Contains(got[0], "make certs") {
		f.Errorf("log: %q; want one error that says what to do", got)
	}
}

func (f *followed) recovers() {
	f.Helper()
	before := f.serial()
	f.authority.Issue(f, testcert.Leaf{}).Write(f, f.dir)
	f.changes(before)
}

// The same trouble is worth a new word after all was well between.
func TestFollowComplainsAgain(t *testing.T) {
	t.Parallel()
	f := follow(t)
	name := filepath.Join(f.dir, certificate.KeyFile)
	key, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 2; n++ {
		os.Remove(name)
		for end := time.Now().Add(10 * time.Second); len(f.log.all()) < n; time.Sleep(interval) {
			if time.Now().After(end) {
				t.Fatalf("no word of trouble %d: %q", n, f.log.all())
			}
		}
		testcert.Replace(t, name, key)
		time.Sleep(50 * interval) // nothing tells that Follow has looked
	}
	if got := f.log.all(); len(got) != 2 {
		t.Errorf("log: %q; want two complaints alone", got)
	}
}
