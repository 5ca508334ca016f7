package opc

import (
	"errors"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// Relation is one relationship of a part.
type Relation struct {
	ID string
	// last word of its type, the same for strict and transitional files: "worksheet",
	// "sharedStrings", "custom-properties"
	Kind     string
	Target   string // the part's name without leading slash; a URL if external
	External bool
}

// RelsPart is the part that holds the relationships of part; "" is the package.
func RelsPart(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}

// Rels reads the relationships of part, "" for those of the package, with the
// edits made so far. A part without any has none, which is no error.
func (p *Package) Rels(part string) ([]Relation, error) {
	name := RelsPart(part)
	read := p.Index
	if p.IsEdited(name) {
		read = p.Current
	}
	data, err := read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Relation
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || !s.Is("Relationship") {
			continue
		}
		r := Relation{ID: s.Value("Id"), Kind: relationKind(s.Value("Type")), Target: s.Value("Target")}
		r.External = strings.EqualFold(s.Value("TargetMode"), "External")
		if !r.External {
			r.Target = resolvePart(part, r.Target)
		}
		list = append(list, r)
	}
	if err := s.Err(); err != nil {
		return nil, Damaged(name, err)
	}
	return list, nil
}

// Rel is the first relationship of part of one of the kinds; ok is false if
// there is none.
func (p *Package) Rel(part string, kind string) (r Relation, ok bool, err error) {
	list, err := p.Rels(part)
	for _, r := range list {
		if r.Kind == kind && !r.External {
			return r, true, err
		}
	}
	return Relation{}, false, err
}

// relationKind is the last word of a relationship type. Strict files write two
// of them in another way.
func relationKind(typ string) string {
	kind := typ[strings.LastIndexByte(typ, '/')+1:]
	switch kind {
	case "customProperties":
		return "custom-properties"
	case "extendedProperties":
		return "extended-properties"
	}
	return kind
}

// resolvePart is the part that target names as seen from the part source.
func resolvePart(source, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if i := strings.IndexByte(target, '#'); i > 0 {
		target = target[:i]
	}
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + path.Dir(source) + "/" + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// Original is a part as the package was read, as UTF-8, whatever it was stored as. The
// error is fs.ErrNotExist if there is no such part.
func (p *Package) Original(name string) ([]byte, error) {
	if !p.Has(name) {
		return nil, fs.ErrNotExist
	}
	if data, ok := p.settled.get(name); ok {
		return data, nil
	}
	data, err := p.zip.Part(name)
	if err != nil {
		return nil, Damaged(name, err)
	}
	text, _, err := xmlpart.UTF8(data)
	if err != nil {
		return nil, Damaged(name, err)
	}
	return text, nil
}

// Scan scans a part that is only read: a large one while it is inflated, so
// that it is never in memory as a whole. Errors are those of Original; further
// ones come while it is scanned, checksum and size last.
func (p *Package) Scan(name string) (*xmlpart.Scanner, error) {
	if size := p.size(name); size > zipfile.SmallPart && p.settled == nil {
		r, err := p.zip.Stream(name)
		if err != nil {
			return nil, Damaged(name, err)
		}
		if s := xmlpart.NewStream(r, size, xmlpart.Window); s.Err() != nil || xmlpart.IsUTF8(s.Data) {
			return s, nil
		}
	}
	text, err := p.Original(name)
	return xmlpart.NewScanner(text), err
}

// MaxIndex is how long a part may be that lists things: the workbook's, styles,
// relationships.
const MaxIndex = 64 << 20

// Index is Original for a part that is kept in memory as a whole. The error is a
// *zipfile.LimitError if it is longer than MaxIndex.
func (p *Package) Index(name string) ([]byte, error) {
	if p.size(name) > MaxIndex {
		return nil, &zipfile.LimitError{Part: name, Limit: MaxIndex}
	}
	return p.Original(name)
}

// size is the length of a part as the package was read.
func (p *Package) size(name string) int64 {
	if data, ok := p.settled.get(name); ok {
		return int64(len(data))
	}
	return p.zip.Size(name)
}
