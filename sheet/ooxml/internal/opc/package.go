package opc

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"taizhang/sheet/ooxml/internal/zipfile"
)

// Package is a package of parts, as it was read, and the edits that wait to be
// written into it. Reading may be done concurrently; editing may not.
type Package struct {
	zip     *zipfile.File
	changed map[string]zipfile.Content // new content of parts of the file, by folded name
	added   []zipfile.Part             // parts that the file does not have, in order
}

// Open reads the directory of a package. Errors are those of [zipfile.Open].
func Open(data []byte, limits zipfile.Limits) (*Package, error) {
	zip, err := zipfile.Open(data, limits)
	if err != nil {
		return nil, err
	}
	return &Package{zip: zip}, nil
}

// PartError is what makes a part unreadable.
type PartError struct {
	Part string
	Err  error
}

func (e *PartError) Error() string { return e.Part + ": " + e.Err.Error() }

func (e *PartError) Unwrap() error { return e.Err }

// Damaged says which part err makes unreadable, unless err does so itself.
func Damaged(part string, err error) error {
	if errors.As(err, new(*PartError)) {
		return err
	}
	return &PartError{part, err}
}

// Names lists the parts of the file, as they are spelled there.
func (p *Package) Names() []string { return p.zip.Names() }

// InFile reports whether the file has a part of that name.
func (p *Package) InFile(name string) bool { return p.zip.Has(name) }

// AddedNames lists the parts that are new.
func (p *Package) AddedNames() (names []string) {
	for _, a := range p.added {
		names = append(names, a.Name)
	}
	return names
}

// ChangedNames lists, folded, the parts of the file that have new content.
func (p *Package) ChangedNames() []string { return slices.Sorted(maps.Keys(p.changed)) }

// IsSigned reports whether the package bears a digital signature.
func (p *Package) IsSigned() bool {
	return slices.ContainsFunc(p.zip.Names(), func(name string) bool {
		return strings.HasPrefix(zipfile.Fold(name), "_xmlsignatures/")
	})
}

// IsDirty reports whether edits wait to be written.
func (p *Package) IsDirty() bool { return len(p.changed) > 0 || len(p.added) > 0 }

// Snapshot gives a function that takes back the edits made since.
func (p *Package) Snapshot() (restore func()) {
	changed, added := maps.Clone(p.changed), slices.Clone(p.added)
	return func() { p.changed, p.added = changed, added }
}

// Discard forgets the edits.
func (p *Package) Discard() { p.changed, p.added = nil, nil }

// Pack is the package with the edits made. Of the parts in only, by folded name, or
// of all if it is nil: see [zipfile.Edition].
func (p *Package) Pack(only map[string]bool) ([]byte, error) {
	return p.zip.Pack(zipfile.Edition{Changed: p.changed, Added: p.added, Only: only})
}
