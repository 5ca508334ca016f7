package ooxml

import (
	"bytes"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
)

// beside rewrites the parts that belong to the sheet: comments and their
// shapes, tables.
func (y *sheetExtraction) beside(rels []relation) error {
	for _, r := range rels {
		if r.external || !y.w.exists(r.target) {
			continue
		}
		var trim func([]byte) ([]byte, error)
		switch r.kind {
		case "table":
			trim = y.table
		case "vmlDrawing":
			trim = y.shapes
		case "comments", "threadedComment":
			trim = y.comments
		default:
			continue
		}
		data, err := y.w.current(r.target)
		if err != nil {
			return err
		}
		now, err := trim(data)
		if err != nil {
			return err
		}
		if !bytes.Equal(now, data) {
			y.w.put(r.target, now)
		}
	}
	return nil
}

// comments leaves out the comments on rows that are left out or emptied, and
// the names of those who wrote no other.
func (y *sheetExtraction) comments(data []byte) ([]byte, error) {
	var patches []patch
	wrote := map[string]bool{}
	s := newScanner(data)
	for s.next() {
		if s.kind != tokStart && s.kind != tokEmpty || !s.is("comment") && !s.is("threadedComment") {
			continue
		}
		a := s.attr("ref")
		if a == nil {
			continue
		}
		start, value, author := s.start, a.value, s.value("authorId")
		r, ok := a1.ParseRange(s.decode(a))
		if !ok {
			continue
		}
		if now, alive := y.m.span(r); alive && y.m.says(r) {
			patches = append(patches, patch{value, now.String()})
			wrote[author] = true
			continue
		}
		s.skip()
		patches = append(patches, patch{span{start, s.end}, ""})
	}
	if err := s.err(); err != nil {
		return nil, y.w.damagedPart(y.d.part, err)
	}
	author := 0
	for s := newScanner(data); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("author") {
			if from := s.end; s.kind == tokStart && !wrote[strconv.Itoa(author)] {
				s.skip()
				patches = append(patches, patch{span{from, s.start}, ""}) // comments know the others by number
			}
			author++
		}
	}
	return applyPatches(data, patches), nil
}

// shapes moves the boxes of comments, and leaves out those of comments that are
// gone and the form fields, which are known by their kind.
func (y *sheetExtraction) shapes(data []byte) ([]byte, error) {
	var patches []patch
	s := newScanner(data)
	for s.next() {
		if s.kind != tokStart || !s.is("shape") {
			continue
		}
		start := s.start
		var moves []patch
		gone, field := false, false
		s.children(func() error {
			if !s.is("ClientData") {
				s.skip()
				return nil
			}
			kind := s.value("ObjectType")
			field = kind != "" && kind != "Note" && kind != "Pict"
			return s.children(func() error {
				anchor, row := s.is("Anchor"), s.is("Row")
				from := s.end
				if !anchor && !row || s.kind != tokStart {
					s.skip()
					return nil
				}
				old := string(s.content(nil))
				at := span{from, s.start}
				if row {
					if n, ok := atoi([]byte(strings.TrimSpace(old))); ok {
						now, alive := y.m.alive(n + 1)
						gone = gone || !alive || y.m.empty[n+1]
						moves = append(moves, patch{at, strconv.Itoa(now - 1)})
					}
					return nil
				}
				if fields := strings.Split(old, ","); len(fields) == 8 {
					for _, i := range []int{2, 6} {
						if n, ok := atoi([]byte(strings.TrimSpace(fields[i]))); ok {
							now, _ := y.m.alive(n + 1)
							fields[i] = strconv.Itoa(max(now-1, 0))
						}
					}
					moves = append(moves, patch{at, strings.Join(fields, ",")})
				}
				return nil
			})
		})
		switch {
		case field, gone:
			patches = append(patches, patch{span{start, s.end}, ""})
		default:
			patches = append(patches, moves...)
		}
	}
	if s.err() != nil {
		// VML is often not XML. Without its shapes nothing can be told of it.
		return []byte(`<xml xmlns:v="urn:schemas-microsoft-com:vml"/>`), nil
	}
	return applyPatches(data, patches), nil
}

