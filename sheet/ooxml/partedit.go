package ooxml

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

const (
	typesPart      = "[Content_Types].xml"
	nsRels         = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsTypes        = "http://schemas.openxmlformats.org/package/2006/content-types"
	transitionalNS = "http://schemas.openxmlformats.org/officeDocument/2006/"
	strictNS       = "http://purl.oclc.org/ooxml/officeDocument/"
	mainNS         = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictMainNS   = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

// strict reports whether the workbook is of the strict variant of the format,
// whose namespaces differ.
func (w *Workbook) strict() bool {
	data, err := w.partText(w.book.part)
	return err == nil && bytes.Contains(data[:min(len(data), 4096)], []byte("purl.oclc.org"))
}

// addRel adds a relationship to part source ("" for the package) and returns
// its id.
func (w *Workbook) addRel(source, typ, target string) (string, error) {
	name := relsName(source)
	data, err := w.current(name)
	if errors.Is(err, fs.ErrNotExist) {
		data = []byte(xmlpart.Header + `<Relationships xmlns="` + nsRels + `"></Relationships>`)
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
	if text, err := w.current(source); err == nil {
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
		return "", w.damagedPart(name, err)
	}
	w.put(name, xmlpart.InsertLast(data, whole, inner, "<"+prefix+`Relationship Id="`+id+`" Type="`+typ+`" Target="`+xmlpart.EscapeAttr(relTarget(source, target))+`"/>`))
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

// relativeTo is the name of a part in the same folder as source.
func relativeTo(source, name string) string { return path.Join(path.Dir(source), name) }

// addType declares the content type of a new part.
func (w *Workbook) addType(part, typ string) error {
	data, err := w.current(typesPart)
	if errors.Is(err, fs.ErrNotExist) {
		data = []byte(xmlpart.Header + `<Types xmlns="` + nsTypes + `"></Types>`)
	} else if err != nil {
		return err
	}
	whole, inner, prefix, err := xmlpart.Element(data, "Types", 1)
	if err != nil {
		return w.damagedPart(typesPart, err)
	}
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("Override") && zipfile.Fold(s.Value("PartName")) == zipfile.Fold(part) {
			if a := s.Attr("ContentType"); a != nil { // of a part that was lost
				w.put(typesPart, xmlpart.Splice(data, a.Value, typ))
				return nil
			}
		}
	}
	w.put(typesPart, xmlpart.InsertLast(data, whole, inner, "<"+prefix+`Override PartName="/`+xmlpart.EscapeAttr(part)+`" ContentType="`+typ+`"/>`))
	return nil
}

// freePart is the first name of the form before + number + after that no part
// has yet, and that the workbook gives to none: a sheet whose part is lost must
// not find the content of a new one there.
func (w *Workbook) freePart(before, after string) string {
	for n := 1; ; n++ {
		if name := before + strconv.Itoa(n) + after; !w.exists(name) && !w.book.targets[zipfile.Fold(name)] {
			return name
		}
	}
}
