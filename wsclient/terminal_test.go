package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"wslab/wsclient/cat"
)

func TestTerminal(t *testing.T) {
	t.Parallel()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, stream := range []any{strings.NewReader(""), null, r, w} {
		if terminal(stream) {
			t.Errorf("%v is no terminal", stream)
		}
	}
	r.Close()
	if terminal(r) {
		t.Error("a closed file is no terminal")
	}
	if random, err := os.Open("/dev/random"); err == nil { // a device of characters, as terminals are
		defer random.Close()
		if !terminal(random) {
			t.Error("a device of characters is taken for a file")
		}
	}
}

func TestPrinters(t *testing.T) {
	t.Parallel()
	device, err := os.OpenFile("/dev/random", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	defer device.Close()
	var buffer strings.Builder
	for _, tc := range []struct {
		c    client
		want string
	}{
		{client{&settings{}, device, device, nil}, `cat.Terminal{Prefix:"< "}`},
		{client{&settings{}, strings.NewReader(""), device, nil}, `cat.Terminal{Prefix:""}`},
		{client{&settings{}, device, &buffer, nil}, "cat.Plain{}"},
		{client{&settings{JSON: true}, device, device, nil}, "cat.JSON{}"},
	} {
		if got := describe(tc.c.catPrinter()); got != tc.want {
			t.Errorf("got %s, want %s", got, tc.want)
		}
	}
}

func describe(p cat.Printer) string {
	if terminal, ok := p.(cat.Terminal); ok {
		return fmt.Sprintf("%T{Prefix:%q}", p, terminal.Prefix)
	}
	return fmt.Sprintf("%T{}", p)
}
