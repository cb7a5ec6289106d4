package trace

import (
	"errors"
	"fmt"
	"testing"

	"wslab/wsserver/wire"
)

func id(n int) string { return fmt.Sprintf("trace-number-%06d", n) }

func TestBounds(t *testing.T) {
	t.Parallel()
	var ts Traces
	for n := range MaxTraces {
		if _, err := ts.Connect(id(n)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := ts.Connect(id(MaxTraces)); !errors.Is(err, ErrFull) {
		t.Errorf("a trace too many: %v", err)
	}
	if _, err := ts.Connect(id(0)); !errors.Is(err, ErrUsed) {
		t.Errorf("a second connection: %v", err)
	}
	for _, bad := range []string{"", "short", "with space in the middle", "ünïcödé-ünïcödé-ünïcödé"} {
		if _, err := ts.Connect(bad); !errors.Is(err, ErrID) {
			t.Errorf("ID %q: %v", bad, err)
		}
	}
}

// A viewer that does not come, or is slow, costs a bounded amount.
func TestLost(t *testing.T) {
	t.Parallel()
	var ts Traces
	recorder, err := ts.Connect(id(1))
	if err != nil {
		t.Fatal(err)
	}
	for range maxFrames + 7 {
		recorder.See(wire.Frame{})
	}
	viewer, err := ts.view(id(1))
	if err != nil {
		t.Fatal(err)
	}
	if frames, lost, ended := viewer.take(); len(frames) != maxFrames || lost != 7 || ended {
		t.Errorf("%d frames, %d lost, ended %v", len(frames), lost, ended)
	}
	recorder.End()
	if _, _, ended := viewer.take(); !ended {
		t.Error("the end does not arrive")
	}
	viewer.unview()
	if ts.Len() != 0 {
		t.Error("a trace that is over is kept")
	}
}

// One that nobody connected to is forgotten with its viewer; one with a connection waits for the next.
func TestForgotten(t *testing.T) {
	t.Parallel()
	var ts Traces
	viewer, err := ts.view(id(1))
	if err != nil {
		t.Fatal(err)
	}
	viewer.unview()
	if ts.Len() != 0 {
		t.Error("a trace without a connection outlives its viewer")
	}
	if _, err = ts.Connect(id(2)); err != nil {
		t.Fatal(err)
	}
	if viewer, err = ts.view(id(2)); err != nil {
		t.Fatal(err)
	}
	viewer.unview()
	if viewer, err = ts.view(id(2)); err != nil {
		t.Errorf("a viewer that comes back: %v", err)
	}
	ts.Close()
	if _, _, ended := viewer.take(); !ended {
		t.Error("closing all ended nothing")
	}
}
