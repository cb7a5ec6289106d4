package endpoints

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/coder/websocket"

	"wslab/wsserver/connections"
	"wslab/wsserver/params"
)

func init() {
	register(Endpoint{
		Path:    "/flood",
		Group:   Trials,
		Summary: "sends many messages, as fast as you take them or at a rate, then closes with 1000",
		Details: "Each message is its own number, with zeros before it: you see whether all came, and in order. What you send is ignored.",
		Params: []params.Param{
			params.Int("n", "1000", 1, 1_000_000, "how many messages"),
			params.Int("size", "64", 0, 1<<20, "bytes of each; n times size is 1 GiB at most"),
			params.Int("rate", "0", 0, 1_000_000, "messages a second; 0 for no limit"),
		},
		Example: "/flood?n=1000",
		Refuse:  tooMuch,
		Serve:   whileReading(flood),
	})
}

const floodBytes = 1 << 30

func tooMuch(w http.ResponseWriter, _ *http.Request, p params.Values) bool {
	total := p.Int("n") * p.Int("size")
	if total <= floodBytes {
		return false
	}
	http.Error(w, fmt.Sprintf("n=%d times size=%d is %d bytes: %d (1 GiB) is the most", p.Int("n"), p.Int("size"), total, floodBytes), http.StatusBadRequest)
	return true
}

// floodBatch is how many bytes of messages are made before they are sent.
const floodBatch = 32 << 10

func flood(ctx context.Context, c *connections.Conn, r Request) error {
	n, size, rate := r.Params.Int("n"), r.Params.Int("size"), r.Params.Int("rate")
	most := max(1, floodBatch/(size+1))
	started := time.Now()
	for sent := 0; sent < n; {
		if rate > 0 {
			due := started.Add(time.Duration(sent) * time.Second / time.Duration(rate))
			if err := sleep(ctx, time.Until(due)); err != nil {
				return err
			}
			most = 1
		}
		batch := numbered(sent+1, min(most, n-sent), size)
		if err := c.WriteAll(websocket.MessageText, batch); err != nil {
			return err
		}
		sent += len(batch)
	}
	return c.Close(websocket.StatusNormalClosure, fmt.Sprintf("%d messages of %d bytes sent", n, size))
}

// numbered makes messages of size bytes, the first of which says first: zeros, and the number at
// the end. Of a number that is too long for its message, the last digits are there.
func numbered(first, n, size int) [][]byte {
	messages := make([][]byte, n)
	for i := range messages {
		digits := strconv.Itoa(first + i)
		digits = digits[max(0, len(digits)-size):]
		m := make([]byte, size)
		for j := range m[:size-len(digits)] {
			m[j] = '0'
		}
		copy(m[size-len(digits):], digits)
		messages[i] = m
	}
	return messages
}
