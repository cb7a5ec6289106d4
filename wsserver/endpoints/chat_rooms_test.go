package endpoints

import (
	"errors"
	"fmt"
	"testing"
)

func TestRoomsBounded(t *testing.T) {
	t.Parallel()
	rs := newRooms()
	var last *room
	for i := range mostRooms {
		r, err := rs.reserve(fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		last = r
	}
	if _, err := rs.reserve("one more"); !errors.Is(err, errTooManyRooms) {
		t.Errorf("a room too many: %v", err)
	}
	for range mostMembers - 1 {
		if _, err := rs.reserve("0"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := rs.reserve("0"); !errors.Is(err, errRoomFull) {
		t.Errorf("a member too many: %v", err)
	}
	rs.leave(newMember(nil), last)
	if _, err := rs.reserve("one more"); err != nil {
		t.Errorf("an empty room keeps its place: %v", err)
	}
}

func TestMemberQueueBounded(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		message []byte
		fit     int
	}{
		"messages": {[]byte("x"), mostWaiting},
		"bytes":    {make([]byte, mostWaitingBytes/4), 4},
	} {
		m := newMember(nil)
		for i := range tc.fit {
			if !m.push(tc.message) {
				t.Fatalf("%s: the queue was full with %d", name, i)
			}
		}
		if m.push(tc.message) {
			t.Errorf("%s: more than %d were taken", name, tc.fit)
		}
		if !m.push(tc.message) || len(m.take()) != 0 {
			t.Errorf("%s: a member that was dropped is dropped again, or still gets messages", name)
		}
	}
}
