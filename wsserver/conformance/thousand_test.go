//go:build unix

package conformance

import (
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"wslab/wsserver/testserver"
)

// A thousand clients that send without reading, all of whom the server waits for at the same time,
// cost a thousand others nothing.
func TestThousandStall(t *testing.T) {
	many := min(1000, descriptors(t)/5) // both ends are in this process
	server := testserver.Start(t, 2*many, func(s *httptest.Server) { cramped(s) })
	server.WriteTimeout = time.Minute // nobody is cut, so that all of them stall to the end
	fine := openMany(t, server, many)
	before := roundTrips(t, fine)
	frame := Frame{Opcode: Binary, Payload: noise(8 << 10)}.Bytes()
	for _, c := range openMany(t, server, many) {
		c.SetDeadline(time.Time{})
		go func() {
			for err := error(nil); err == nil; {
				_, err = c.Write(frame)
			}
		}()
	}
	during := roundTrips(t, fine[:many/5]) // while they still fill what room there is
	wantStill(t, server)
	after := roundTrips(t, fine)
	t.Logf("%d clients: a round trip takes %v before, %v during, %v after", many, before, during, after)
	if max(during, after) > 20*before+slack {
		t.Error("the stalled clients hold up the others")
	}
	if open := server.Connections.Len(); open != 2*many {
		t.Errorf("%d connections are open, want %d", open, 2*many)
	}
}

// descriptors is how many files this process may have open.
func descriptors(t *testing.T) int {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	return int(min(limit.Cur, 1<<20))
}

func openMany(t *testing.T, server *testserver.Server, count int) (all []*Client) {
	t.Helper()
	for range count {
		all = append(all, Open(t, server.URL, "/echo"))
	}
	return all
}

// roundTrips is the median of one round trip of each client.
func roundTrips(t *testing.T, clients []*Client) time.Duration {
	t.Helper()
	all := make([]time.Duration, len(clients))
	for i, c := range clients {
		all[i] = (&neighbour{Client: c}).roundTrip(1)
	}
	return median(all)
}
