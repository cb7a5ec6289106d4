package conformance

import (
	"slices"
	"testing"
	"time"

	"wslab/wsserver/testserver"
)

// neighbour is a client that behaves, and must not notice those that do not.
type neighbour struct {
	*Client
	quiet time.Duration // a round trip while nobody misbehaves
}

func newNeighbour(t *testing.T, server *testserver.Server) *neighbour {
	t.Helper()
	n := &neighbour{Client: Open(t, server.URL, "/echo")}
	n.quiet = n.roundTrip(50)
	return n
}

// roundTrip is the median of n round trips.
func (n *neighbour) roundTrip(count int) time.Duration {
	n.t.Helper()
	n.SetDeadline(time.Now().Add(Patience))
	all := make([]time.Duration, count)
	message := Frame{Opcode: Text, Payload: []byte("how are you?")}
	for i := range all {
		started := time.Now()
		n.Send(message.Bytes())
		n.Want(Text, message.Payload)
		all[i] = time.Since(started)
	}
	return median(all)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// slack is what a busy machine may add to a round trip. Who is held up by others waits for their
// timeouts, which is longer.
const slack = 100 * time.Millisecond

// wantUndisturbed compares round trips with those of before.
func (n *neighbour) wantUndisturbed() {
	n.t.Helper()
	if busy := n.roundTrip(50); busy > 20*n.quiet+slack {
		n.t.Errorf("a round trip takes a neighbour %v, and took %v before", busy, n.quiet)
	}
}
