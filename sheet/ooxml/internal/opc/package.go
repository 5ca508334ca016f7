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
	settled *edition                   // what Settle made of the file; nil: the file is as it was read
}

// edition is the content of a package beside that of its file.
type edition struct {
	changed map[string]zipfile.Content // of parts of the file, by folded name
	added   []zipfile.Part
	only    map[string]bool // the parts that are left, by folded name
}

// Settle makes the waiting edits part of what the package was read as, and leaves out the
// parts that are not in only (by folded name): from now on the package is one that was
// opened with just those.
func (p *Package) Settle(only map[string]bool) {
	p.settled = &edition{p.changed, p.added, only}
	p.Discard()
}

// Has reports whether the package as it was read has a part of that name.
func (p *Package) Has(name string) bool {
	if p.settled == nil {
		return p.zip.Has(name)
	}
	_, isAdded := p.settled.get(name)
	return p.settled.only[zipfile.Fold(name)] && (isAdded || p.zip.Has(name))
}

// get is the content of a part that Settle was given.
func (e *edition) get(name string) (data []byte, ok bool) {
	if e == nil {
		return nil, false
	}
	key := zipfile.Fold(name)
	if content, ok := e.changed[key]; ok {
		if len(content) != 1 {
			content = zipfile.Content{content.Flat()}
			e.changed[key] = content
		}
		return content[0], true
	}
	for _, a := range e.added {
		if zipfile.Fold(a.Name) == key {
			return a.Data, true
		}
	}
	return nil, false
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

// Names lists the parts of the package as it was read, as they are spelled there.
func (p *Package) Names() []string {
	if p.settled == nil {
		return p.zip.Names()
	}
	names := p.zip.Names()
	for _, a := range p.settled.added {
		names = append(names, a.Name)
	}
	return slices.DeleteFunc(names, func(name string) bool { return !p.Has(name) })
}

// AddedNames lists the parts that are new.
func (p *Package) AddedNames() (names []string) {
	for _, a := range p.added {
		names = append(names, a.Name)
	}
	return names
}

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

// Pack is the package with the edits made.
func (p *Package) Pack() ([]byte, error) {
	if p.settled == nil {
		return p.zip.Pack(zipfile.Edition{Changed: p.changed, Added: p.added})
	}
	all := zipfile.Edition{Changed: maps.Clone(p.settled.changed), Added: slices.Clone(p.settled.added),
		Only: maps.Clone(p.settled.only)}
	if all.Changed == nil {
		all.Changed = map[string]zipfile.Content{}
	}
	maps.Copy(all.Changed, p.changed)
	for i, a := range all.Added {
		if now, ok := p.changed[zipfile.Fold(a.Name)]; ok {
			all.Added[i].Data = now.Flat()
		}
	}
	for _, a := range p.added {
		all.Added = append(all.Added, a)
		all.Only[zipfile.Fold(a.Name)] = true
	}
	return p.zip.Pack(all)
}
