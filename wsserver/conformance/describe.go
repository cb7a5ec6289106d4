package conformance

import "fmt"

func describe(f Frame) string {
	s := fmt.Sprintf("opcode %d with %s", f.Opcode, clip(f.Payload))
	if f.RSV != 0 {
		s += fmt.Sprintf(", reserved bits %03b", f.RSV)
	}
	if f.More {
		s += ", not the last"
	}
	return s
}

// clip keeps a megabyte out of a test's output.
func clip(p []byte) string {
	const most = 60
	if len(p) <= most {
		return fmt.Sprintf("%q", p)
	}
	return fmt.Sprintf("%d bytes %q...", len(p), p[:most])
}