// table is a table part. A table needs a row below its header: one that would
// be without any is a refusal, since an empty row (see Extraction.Empty) is for
// the caller to choose.
func (y *sheetExtraction) table(data []byte) ([]byte, error) {
	var patches []patch
	s := newScanner(data)
	for s.next() {
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		switch {
		case s.is("table"), s.is("autoFilter"):
			a := s.attr("ref")
			if a == nil {
				continue
			}
			r, ok := a1.ParseRange(s.decode(a))
			if !ok {
				continue
			}
			now, alive := y.m.span(r)
			if s.is("table") {
				header, totals := rowCount(s, "headerRowCount", 1), rowCount(s, "totalsRowCount", 0)
				for n := range totals {
					if _, ok := y.m.alive(r.Last.Row - n); !ok {
						patches = append(patches, patch{s.attr("totalsRowCount").value, "0"})
						totals = 0
						break
					}
				}
				_, headed := y.m.alive(r.First.Row)
				if !alive || header > 0 && !headed || now.Last.Row-now.First.Row+1 < header+totals+1 {
					return nil, y.refuse("ooxml.extract_table", "Sheet", y.d.sheet)
				}
				patches = append(patches, plainTable(s)...)
			} else if !alive {
				return nil, y.refuse("ooxml.extract_table", "Sheet", y.d.sheet)
			}
			patches = append(patches, patch{a.value, now.String()})
		case s.is("tableColumn"):
			patches = append(patches, withoutAttrs(s, "queryTableFieldId")...)
		case s.is("sortState"), s.is("filterColumn"), s.is("extLst"), s.is("xmlColumnPr"):
			start := s.start
			s.skip()
			patches = append(patches, patch{span{start, s.end}, ""})
		case s.is("calculatedColumnFormula"), s.is("totalsRowFormula"):
			start, from := s.start, s.end
			old := string(s.content(nil))
			now, ok := y.formula(old, y.d.sheet)
			if !ok {
				patches = append(patches, patch{span{start, s.end}, ""})
			} else if now != old {
				patches = append(patches, patch{span{from, s.start}, string(appendXML(nil, now))})
			}
		}
	}
	if err := s.err(); err != nil {
		return nil, y.w.damagedPart(y.d.part, err)
	}
	return applyPatches(data, patches), nil
}

// rowCount is an attribute of a table that counts rows.
func rowCount(s *scanner, name string, absent int) int {
	if n, ok := atoi([]byte(strings.TrimSpace(s.value(name)))); ok {
		return n
	}
	return absent
}

// plainTable makes a table that is filled from elsewhere one that is not.
func plainTable(s *scanner) []patch { return withoutAttrs(s, "tableType", "connectionId") }

// withoutAttrs leaves attributes out of the start tag that s stands on.
func withoutAttrs(s *scanner, names ...string) (patches []patch) {
	for _, name := range names {
		if a := s.attr(name); a != nil {
			patches = append(patches, patch{span{a.name.start - 1, a.value.end + 1}, ""})
		}
	}
	return patches
}

// keepDrawing reports whether a drawing may stay: pictures above the first row
// that is left out (an emblem beside the title), and no charts, which remember
// the figures that they show.
func (y *sheetExtraction) keepDrawing(r relation) (bool, error) {
	if r.target == "" || !y.w.exists(r.target) {
		return false, nil
	}
	data, err := y.w.current(r.target)
	if err != nil {
		return false, err
	}
	first := a1.MaxRow
	if len(y.m.gone) > 0 {
		first = y.m.gone[0]
	}
	s := newScanner(data)
	for s.next() {
		if s.kind != tokStart {
			continue
		}
		switch {
		case s.is("graphicFrame"):
			return false, nil
		case s.is("row"):
			if n, ok := atoi(bytes.TrimSpace(s.content(nil))); ok && n+1 >= first {
				return false, nil
			}
		}
	}
	return s.err() == nil, nil
}

// scrubStrings empties the shared strings that no cell shows any more. They
// keep their places, by which the cells know them.
func (x *extraction) scrubStrings() error {
	part := x.w.book.stringsPart
	if part == "" || !x.w.exists(part) {
		return nil
	}
	used := map[int]bool{}
	for _, i := range x.kept {
		sp := x.w.book.sheets[i]
		if sp.part == "" || !sp.Worksheet {
			continue
		}
		data, err := x.w.current(sp.part)
		if err != nil {
			return err
		}
		s := newScanner(data)
		shared := false
		for s.next() {
			switch {
			case s.kind != tokStart:
			case s.is("c"):
				shared = s.value("t") == "s"
			case s.is("v") && shared:
				if n, ok := atoi(bytes.TrimSpace(s.content(nil))); ok {
					used[n] = true
				}
			}
		}
		if err := s.err(); err != nil {
			return x.w.damagedPart(sp.part, err)
		}
	}
	data, err := x.w.current(part)
	if err != nil {
		return err
	}
	var patches []patch
	n := 0
	s := newScanner(data)
	for s.next() {
		if s.kind != tokStart && s.kind != tokEmpty || !s.is("si") {
			continue
		}
		start, prefix := s.start, string(s.prefix())
		if prefix != "" && !strings.HasSuffix(prefix, ":") {
			prefix += ":"
		}
		s.skip()
		if !used[n] {
			patches = append(patches, patch{span{start, s.end}, "<" + prefix + "si><" + prefix + "t/></" + prefix + "si>"})
		}
		n++
	}
	if err := s.err(); err != nil {
		return x.w.damagedPart(part, err)
	}
	x.w.put(part, applyPatches(data, patches))
	return nil
}
