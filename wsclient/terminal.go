package main

import "os"

// terminal tells a person at the other end from a file or a pipe.
func terminal(stream any) bool {
	file, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	nothing, err := os.Stat(os.DevNull) // a device of characters, too
	return err == nil && !os.SameFile(info, nothing)
}
