package ooxml

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// attached trims the parts that belong to the sheet (comments and their boxes, tables) and
// has them follow the rows.
func (y *sheetExtraction) attached(rels []opc.Relation) error {
	for _, r := range rels {
		if r.External || !y.w.book.Exists(r.Target) {
			continue
		}
		var trim func([]byte) ([]byte, error)
		switch r.Kind {
		case "table":
			trim = y.table
		case "vmlDrawing":
			trim = y.shapes
		case "comments", "threadedComment":
			trim = y.comments
		default:
			continue
		}
		data, err := y.w.book.Current(r.Target)
		if err != nil {
			return err
		}
		now, err := trim(data)
		if err == nil {
			now, err = y.plan.Beside(r.Kind, r.Target, y.d.Sheet, now)
		}
		if err != nil {
			return err
		}
		if !bytes.Equal(now, data) {
			y.w.book.Put(r.Target, now)
		}
	}
	return nil
}

// comments leaves out the comments on rows that are left out or emptied, and
// the names of those who wrote no other.
func (y *sheetExtraction) comments(data []byte) ([]byte, error) {
	var patches []xmlpart.Patch
	wrote := map[string]bool{}
	silent, err := y.silentThreads(data)
	if err != nil {
		return nil, err
	}
	var authors []string
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("author") {
			authors = append(authors, string(s.Content(nil)))
		}
	}
	authorTells := func(id string) bool {
		n, ok := xmlpart.Number(id)
		return ok && n < len(authors) && y.tells(authors[n])
	}
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || !s.Is("comment") && !s.Is("threadedComment") {
			continue
		}
		a := s.Attr("ref")
		if a == nil {
			continue
		}
		start, author, isThread := s.Start, s.Value("authorId"), s.Is("threadedComment")
		r, ok := a1.ParseRange(s.Decode(a))
		if !ok {
			continue
		}
		s.Skip()
		if y.m.hasContent(r) && !(isThread && silent[r.First]) {
			if words, tells := y.silentComment(data, r, xmlpart.Between(start, s.End)); tells {
				patches = append(patches, words...) // without its words, for its box has a part of its own
			} else if y.isGiven(r.First) || !authorTells(author) {
				wrote[author] = true
			}
			continue
		}
		patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
	}
	if err := s.Err(); err != nil {
		return nil, opc.Damaged(y.d.Part, err)
	}
	author := 0
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("author") {
			if from := s.End; s.Kind == xmlpart.StartTag && !wrote[strconv.Itoa(author)] {
				s.Skip()
				// comments know the others by number
				patches = append(patches, xmlpart.Replace(xmlpart.Between(from, s.Start), ""))
			}
			author++
		}
	}
	return xmlpart.Apply(data, patches), nil
}

// shapes leaves out the form fields, which are known by their kind, the boxes of
// comments in emptied rows, pictures that tell of others, and those that show cells.
func (y *sheetExtraction) shapes(data []byte) ([]byte, error) {
	var patches []xmlpart.Patch
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if s.Kind != xmlpart.StartTag || !s.Is("shape") {
			continue
		}
		start, gone := s.Start, false
		again := xmlpart.NewScanner(data[start:])
		again.Next()
		s.Children(func() error {
			if !s.Is("ClientData") {
				s.Skip()
				return nil
			}
			kind := s.Value("ObjectType")
			gone = kind != "" && kind != "Note" && kind != "Pict" || kind == "Pict" && y.tellsWithin(again)
			return s.Children(func() error {
				if isRow := s.Is("Row"); s.Kind == xmlpart.StartTag && isRow {
					n, ok := xmlpart.Number(bytes.TrimSpace(s.Content(nil)))
					gone = gone || ok && y.m.empty[n+1]
				} else {
					gone = gone || s.Is("FmlaPict")
					s.Skip()
				}
				return nil
			})
		})
		if gone {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		}
	}
	if s.Err() != nil {
		// VML is often not XML. Without its shapes nothing can be told of it.
		return []byte(`<xml xmlns:v="urn:schemas-microsoft-com:vml"/>`), nil
	}
	return xmlpart.Apply(data, patches), nil
}

// table cuts an Excel table off from where it is filled from, shows all of its rows, and
// leaves out what is not known.
func (y *sheetExtraction) table(data []byte) ([]byte, error) {
	var patches []xmlpart.Patch
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		switch string(s.LocalName()) {
		case "table":
			patches = append(patches, withoutAttrs(s, "tableType", "connectionId")...)
		case "tableColumn":
			patches = append(patches, withoutAttrs(s, "queryTableFieldId")...)
		case "sortState", "filterColumn", "extLst", "xmlColumnPr":
			start := s.Start
			s.Skip()
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		case "calculatedColumnFormula", "totalsRowFormula":
			start := s.Start
			if y.constantTells(string(s.Content(nil))) {
				patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
			}
		}
	}
	if err := s.Err(); err != nil {
		return nil, opc.Damaged(y.d.Part, err)
	}
	return xmlpart.Apply(data, patches), nil
}

