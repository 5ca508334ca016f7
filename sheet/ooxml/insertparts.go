package ooxml

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// elements finds what the elements of a part other than cells say about rows.
// s stands before the first of them; home is the sheet on which formulas
// without a sheet name stand; own tells that positions (and not only formulas)
// are those of the table's sheet.
func (x *insertion) elements(data []byte, s *xmlpart.Scanner, home string, own bool) (patches []xmlpart.Patch, err error) {
	rowBreaks := 0
	attr := func(name string, change func(string) string) {
		a := s.Attr(name)
		if a == nil {
			return
		}
		old := s.Decode(a)
		if now := change(old); now != old {
			patches = append(patches, xmlpart.Replace(a.Value, xmlpart.EscapeAttr(now)))
		}
	}
	text := func(change func(string) string) {
		if s.Kind != xmlpart.StartTag {
			return
		}
		from := s.End
		old := string(s.Content(nil))
		if now := change(old); now != old {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(from, s.Start), xmlpart.EscapeText(now)))
		}
	}
	formula := func(f string) string {
		if x.shift && x.unshiftable(f) && err == nil {
			err = x.refuse("ooxml.unsafe_3d", "Formula", f)
		}
		return x.formula(f, home, false)
	}
	covering := func(r string) string { return x.ref(r, x.covers) }
	moving := func(r string) string { return x.ref(r, never) }
	for s.Next() {
		switch {
		case s.Is("rowBreaks") && s.Kind == xmlpart.StartTag:
			rowBreaks = s.Depth()
		case s.Is("rowBreaks") && s.Kind == xmlpart.EndTag:
			rowBreaks = 0
		}
		if !s.OnElement() {
			continue
		}
		name := string(s.LocalName())
		switch name {
		case "formula", "formula1", "formula2", "f", "definedName", "calculatedColumnFormula", "totalsRowFormula":
			if holdsElement(data, s.End) {
				continue
			}
			if name == "definedName" {
				of := s.Value("name")
				text(func(f string) string { return x.nameFormula(of, f, home) })
			} else {
				text(formula)
			}
			continue
		case "hyperlink":
			attr("location", formula)
		}
		for _, a := range []string{"textlink", "fmlaLink", "fmlaRange"} {
			attr(a, formula)
		}
		if !own {
			continue
		}
		switch name {
		case "mergeCell", "hyperlink", "comment", "threadedComment":
			attr("ref", moving)
		case "autoFilter", "sortState", "sortCondition", "table":
			attr("ref", covering)
		case "conditionalFormatting", "dataValidation", "protectedRange", "ignoredError":
			attr("sqref", x.sqref)
		case "sqref":
			text(x.sqref)
		case "cellWatch", "inputCells":
			attr("r", moving)
		case "brk":
			if rowBreaks > 0 && s.Depth() >= rowBreaks {
				// A break stands below its row: the one below the data stays there.
				attr("id", func(id string) string {
					if n, ok := xmlpart.Number(id); ok {
						return strconv.Itoa(x.row(n))
					}
					return id
				})
			}
		}
	}
	if err == nil {
		err = s.Err()
	}
	return patches, err
}

// beside is a part that belongs to the sheet.
func (x *insertion) beside(kind, name string, data []byte) ([]byte, error) {
	var patches []xmlpart.Patch
	var err error
	switch kind {
	case "vmlDrawing":
		if !x.shift {
			return data, nil
		}
		if patches, err = x.vml(data); err != nil {
			return nil, x.refuse("ooxml.unsafe_object", "Object", name)
		}
	case "drawing":
		patches, err = x.elements(data, xmlpart.NewScanner(data), x.d.Sheet, false)
		if err == nil && x.shift {
			var anchors []xmlpart.Patch
			anchors, err = x.anchors(data)
			patches = append(patches, anchors...)
		}
	case "table":
		if err := x.checkTable(data); err != nil {
			return nil, err
		}
		patches, err = x.elements(data, xmlpart.NewScanner(data), x.d.Sheet, true)
	default:
		patches, err = x.elements(data, xmlpart.NewScanner(data), x.d.Sheet, true)
	}
	if err != nil {
		return nil, x.w.damagedPart(name, err)
	}
	return xmlpart.Apply(data, patches), nil
}

