package zipfile

import (
	"cmp"
	"errors"
	"fmt"
)

// Limits bound what a zip file may cost to read. Zero fields take the defaults.
type Limits struct {
	File  int64 // bytes of the file itself
	Part  int64 // inflated bytes of one part
	Total int64 // inflated bytes of all parts that are read
	Parts int   // number of parts
}

// Default limits of bytes. A ledger of 100,000 rows and 14 columns is a file of
// some 10 MiB with a sheet part of some 80 MiB, so that these leave room for
// several times as much and still fit into an office computer.
const (
	defaultFile  = 256 << 20
	defaultPart  = 512 << 20
	defaultTotal = 1 << 30
	defaultParts = 20_000
)

// A part above ratioFloor that inflates more than maxRatio times is taken for a
// bomb. Sheets of nothing but equal rows reach 100; deflate itself ends at 1032.
const (
	ratioFloor = 32 << 20
	maxRatio   = 300
)

func (l Limits) OrDefault() Limits {
	return Limits{
		File: cmp.Or(max(l.File, 0), defaultFile), Part: cmp.Or(max(l.Part, 0), defaultPart),
		Total: cmp.Or(max(l.Total, 0), defaultTotal), Parts: cmp.Or(max(l.Parts, 0), defaultParts),
	}
}

// ErrTruncated is the failure of a file without the directory at its end.
var ErrTruncated = errors.New("no central directory")

// DamageError is what makes a part, or the whole file, unreadable.
type DamageError struct {
	Part string // "" for the file
	Err  error
}

func (e *DamageError) Error() string {
	if e.Part == "" {
		return e.Err.Error()
	}
	return e.Part + ": " + e.Err.Error()
}

func (e *DamageError) Unwrap() error { return e.Err }

// LimitError is a part, or a file, beyond the limits.
type LimitError struct {
	Part  string // "" for the file
	Limit int64  // that was exceeded: bytes, or of the file also parts
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("%s exceeds the limit of %d", cmp.Or(e.Part, "file"), e.Limit)
}
