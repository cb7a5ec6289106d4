package wire

import "time"

// holdAtMost is how much is held back before it is written, in bytes.
const holdAtMost = 64 << 10

// Hold makes the connection keep small writes back until its reader waits for the peer. It is for
// those who write in answer to what they read, and do nothing between the two that takes time:
// then nothing is ever late, and messages that came together are answered together.
func (c *Conn) Hold() {
	c.write.Lock()
	defer c.write.Unlock()
	c.write.hold = true
}

func (c *Conn) startReading() error {
	c.write.Lock()
	defer c.write.Unlock()
	if !c.write.hold {
		return nil
	}
	c.write.reading = true
	return c.flush()
}

func (c *Conn) stopReading() {
	c.write.Lock()
	defer c.write.Unlock()
	c.write.reading = false
}

// Write writes, or holds back.
func (c *Conn) Write(p []byte) (int, error) {
	c.write.Lock()
	defer c.write.Unlock()
	if t := c.taps.Load(); t != nil {
		t.out.write(p)
	}
	if c.write.hold && !c.write.reading && len(c.write.held)+len(p) <= holdAtMost {
		c.write.held = append(c.write.held, p...)
		return len(p), nil
	}
	if err := c.flush(); err != nil {
		return 0, err
	}
	return c.send(p)
}

// flush writes what was held back.
func (c *Conn) flush() error {
	if len(c.write.held) == 0 {
		return nil
	}
	_, err := c.send(c.write.held)
	c.write.held = c.write.held[:0]
	if cap(c.write.held) > 4<<10 { // an idle connection is not to keep what a busy one needed
		c.write.held = nil
	}
	return err
}

// send has a deadline on the connection, because a context for each write costs more than half of
// the write itself.
func (c *Conn) send(p []byte) (int, error) {
	if c.write.err != nil {
		return 0, c.write.err
	}
	if c.writeTimeout > 0 {
		if err := c.Conn.SetWriteDeadline(time.Now().Add(c.writeTimeout)); err != nil {
			return 0, err
		}
	}
	n, err := c.Conn.Write(p)
	c.out.Add(int64(n))
	c.write.err = err
	return n, err
}
