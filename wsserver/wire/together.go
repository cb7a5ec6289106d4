package wire

// Together sends what write writes in one go, as far as it fits into what is held at most. It is
// for those who have several messages at once while somebody else is reading. It ends a Hold:
// whether the reader is waiting is not known afterwards.
func (c *Conn) Together(write func() error) error {
	c.hold(true)
	err := write()
	if flushed := c.hold(false); err == nil {
		err = flushed
	}
	return err
}

func (c *Conn) hold(on bool) error {
	c.write.Lock()
	defer c.write.Unlock()
	c.write.hold, c.write.reading = on, false
	return c.flush()
}
