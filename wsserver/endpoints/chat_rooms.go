package endpoints

import (
	"errors"
	"sync"
)

// Bounds of all rooms. How many members there are in all is bounded by the connections.
const (
	mostRooms   = 1000
	mostMembers = 5000 // in one room
)

var (
	errTooManyRooms = errors.New("there are as many rooms as may be: join one that exists")
	errRoomFull     = errors.New("the room is full: join another")
)

// rooms is every room that somebody is in.
type rooms struct {
	mu    sync.Mutex
	byKey map[string]*room
}

func newRooms() *rooms { return &rooms{byKey: map[string]*room{}} }

// join takes m into a room, which it makes if need be. "" is the lobby.
func (rs *rooms) join(m *member, key, name string) (*room, error) {
	if key == "" {
		key = lobby
	}
	r, err := rs.reserve(key)
	if err == nil {
		r.enter(m, name)
	}
	return r, err
}

// reserve takes a place in a room, and makes the room if need be.
func (rs *rooms) reserve(key string) (*room, error) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	r, ok := rs.byKey[key]
	switch {
	case !ok && len(rs.byKey) >= mostRooms:
		return nil, errTooManyRooms
	case !ok:
		r = &room{name: key, members: map[string]*member{}}
		rs.byKey[key] = r
	case r.places >= mostMembers:
		return nil, errRoomFull
	}
	r.places++
	return r, nil
}

// leave takes m out, and forgets a room that is empty then.
func (rs *rooms) leave(m *member, r *room) {
	r.exit(m)
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if r.places--; r.places == 0 {
		delete(rs.byKey, r.name)
	}
}
