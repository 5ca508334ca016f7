package opc

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

const (
	TypesPart       = "[Content_Types].xml"
	RelationshipsNS = "http://schemas.openxmlformats.org/package/2006/relationships"
	TypesNS         = "http://schemas.openxmlformats.org/package/2006/content-types"
	TransitionalNS  = "http://schemas.openxmlformats.org/officeDocument/2006/"
	StrictNS        = "http://purl.oclc.org/ooxml/officeDocument/"
)

// AddRel adds a relationship to part source ("" for the package) and returns
// its id.
func (p *Package) AddRel(source, typ, target string) (string, error) {
	name := RelsPart(source)
	data, err := p.Current(name)
	if errors.Is(err, fs.ErrNotExist) {
		data = []byte(xmlpart.Header + `<Relationships xmlns="` + RelationshipsNS + `"></Relationships>`)
	} else if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() {
			taken[strings.ToLower(s.Value("Id"))] = true
		}
	}
	// What is lost stays lost: a sheet whose relationship is missing must not find
	// the content of a new one under its id.
	if text, err := p.Current(source); err == nil {
		for s := xmlpart.NewScanner(text); s.Next(); {
			for i := range s.Attrs {
				if a := &s.Attrs[i]; a.Local > a.Name.Start {
					taken[strings.ToLower(s.Decode(a))] = true
				}
			}
		}
	}
	n := 1
	for taken["rid"+strconv.Itoa(n)] {
		n++
	}
	id := "rId" + strconv.Itoa(n)
	whole, inner, prefix, err := xmlpart.Element(data, "Relationships", 1)
	if err != nil {
		return "", Damaged(name, err)
	}
	p.Put(name, xmlpart.InsertLast(data, whole, inner, "<"+prefix+`Relationship Id="`+id+`" Type="`+typ+`" Target="`+
		xmlpart.EscapeAttr(relTarget(source, target))+`"/>`))
	return id, nil
}

// relTarget is how a relationship of source names target: relative if it lies
// in the same folder or below, as every program writes it, else absolute.
func relTarget(source, target string) string {
	dir := path.Dir(source) + "/"
	if dir == "./" {
		return target
	}
	if rest, ok := strings.CutPrefix(target, dir); ok {
		return rest
	}
	return "/" + target
}

// Beside is the name of a part in the same folder as source.
func Beside(source, name string) string { return path.Join(path.Dir(source), name) }

// AddType declares the content type of a new part.
func (p *Package) AddType(part, typ string) error {
	data, err := p.Current(TypesPart)
	if errors.Is(err, fs.ErrNotExist) {
		data = []byte(xmlpart.Header + `<Types xmlns="` + TypesNS + `"></Types>`)
	} else if err != nil {
		return err
	}
	whole, inner, prefix, err := xmlpart.Element(data, "Types", 1)
	if err != nil {
		return Damaged(TypesPart, err)
	}
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("Override") && zipfile.Fold(s.Value("PartName")) == zipfile.Fold(part) {
			if a := s.Attr("ContentType"); a != nil { // of a part that was lost
				p.Put(TypesPart, xmlpart.Splice(data, a.Value, typ))
				return nil
			}
		}
	}
	p.Put(TypesPart, xmlpart.InsertLast(data, whole, inner, "<"+prefix+`Override PartName="/`+xmlpart.EscapeAttr(part)+
		`" ContentType="`+typ+`"/>`))
	return nil
}

// FreePart is the first name of the form before + number + after that no part
// has yet, and that no relationship of source gives to one: a part that is lost must
// not find the content of a new one under its name.
func (p *Package) FreePart(source, before, after string) (string, error) {
	rels, err := p.Rels(source)
	if err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		name := before + strconv.Itoa(n) + after
		if !p.Exists(name) && !slices.ContainsFunc(rels,
			func(r Relation) bool { return zipfile.Fold(r.Target) == zipfile.Fold(name) }) {
			return name, nil
		}
	}
}

// Current is a part with the edits made so far, as UTF-8. The bytes are shared.
// The error is fs.ErrNotExist if there is no such part.
func (p *Package) Current(name string) ([]byte, error) {
	key := zipfile.Fold(name)
	if data, ok := p.changed[key]; ok {
		if len(data) != 1 {
			data = zipfile.Content{data.Flat()}
			p.changed[key] = data
		}
		return data[0], nil
	}
	for _, a := range p.added {
		if zipfile.Fold(a.Name) == key {
			return a.Data, nil
		}
	}
	return p.Original(name)
}

// IsEdited reports whether a part is new or has new content.
func (p *Package) IsEdited(name string) bool {
	key := zipfile.Fold(name)
	if _, ok := p.changed[key]; ok {
		return true
	}
	return slices.ContainsFunc(p.added, func(a zipfile.Part) bool { return zipfile.Fold(a.Name) == key })
}

// PutContent sets the content of a part that the package was read with.
func (p *Package) PutContent(name string, data zipfile.Content) {
	if p.changed == nil {
		p.changed = map[string]zipfile.Content{}
	}
	p.changed[zipfile.Fold(name)] = data
}

// Put sets the content of a part, new or not.
func (p *Package) Put(name string, data []byte) {
	key := zipfile.Fold(name)
	if p.Has(name) {
		p.PutContent(name, zipfile.Content{data})
		return
	}
	for i, a := range p.added {
		if zipfile.Fold(a.Name) == key {
			p.added[i].Data = data
			return
		}
	}
	p.added = append(p.added, zipfile.Part{Name: zipfile.Clean(name), Data: data})
}

// Exists reports whether there is a part of that name, added ones included.
func (p *Package) Exists(name string) bool { return p.Has(name) || p.IsEdited(name) }
