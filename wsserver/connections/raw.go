package connections

import "wslab/wsserver/wire"

// WriteRaw sends bytes as they are, under the library's feet: frames that it cannot make, or must
// not. messages is how many messages end in them, for the counters.
//
// Nothing here keeps frames from following a close frame. An endpoint whose frames are to be
// correct writes none once its context is done, which it is before Close sends its frame.
func (c *Conn) WriteRaw(p []byte, messages int) error {
	c.messages.out.Add(int64(messages))
	_, err := c.wire.Write(p)
	return err
}

// Reset ends the connection with a TCP RST, where Cut ends it with a FIN.
func (c *Conn) Reset() {
	c.cancel()
	wire.Reset(c.wire)
}

// Deflated tells whether permessage-deflate was negotiated (RFC 7692).
func (c *Conn) Deflated() bool { return c.deflate }