// withoutAttrs leaves attributes out of the start tag that s stands on.
func withoutAttrs(s *xmlpart.Scanner, names ...string) (patches []xmlpart.Patch) {
	for _, name := range names {
		if a := s.Attr(name); a != nil {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(a.Name.Start-1, a.Value.End+1), ""))
		}
	}
	return patches
}

// keepDrawing reports whether a drawing may stay: pictures above the first row
// that is left out (an emblem beside the title), and no charts, which remember
// the figures that they show.
func (y *sheetExtraction) keepDrawing(r opc.Relation) (bool, error) {
	if r.Target == "" || !y.w.book.Exists(r.Target) {
		return false, nil
	}
	data, err := y.w.book.Current(r.Target)
	if err != nil {
		return false, err
	}
	if tells, err := y.drawingTells(r.Target, data); err != nil || tells {
		return false, err
	}
	first := a1.MaxRow
	if len(y.m.Gone) > 0 {
		first = y.m.Gone[0]
	}
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		switch {
		case s.Is("graphicFrame"), s.Is("cameraTool"):
			return false, nil
		case s.Is("sp") && !y.linkStays(s.Value("textlink")):
			return false, nil
		case s.Is("row") && s.Kind == xmlpart.StartTag:
			if n, ok := xmlpart.Number(bytes.TrimSpace(s.Content(nil))); ok && n+1 >= first {
				return false, nil
			}
		}
	}
	if s.Err() != nil {
		return false, nil
	}
	now, err := y.plan.Beside(r.Kind, r.Target, y.d.Sheet, data)
	if err == nil && !bytes.Equal(now, data) {
		y.w.book.Put(r.Target, now)
	}
	return true, err
}

// linkStays reports whether a shape may go on showing what it shows: the text of a cell
// that stays as it is. "" is a shape with words of its own.
func (y *sheetExtraction) linkStays(link string) bool {
	if link == "" {
		return true
	}
	refs := formula.Parse(link).Refs
	if _, ok := y.plan.Formula(link, y.d.Sheet); !ok || len(refs) != 1 || refs[0].Kind != formula.Cell {
		return false
	}
	sheet, at := cmp.Or(refs[0].Sheet, y.d.Sheet), refs[0].Range
	m := y.rowsOf(sheet)
	isStale := y.stale[bookxml.Place{Sheet: y.w.book.SheetIndex(sheet), At: at.First}]
	return m.hasContent(at) && !m.isCleared(at) && !isStale && !y.unclear
}

// drawingTells reports whether a drawing tells of others: in its own words, in where it
// links to, or in what its pictures say of themselves.
func (x *extraction) drawingTells(part string, data []byte) (bool, error) {
	s := xmlpart.NewScanner(data)
	for s.Next() && !s.OnElement() {
	}
	if s.Err() != nil || x.tellsWithin(s) {
		return true, nil
	}
	rels, err := x.w.book.Rels(part)
	return slices.ContainsFunc(rels, func(r opc.Relation) bool {
		return x.tells(r.Target) || r.Kind == "image" && x.partTells(r.Target)
	}), err
}

// scrubStrings empties the shared strings that no cell shows any more. They
// keep their places, by which the cells know them.
func (x *extraction) scrubStrings() error {
	part := x.w.book.StringsPart
	if part == "" || !x.w.book.Exists(part) {
		return nil
	}
	used := map[int]bool{}
	for _, i := range x.kept {
		sp := x.w.book.Sheets[i]
		if sp.Part == "" || !sp.Worksheet {
			continue
		}
		data, err := x.w.book.Current(sp.Part)
		if err != nil {
			return err
		}
		s := xmlpart.NewScanner(data)
		shared := false
		for s.Next() {
			switch {
			case s.Kind != xmlpart.StartTag:
			case s.Is("c"):
				shared = s.Value("t") == "s"
			case s.Is("v") && shared:
				if n, ok := xmlpart.Number(bytes.TrimSpace(s.Content(nil))); ok {
					used[n] = true
				}
			}
		}
		if err := s.Err(); err != nil {
			return opc.Damaged(sp.Part, err)
		}
	}
	data, err := x.w.book.Current(part)
	if err != nil {
		return err
	}
	var patches []xmlpart.Patch
	n := 0
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || !s.Is("si") {
			continue
		}
		start, prefix := s.Start, string(s.Prefix())
		if prefix != "" && !strings.HasSuffix(prefix, ":") {
			prefix += ":"
		}
		s.Skip()
		if !used[n] {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), "<"+prefix+"si><"+prefix+"t/></"+
				prefix+"si>"))
		}
		n++
	}
	if err := s.Err(); err != nil {
		return opc.Damaged(part, err)
	}
	x.w.book.Put(part, xmlpart.Apply(data, patches))
	return nil
}
