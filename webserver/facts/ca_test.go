package facts_test

import (
	"bytes"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wslab/services/certificate"
	"wslab/services/testcert"
	"wslab/webserver/facts"
)

func get(h http.Handler) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	return w
}

// put writes the CA file.
func put(t *testing.T, dir string, parts ...[]byte) {
	t.Helper()
	testcert.Replace(t, filepath.Join(dir, certificate.CAFile), slices.Concat(parts...))
}

func TestCA(t *testing.T) {
	t.Parallel()
	dir, authority := testcert.Dir(t)
	ca := facts.CA{Dir: dir}
	for name, tc := range map[string]struct {
		handler http.Handler
		body    []byte
	}{
		"wslab-ca.pem": {ca.PEM(), authority.PEM},
		"wslab-ca.crt": {ca.DER(), authority.Cert.Raw},
	} {
		w := get(tc.handler)
		h := w.Header()
		if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), tc.body) {
			t.Errorf("%s: %d %q", name, w.Code, w.Body)
		}
		if h.Get("Content-Type") != "application/x-x509-ca-cert" || !strings.HasSuffix(h.Get("Content-Disposition"), `filename="`+name+`"`) || h.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: headers %v", name, h)
		}
	}
}

// Whatever else is in the file, nothing but the certificate leaves.
func TestCANeverMore(t *testing.T) {
	t.Parallel()
	dir, authority := t.TempDir(), testcert.New(t, "CA")
	leaf := authority.Issue(t, testcert.Leaf{})
	with := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Headers: map[string]string{"Secret": "note"}, Bytes: authority.Cert.Raw})
	for name, parts := range map[string][][]byte{
		"key first":           {leaf.Key, authority.PEM},
		"key last":            {authority.PEM, leaf.Key},
		"leaf first":          {leaf.Cert, leaf.Key, authority.PEM},
		"text around":         {[]byte("secret: note\n"), authority.PEM, []byte("secret: note\n")},
		"headers":             {with},
		"a broken one before": {[]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), authority.PEM},
		"another CA after":    {authority.PEM, testcert.New(t, "other").PEM},
	} {
		put(t, dir, parts...)
		ca := facts.CA{Dir: dir}
		if got := get(ca.PEM()).Body.Bytes(); !bytes.Equal(got, authority.PEM) {
			t.Errorf("%s: PEM %s", name, got)
		}
		if got := get(ca.DER()).Body.Bytes(); !bytes.Equal(got, authority.Cert.Raw) {
			t.Errorf("%s: DER %q", name, got)
		}
	}
}

func TestCANone(t *testing.T) {
	t.Parallel()
	authority := testcert.New(t, "CA")
	leaf := authority.Issue(t, testcert.Leaf{})
	mislabelled := bytes.ReplaceAll(leaf.Key, []byte("PRIVATE KEY"), []byte("CERTIFICATE"))
	for name, prepare := range map[string]func(dir string){
		"no directory":       func(dir string) { os.Remove(dir) },
		"no file":            func(string) {},
		"empty":              func(dir string) { put(t, dir) },
		"a key":              func(dir string) { put(t, dir, leaf.Key) },
		"no authority":       func(dir string) { put(t, dir, leaf.Cert) },
		"garbage":            func(dir string) { put(t, dir, []byte("garbage")) },
		"half":               func(dir string) { put(t, dir, authority.PEM[:len(authority.PEM)/2]) },
		"a key, mislabelled": func(dir string) { put(t, dir, mislabelled) },
	} {
		dir := t.TempDir()
		prepare(dir)
		ca := facts.CA{Dir: dir}
		for _, h := range []http.Handler{ca.PEM(), ca.DER()} {
			w := get(h)
			if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "`make certs`") || strings.Contains(w.Header().Get("Content-Type"), "x509") {
				t.Errorf("%s: %d %v %q", name, w.Code, w.Header(), w.Body)
			}
		}
	}
}

func TestCAIsFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := facts.CA{Dir: dir}.PEM()
	for _, name := range []string{"first", "second"} {
		authority := testcert.New(t, name)
		put(t, dir, authority.PEM)
		if got := get(h).Body.Bytes(); !bytes.Equal(got, authority.PEM) {
			t.Errorf("%s: %s", name, got)
		}
	}
	os.Remove(filepath.Join(dir, certificate.CAFile))
	if got := get(h).Code; got != http.StatusNotFound {
		t.Errorf("removed: %d", got)
	}
}