// checkTable refuses to tear a row through another table.
func (x *insertion) checkTable(data []byte) error {
	s := xmlpart.NewScanner(data)
	for s.Next() && s.Kind != xmlpart.StartTag {
	}
	r, ok := a1.ParseRange(s.Value("ref"))
	if x.shift && ok && r.First.Row < x.at && r.Last.Row >= x.at && (r.First.Col > x.t.Columns[1] || r.Last.Col < x.t.Columns[0]) {
		return x.refuse("ooxml.unsafe_beside")
	}
	return nil
}

// anchors moves the drawings of the sheet: rows count from 0 in them. A drawing
// that moves and sizes with the cells grows if the row comes in its midst.
func (x *insertion) anchors(data []byte) (patches []xmlpart.Patch, err error) {
	type end struct {
		at  xmlpart.Span
		row int
	}
	var from, to *end
	sizes := true
	flush := func() {
		move := func(e *end) {
			patches = append(patches, xmlpart.Replace(e.at, strconv.Itoa(x.row(e.row+1)-1)))
		}
		switch {
		case from == nil:
		case from.row+1 >= x.at:
			move(from)
			if to != nil {
				move(to)
			}
		case to != nil && sizes:
			move(to)
		}
		from, to = nil, nil
	}
	inTo := false
	s := xmlpart.NewScanner(data)
	for s.Next() {
		switch {
		case s.Kind == xmlpart.EndTag && strings.HasSuffix(string(s.LocalName()), "CellAnchor"):
			flush()
		case s.Kind == xmlpart.StartTag && strings.HasSuffix(string(s.LocalName()), "CellAnchor"):
			edit := s.Value("editAs")
			sizes = edit == "" || edit == "twoCell"
		case s.Kind == xmlpart.StartTag && (s.Is("from") || s.Is("to")):
			inTo = s.Is("to")
		case s.Kind == xmlpart.StartTag && s.Is("row"):
			start := s.End
			n, ok := xmlpart.Number(bytes.TrimSpace(s.Content(nil)))
			if !ok {
				continue
			}
			e := &end{xmlpart.Between(start, s.Start), n}
			if inTo {
				to = e
			} else {
				from = e
			}
		}
	}
	return patches, s.Err()
}

// vml moves the shapes of comments and form fields: their anchor is "column,
// offset, row, offset" for two corners, rows counting from 0.
func (x *insertion) vml(data []byte) (patches []xmlpart.Patch, err error) {
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if s.Kind != xmlpart.StartTag || !s.Is("Anchor") && !s.Is("Row") {
			continue
		}
		anchor := s.Is("Anchor")
		start := s.End
		old := string(s.Content(nil))
		fields := strings.Split(old, ",")
		rows := []int{0}
		if anchor {
			rows = []int{2, 6}
			if len(fields) != 8 {
				continue
			}
		}
		for _, i := range rows {
			n, ok := xmlpart.Number(strings.TrimSpace(fields[i]))
			if ok {
				fields[i] = strconv.Itoa(x.row(n+1) - 1)
			}
		}
		if now := strings.Join(fields, ","); now != old {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.Start), now))
		}
	}
	return patches, s.Err()
}

// otherPart is a part elsewhere in the workbook that may refer to the sheet.
type otherPart struct {
	name   string
	change func(data []byte) ([]byte, error)
}

// elsewhere lists the parts whose formulas may refer to the sheet.
func (x *insertion) elsewhere() (list []otherPart) {
	w := x.w
	plain := func(name, home string) {
		list = append(list, otherPart{name, func(data []byte) ([]byte, error) {
			if !x.mentioned(data) {
				return data, nil
			}
			patches, err := x.elements(data, xmlpart.NewScanner(data), home, false)
			if err != nil {
				return nil, w.damagedPart(name, err)
			}
			return xmlpart.Apply(data, patches), nil
		}})
	}
	plain(w.book.Part, "")
	for i, sp := range w.book.Sheets {
		if i != x.index && sp.Worksheet && sp.Part != "" {
			list = append(list, otherPart{sp.Part, func(data []byte) ([]byte, error) { return x.otherSheet(sp, data) }})
		}
	}
	for _, name := range w.book.Names() {
		switch key := zipfile.Fold(name); {
		case !strings.HasSuffix(key, ".xml"):
		case strings.Contains(key, "/charts/"):
			plain(name, "")
		case strings.Contains(key, "pivotcachedefinition"):
			list = append(list, otherPart{name, x.pivotSource})
		case x.shift && strings.HasSuffix(key, "/calcchain.xml"):
			list = append(list, otherPart{name, x.calcChain})
		}
	}
	return list
}

