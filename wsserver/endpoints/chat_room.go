package endpoints

import (
	"fmt"
	"sync"
)

// event is what a room tells its members.
type event struct {
	Type    string  `json:"type"` // message, join or leave
	Room    string  `json:"room"`
	Name    string  `json:"name"`              // of whom it is about
	Text    *string `json:"text,omitempty"`    // of a message
	Members int     `json:"members,omitempty"` // after a join or leave
	Reason  string  `json:"reason,omitempty"`  // of a leave that was not the member's choice
}

// room is its members. All of them get the same events in the same order.
type room struct {
	name   string
	places int // guarded by rooms.mu

	mu      sync.Mutex
	members map[string]*member
	guests  int
}

func (r *room) enter(m *member, name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m.name = r.free(name)
	r.members[m.name] = m
	r.tell(event{Type: "join", Name: m.name, Members: len(r.members)})
}

// free returns a name that nobody in the room has, as close to what is wanted as can be.
func (r *room) free(wanted string) string {
	if wanted == "" {
		r.guests++
		wanted = fmt.Sprintf("guest-%d", r.guests)
	}
	name := wanted
	for n := 2; r.members[name] != nil; n++ {
		name = fmt.Sprintf("%s-%d", wanted, n)
	}
	return name
}

func (r *room) exit(m *member) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m.stop()
	if r.members[m.name] != m { // it was dropped
		return
	}
	delete(r.members, m.name)
	r.tell(event{Type: "leave", Name: m.name, Members: len(r.members)})
}

func (r *room) say(m *member, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.members[m.name] == m { // not one that was dropped
		r.tell(event{Type: "message", Name: m.name, Text: &text})
	}
}

// tell queues an event for every member, and drops those whose queue is full; that too is told.
func (r *room) tell(e event) {
	for queue := []event{e}; len(queue) > 0; queue = queue[1:] {
		e := queue[0]
		e.Room = r.name
		data := encode(e)
		for name, m := range r.members {
			if m.push(data) {
				continue
			}
			delete(r.members, name)
			go m.drop()
			queue = append(queue, event{Type: "leave", Name: name, Members: len(r.members), Reason: tooSlow})
		}
	}
}
