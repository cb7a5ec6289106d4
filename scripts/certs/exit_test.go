package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wslab/services/cli"
	"wslab/services/lab"
)

func TestExitCodes(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		args []string
		env  map[string]string
		code int
		says string
	}{
		"help":             {args: []string{"-h"}, code: cli.OK},
		"unknown flag":     {args: []string{"--sign-anything"}, code: cli.Usage, says: "--sign-anything"},
		"extra argument":   {args: []string{"now"}, code: cli.Usage, says: "now"},
		"lab net":          {args: []string{"--lab-net=172.31"}, code: cli.Usage, says: "first three octets"},
		"public lab net":   {env: map[string]string{"LAB_NET": "8.8.8"}, code: cli.Usage, says: "RFC 1918"},
		"name outside":     {env: map[string]string{"CERT_EXTRA_NAMES": "a.test,www.example.org"}, code: cli.Usage, says: `"www.example.org" is outside`},
		"name malformed":   {args: []string{"--cert-extra-names=my host.test"}, code: cli.Usage, says: `"my host.test" is neither`},
		"not a bool":       {env: map[string]string{"RENEW": "perhaps"}, code: cli.Usage, says: "perhaps"},
		"folder is a file": {args: []string{"--certs-dir", file}, code: cli.Fail, says: file},
		"below a file":     {args: []string{"--certs-dir", filepath.Join(file, "certs")}, code: cli.Fail, says: "not a directory"},
		"logs is a file":   {args: []string{"--logs-dir", file}, code: cli.Fail, says: file},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFolder(t)
			args := append([]string{"--certs-dir", f.dir}, tc.args...)
			var out, errs bytes.Buffer
			code := f.p.run(context.Background(), args, func(name string) string { return tc.env[name] }, &out, &errs)
			if code != tc.code || !strings.Contains(errs.String(), tc.says) {
				t.Errorf("exit %d, want %d and %q in:\n%s", code, tc.code, tc.says, errs.String())
			}
			if tc.code == cli.OK {
				return
			}
			if line := errs.String(); strings.Count(line, "\n") != 1 || !strings.Contains(line, "; ") || !strings.Contains(line, "run `") {
				t.Errorf("not one line that ends with what to run: %q", line)
			}
			if _, err := os.Stat(f.dir); tc.code == cli.Usage && !errors.Is(err, fs.ErrNotExist) {
				t.Error("bad usage made the folder")
			}
		})
	}
}

func TestHelpListsEverySetting(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if code := run(context.Background(), []string{"--help"}, os.Getenv, &out, &out); code != cli.OK {
		t.Errorf("exit %d", code)
	}
	for _, want := range []string{"$CERTS_DIR", "$LAB_NET", "$CERT_EXTRA_NAMES", "$RENEW", "$NEW_CA", "$LOGS_DIR", "$WWW_DIR", "--new-ca", lab.DefaultNet} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("help does not say %s:\n%s", want, out.String())
		}
	}
}

// A refused name must not cost the certificate that is there, nor may a name be dropped silently.
func TestRefusalChangesNothing(t *testing.T) {
	t.Parallel()
	f := made(t)
	before := f.snapshot()
	if code, _, _ := f.run("--new-ca", "--cert-extra-names=a.test,github.com"); code != cli.Usage {
		t.Errorf("exit %d", code)
	}
	if changed := f.changed(before); len(changed) > 0 {
		t.Errorf("changed %v", changed)
	}
}

func TestErrorsEndWithWhatToType(t *testing.T) {
	t.Parallel()
	for _, err := range []error{errClock, errBusy, errIdentity, fs.ErrPermission, fs.ErrInvalid} {
		if s := next(err); !strings.HasSuffix(s, "run `make certs`") {
			t.Errorf("after %v: %q", err, s)
		}
	}
}
