package ooxml

import (
	"bytes"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
)

// elements finds what the elements of a part other than cells say about rows.
// s stands before the first of them; home is the sheet on which formulas
// without a sheet name stand; own tells that positions (and not only formulas)
// are those of the table's sheet.
func (x *insertion) elements(data []byte, s *scanner, home string, own bool) (patches []patch, err error) {
	rowBreaks := 0
	attr := func(name string, change func(string) string) {
		a := s.attr(name)
		if a == nil {
			return
		}
		old := s.decode(a)
		if now := change(old); now != old {
			patches = append(patches, patch{a.value, escapeAttr(now)})
		}
	}
	text := func(change func(string) string) {
		if s.kind != tokStart {
			return
		}
		from := s.end
		old := string(s.content(nil))
		if now := change(old); now != old {
			patches = append(patches, patch{span{from, s.start}, string(appendXML(nil, now))})
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
	for s.next() {
		switch {
		case s.is("rowBreaks") && s.kind == tokStart:
			rowBreaks = s.depth()
		case s.is("rowBreaks") && s.kind == tokEnd:
			rowBreaks = 0
		}
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		name := string(s.localName())
		switch name {
		case "formula", "formula1", "formula2", "f", "definedName", "calculatedColumnFormula", "totalsRowFormula":
			if nested := bytes.TrimSpace(data[s.end:min(len(data), s.end+64)]); bytes.HasPrefix(nested, []byte("<")) && !bytes.HasPrefix(nested, []byte("<!")) {
				continue // the extension's form holds its own f element
			}
			if name == "definedName" {
				of := s.value("name")
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
			if rowBreaks > 0 && s.depth() >= rowBreaks {
				// A break stands below its row: the one below the data stays there.
				attr("id", func(id string) string {
					if n, ok := atoi([]byte(id)); ok {
						return strconv.Itoa(x.row(n))
					}
					return id
				})
			}
		}
	}
	if err == nil {
		err = s.err()
	}
	return patches, err
}

// appendXML appends character data with XML's own characters as entities.
func appendXML(dst []byte, s string) []byte {
	return append(dst, xmlEscaper.Replace(s)...)
}

var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// beside is a part that belongs to the sheet.
func (x *insertion) beside(kind, name string, data []byte) ([]byte, error) {
	var patches []patch
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
		patches, err = x.elements(data, newScanner(data), x.d.sheet, false)
		if err == nil && x.shift {
			var anchors []patch
			anchors, err = x.anchors(data)
			patches = append(patches, anchors...)
		}
	case "table":
		if err := x.checkTable(data); err != nil {
			return nil, err
		}
		patches, err = x.elements(data, newScanner(data), x.d.sheet, true)
	default:
		patches, err = x.elements(data, newScanner(data), x.d.sheet, true)
	}
	if err != nil {
		return nil, x.w.damagedPart(name, err)
	}
	return applyPatches(data, patches), nil
}

// checkTable refuses to tear a row through another table.
func (x *insertion) checkTable(data []byte) error {
	s := newScanner(data)
	for s.next() && s.kind != tokStart {
	}
	r, ok := a1.ParseRange(s.value("ref"))
	if x.shift && ok && r.First.Row < x.at && r.Last.Row >= x.at && (r.First.Col > x.t.Columns[1] || r.Last.Col < x.t.Columns[0]) {
		return x.refuse("ooxml.unsafe_beside")
	}
	return nil
}

// anchors moves the drawings of the sheet: rows count from 0 in them. A drawing
// that moves and sizes with the cells grows if the row comes in its midst.
func (x *insertion) anchors(data []byte) (patches []patch, err error) {
	type end struct {
		at  span
		row int
	}
	var from, to *end
	sizes := true
	flush := func() {
		move := func(e *end) {
			patches = append(patches, patch{e.at, strconv.Itoa(x.row(e.row+1) - 1)})
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
	s := newScanner(data)
	for s.next() {
		switch {
		case s.kind == tokEnd && strings.HasSuffix(string(s.localName()), "CellAnchor"):
			flush()
		case s.kind == tokStart && strings.HasSuffix(string(s.localName()), "CellAnchor"):
			edit := s.value("editAs")
			sizes = edit == "" || edit == "twoCell"
		case s.kind == tokStart && (s.is("from") || s.is("to")):
			inTo = s.is("to")
		case s.kind == tokStart && s.is("row"):
			start := s.end
			n, ok := atoi(bytes.TrimSpace(s.content(nil)))
			if !ok {
				continue
			}
			e := &end{span{start, s.start}, n}
			if inTo {
				to = e
			} else {
				from = e
			}
		}
	}
	return patches, s.err()
}

// vml moves the shapes of comments and form fields: their anchor is "column,
// offset, row, offset" for two corners, rows counting from 0.
func (x *insertion) vml(data []byte) (patches []patch, err error) {
	s := newScanner(data)
	for s.next() {
		if s.kind != tokStart || !s.is("Anchor") && !s.is("Row") {
			continue
		}
		anchor := s.is("Anchor")
		start := s.end
		old := string(s.content(nil))
		fields := strings.Split(old, ",")
		rows := []int{0}
		if anchor {
			rows = []int{2, 6}
			if len(fields) != 8 {
				continue
			}
		}
		for _, i := range rows {
			n, ok := atoi([]byte(strings.TrimSpace(fields[i])))
			if ok {
				fields[i] = strconv.Itoa(x.row(n+1) - 1)
			}
		}
		if now := strings.Join(fields, ","); now != old {
			patches = append(patches, patch{span{start, s.start}, now})
		}
	}
	return patches, s.err()
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
			patches, err := x.elements(data, newScanner(data), home, false)
			if err != nil {
				return nil, w.damagedPart(name, err)
			}
			return applyPatches(data, patches), nil
		}})
	}
	plain(w.book.part, "")
	for i, sp := range w.book.sheets {
		if i != x.index && sp.Worksheet && sp.part != "" {
			list = append(list, otherPart{sp.part, func(data []byte) ([]byte, error) { return x.otherSheet(sp, data) }})
		}
	}
	for _, name := range w.pkg.names() {
		switch key := foldPart(name); {
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
	name := x.d.sheet
	escaped := string(appendXML(nil, name))
	return bytes.Contains(data, []byte(name)) || bytes.Contains(data, []byte(escaped)) || bytes.Contains(data, []byte(strings.ReplaceAll(escaped, "'", "''"))) ||
		bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(escaped)))
}