// mentioned reports whether a part can refer to the sheet by name. Some
// programs write other than ASCII characters as numbers (openpyxl without lxml).
func (x *insertion) mentioned(data []byte) bool {
	for _, coded := range []string{"&#", "&apos;", "&quot;"} {
		if bytes.Contains(data, []byte(coded)) {
			return true
		}
	}
	name := x.d.Sheet
	escaped := xmlpart.EscapeText(name)
	return bytes.Contains(data, []byte(name)) || bytes.Contains(data, []byte(escaped)) || bytes.Contains(data, []byte(strings.ReplaceAll(escaped, "'", "''"))) ||
		bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(escaped)))
}

// otherSheet is the part of another worksheet.
func (x *insertion) otherSheet(sp bookxml.SheetPart, data []byte) ([]byte, error) {
	if !x.mentioned(data) {
		return data, nil
	}
	d, err := sheetxml.NewDraft(sp.Name, sp.Part, data)
	if err != nil {
		return nil, x.w.damagedPart(sp.Part, err)
	}
	patches, err := x.cellPatches(d, false)
	if err != nil {
		return nil, err
	}
	tail, err := x.elements(data, d.Tail(), sp.Name, false)
	if err != nil {
		return nil, x.w.damagedPart(sp.Part, err)
	}
	return xmlpart.Apply(data, append(patches, tail...)), nil
}

// pivotSource is the definition of a pivot cache, which may draw on the table.
func (x *insertion) pivotSource(data []byte) ([]byte, error) {
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("worksheetSource") && x.isSheet(s.Value("sheet")) {
			if a := s.Attr("ref"); a != nil {
				return xmlpart.Splice(data, a.Value, x.ref(s.Value("ref"), x.covers)), nil
			}
		}
	}
	return data, nil
}

// calcChain moves the cells of the sheet in the calculation chain, where a cell
// without a formula would count as damage.
func (x *insertion) calcChain(data []byte) ([]byte, error) {
	var patches []xmlpart.Patch
	id := ""
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || !s.Is("c") {
			continue
		}
		if v := s.Value("i"); v != "" {
			id = v
		}
		a := s.Attr("r")
		if a == nil || id != x.w.book.Sheets[x.index].ID {
			continue
		}
		if at, ok := a1.ParseRef(s.Decode(a)); ok && x.row(at.Row) != at.Row {
			patches = append(patches, xmlpart.Replace(a.Value, a1.At(x.row(at.Row), at.Col).String()))
		}
	}
	if err := s.Err(); err != nil {
		return nil, x.w.damagedPart("calcChain.xml", err)
	}
	return xmlpart.Apply(data, patches), nil
}

// chainFormulas appends the new row's formulas to the calculation chain, if the
// workbook has one.
func (x *insertion) chainFormulas(parts []builtPart, sets map[int]sheetxml.Setting) ([]builtPart, error) {
	var added []int
	for _, col := range slices.Sorted(maps.Keys(sets)) {
		if sets[col].Formula != "" {
			added = append(added, col)
		}
	}
	r, ok, err := x.w.book.Rel(x.w.book.Part, "calcChain")
	if err != nil || !ok || len(added) == 0 || !x.w.book.Exists(r.Target) {
		return parts, err
	}
	data, err := x.w.book.Current(r.Target)
	if err != nil {
		return nil, err
	}
	for i, p := range parts {
		if zipfile.Fold(p.name) == zipfile.Fold(r.Target) {
			data = p.data
			parts = append(parts[:i:i], parts[i+1:]...)
			break
		}
	}
	whole, inner, prefix, err := xmlpart.Element(data, "calcChain", 1)
	if err != nil {
		return nil, x.w.damagedPart(r.Target, err)
	}
	var b strings.Builder
	for _, col := range added {
		b.WriteString("<" + prefix + `c r="` + a1.At(x.at, col).String() + `" i="` + x.w.book.Sheets[x.index].ID + `"/>`)
	}
	return append(parts, builtPart{r.Target, xmlpart.InsertLast(data, whole, inner, b.String())}), nil
}
