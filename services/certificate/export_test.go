package certificate

// Look lets tests look when they want to.
func (p *Pair) Look() { p.look() }
