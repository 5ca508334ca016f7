//go:build !linux

package safefile

import "errors"

// swap: see swap_linux.go. Elsewhere the instant between check and rename
// remains; on Windows a program that saves holds the file against it.
func swap(temp, target string, check func(string) error) error { return errors.ErrUnsupported }