// otherSheet is the part of another worksheet.
func (x *insertion) otherSheet(sp sheetPart, data []byte) ([]byte, error) {
	if !x.mentioned(data) {
		return data, nil
	}
	d, err := newDraft(sp.Name, sp.part, data)
	if err != nil {
		return nil, x.w.damagedPart(sp.part, err)
	}
	patches, err := x.cellPatches(d, false)
	if err != nil {
		return nil, err
	}
	tail, err := x.elements(data, d.tail(), sp.Name, false)
	if err != nil {
		return nil, x.w.damagedPart(sp.part, err)
	}
	return applyPatches(data, append(patches, tail...)), nil
}

// pivotSource is the definition of a pivot cache, which may draw on the table.
func (x *insertion) pivotSource(data []byte) ([]byte, error) {
	for s := newScanner(data); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("worksheetSource") && x.isSheet(s.value("sheet")) {
			if a := s.attr("ref"); a != nil {
				return splice(data, a.value, x.ref(s.value("ref"), x.covers)), nil
			}
		}
	}
	return data, nil
}

// calcChain moves the cells of the sheet in the calculation chain, where a cell
// without a formula would count as damage.
func (x *insertion) calcChain(data []byte) ([]byte, error) {
	var patches []patch
	id := ""
	s := newScanner(data)
	for s.next() {
		if s.kind != tokStart && s.kind != tokEmpty || !s.is("c") {
			continue
		}
		if v := s.value("i"); v != "" {
			id = v
		}
		a := s.attr("r")
		if a == nil || id != x.w.book.sheets[x.index].id {
			continue
		}
		if at, ok := a1.ParseRef(s.decode(a)); ok && x.row(at.Row) != at.Row {
			patches = append(patches, patch{a.value, a1.At(x.row(at.Row), at.Col).String()})
		}
	}
	if err := s.err(); err != nil {
		return nil, x.w.damagedPart("calcChain.xml", err)
	}
	return applyPatches(data, patches), nil
}

// chainFormulas appends the new row's formulas to the calculation chain, if the
// workbook has one.
func (x *insertion) chainFormulas(parts []builtPart, sets map[int]setting) ([]builtPart, error) {
	var added []int
	for _, col := range sortedKeys(sets) {
		if sets[col].formula != "" {
			added = append(added, col)
		}
	}
	r, ok, err := x.w.rel(x.w.book.part, "calcChain")
	if err != nil || !ok || len(added) == 0 || !x.w.exists(r.target) {
		return parts, err
	}
	data, err := x.w.current(r.target)
	if err != nil {
		return nil, err
	}
	for i, p := range parts {
		if foldPart(p.name) == foldPart(r.target) {
			data = p.data
			parts = append(parts[:i:i], parts[i+1:]...)
			break
		}
	}
	whole, inner, prefix, err := element(data, "calcChain", 1)
	if err != nil {
		return nil, x.w.damagedPart(r.target, err)
	}
	var b strings.Builder
	for _, col := range added {
		b.WriteString("<" + prefix + `c r="` + a1.At(x.at, col).String() + `" i="` + x.w.book.sheets[x.index].id + `"/>`)
	}
	return append(parts, builtPart{r.target, insertLast(data, whole, inner, b.String())}), nil
}
