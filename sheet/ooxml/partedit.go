package ooxml

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

const (
	xmlHeader      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	typesPart      = "[Content_Types].xml"
	nsRels         = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsTypes        = "http://schemas.openxmlformats.org/package/2006/content-types"
	transitionalNS = "http://schemas.openxmlformats.org/officeDocument/2006/"
	strictNS       = "http://purl.oclc.org/ooxml/officeDocument/"
	mainNS         = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictMainNS   = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

var errNoElement = errors.New("element is missing")

// element finds the first element with a local name at a depth (the root has
// depth 1): its span, the span of its content (empty at the end of an element
// without content) and its prefix with colon.
func element(data []byte, local string, depth int) (whole, inner span, prefix string, err error) {
	s := newScanner(data)
	for s.next() {
		d := s.depth()
		if s.kind == tokEmpty {
			d++
		}
		if s.kind != tokStart && s.kind != tokEmpty || d != depth || !s.is(local) {
			continue
		}
		whole, inner = span{s.start, s.end}, span{s.end, s.end}
		prefix = string(data[s.name.start:s.local])
		if s.kind == tokStart {
			s.skip()
			whole.end, inner.end = s.end, s.start
		}
		return whole, inner, prefix, s.err()
	}
	if err = s.err(); err == nil {
		err = errNoElement
	}
	return
}

// insertLast puts child at the end of an element found by element.
func insertLast(data []byte, whole, inner span, child string) []byte {
	if inner.end < whole.end {
		return splice(data, span{inner.end, inner.end}, child)
	}
	// <name …/> becomes <name …>child</name>.
	tag := string(data[whole.start:whole.end])
	n := 1
	for n < len(tag) && nameByte[tag[n]] {
		n++
	}
	open := strings.TrimRight(strings.TrimSuffix(tag, "/>"), " \t\r\n")
	return splice(data, whole, open+">"+child+"</"+tag[1:n]+">")
}

// splice replaces a stretch of data.
func splice(data []byte, at span, text string) []byte {
	out := make([]byte, 0, len(data)-(at.end-at.start)+len(text))
	out = append(out, data[:at.start]...)
	out = append(out, text...)
	return append(out, data[at.end:]...)
}

// escapeAttr is s as the value of an attribute in double quotes.
func escapeAttr(s string) string {
	return attrEscaper.Replace(strings.ToValidUTF8(s, "\uFFFD"))
}

var attrEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\r", "&#13;", "\t", "&#9;")

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
		data = []byte(xmlHeader + `<Relationships xmlns="` + nsRels + `"></Relationships>`)
	} else if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for s := newScanner(data); s.next(); {
		if s.kind == tokStart || s.kind == tokEmpty {
			taken[strings.ToLower(s.value("Id"))] = true
		}
	}
	// What is lost stays lost: a sheet whose relationship is missing must not find
	// the content of a new one under its id.
	if text, err := w.current(source); err == nil {
		for s := newScanner(text); s.next(); {
			for i := range s.attrs {
				if a := &s.attrs[i]; a.local > a.name.start {
					taken[strings.ToLower(s.decode(a))] = true
				}
			}
		}
	}
	n := 1
	for taken["rid"+strconv.Itoa(n)] {
		n++
	}
	id := "rId" + strconv.Itoa(n)
	whole, inner, prefix, err := element(data, "Relationships", 1)
	if err != nil {
		return "", w.damagedPart(name, err)
	}
	w.put(name, insertLast(data, whole, inner, "<"+prefix+`Relationship Id="`+id+`" Type="`+typ+`" Target="`+escapeAttr(relTarget(source, target))+`"/>`))
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
		data = []byte(xmlHeader + `<Types xmlns="` + nsTypes + `"></Types>`)
	} else if err != nil {
		return err
	}
	whole, inner, prefix, err := element(data, "Types", 1)
	if err != nil {
		return w.damagedPart(typesPart, err)
	}
	for s := newScanner(data); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("Override") && foldPart(s.value("PartName")) == foldPart(part) {
			if a := s.attr("ContentType"); a != nil { // of a part that was lost
				w.put(typesPart, splice(data, a.value, typ))
				return nil
			}
		}
	}
	w.put(typesPart, insertLast(data, whole, inner, "<"+prefix+`Override PartName="/`+escapeAttr(part)+`" ContentType="`+typ+`"/>`))
	return nil
}

// freePart is the first name of the form before + number + after that no part
// has yet, and that the workbook gives to none: a sheet whose part is lost must
// not find the content of a new one there.
func (w *Workbook) freePart(before, after string) string {
	for n := 1; ; n++ {
		if name := before + strconv.Itoa(n) + after; !w.exists(name) && !w.book.targets[foldPart(name)] {
			return name
		}
	}
}
