package rowmove

import (
	"bytes"
	"strconv"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// lists are the elements that hold items and, often, their count. One without items is
// not allowed.
var lists = map[string]bool{
	"mergeCells": true, "hyperlinks": true, "dataValidations": true, "protectedRanges": true, "ignoredErrors": true,
	"conditionalFormattings": true, "cellWatches": true, "definedNames": true,
}

// items are the elements that go as a whole with the rows that they are about.
var items = map[string]bool{
	"mergeCell": true, "hyperlink": true, "comment": true, "threadedComment": true, "conditionalFormatting": true,
	"dataValidation": true,
	"protectedRange": true, "ignoredError": true, "autoFilter": true, "cellWatch": true,
}

// walker rewrites what the elements of a part say about rows.
type walker struct {
	*Plan
	*xmlpart.Scanner
	rows    *Rows  // of home
	home    string // the sheet on which formulas without a sheet name stand
	own     bool   // the elements stand on home: their positions follow, and not their formulas only
	breaks  int    // depth of the rowBreaks element that is open; 0 if none is
	open    []frame
	patches []xmlpart.Patch
	err     error
}

// frame is an open element that may be left out.
type frame struct {
	kind  frameKind
	depth int // of what is in it
	start int // where it begins
	mark  int // patches made before it

	// Of an item.
	lost     bool
	ranges   []a1.Range // that it is about, in old numbers
	formulas []heldText // that count from the first of ranges

	// Of a list or a wrapper.
	count xmlpart.Span // value of its count attribute; empty if there is none
	total int          // what was in it
	left  int          // what is left
}

type frameKind uint8

const (
	item    frameKind = iota
	list              // goes if nothing is in it
	wrapper           // goes if all that was in it does: an ext element, and the list of those
)

// heldText is the text of an element and where it stands.
type heldText struct {
	at   xmlpart.Span
	text string
}

// follow rewrites what the elements that s comes to say about rows. home is the sheet on
// which formulas without a sheet name stand; own tells that the elements stand on that
// sheet, so that their positions follow and not their formulas only.
func (p *Plan) follow(s *xmlpart.Scanner, home string, own bool) ([]xmlpart.Patch, error) {
	w := &walker{Plan: p, Scanner: s, rows: p.RowsOf(home), home: home, own: own}
	for w.err == nil && s.Next() {
		switch s.Kind {
		case xmlpart.StartTag, xmlpart.EmptyTag:
			w.element()
		case xmlpart.EndTag:
			if n := len(w.open); n > 0 && s.Depth() < w.open[n-1].depth {
				w.close()
			}
			if w.breaks > s.Depth() {
				w.breaks = 0
			}
		}
	}
	if w.err == nil {
		w.err = s.Err()
	}
	return w.patches, w.err
}

// Element is an element behind the rows of a sheet as it reads afterwards; "" if nothing
// of it is left.
func (p *Plan) Element(elem, sheet string) (string, error) {
	data := []byte(elem)
	patches, err := p.follow(xmlpart.NewScanner(data), sheet, true)
	if err != nil || len(patches) == 0 {
		return elem, err
	}
	return string(xmlpart.Apply(data, patches)), nil
}

// element handles the start of an element.
func (w *walker) element() {
	name := string(w.LocalName())
	isOpen := w.Kind == xmlpart.StartTag
	start := w.Start
	switch {
	case lists[name]:
		w.push(list)
		if a := w.Attr("count"); a != nil {
			w.open[len(w.open)-1].count = a.Value
		}
	case w.IsCopy && (name == "ext" || name == "extLst"):
		w.push(wrapper)
	case w.own && items[name]:
		w.push(item)
	case name == "rowBreaks" && isOpen:
		w.breaks = w.Depth()
	}
	switch name {
	case "definedName", "calculatedColumnFormula", "totalsRowFormula":
		if isOpen {
			w.formulaElement(name, start)
		}
		return
	case "formula", "formula1", "formula2", "f":
		if isOpen && !HoldsElement(w.Data, w.End) {
			w.formulaText()
		}
		return
	case "sqref":
		if isOpen && !w.own { // of a series that the chart does not show
			w.formulaText()
			return
		}
	}
	w.formulaAttrs(name)
	if w.own {
		w.position(name)
	}
	if !isOpen && (lists[name] || items[name] && w.own) {
		w.close()
	}
}

// push begins an element that may be left out. An empty one ends where it begins.
func (w *walker) push(kind frameKind) {
	if kind == wrapper && w.Kind == xmlpart.EmptyTag {
		return
	}
	w.open = append(w.open, frame{kind: kind, depth: w.Depth(), start: w.Start, mark: len(w.patches)})
}

// item is the innermost open item; nil if the scanner is in none.
func (w *walker) item() *frame {
	if n := len(w.open); n > 0 && w.open[n-1].kind == item {
		return &w.open[n-1]
	}
	return nil
}

// close ends the innermost open element: it stays, with a new count if it has lost
// items, or goes.
func (w *walker) close() {
	n := len(w.open) - 1
	f := w.open[n]
	w.open = w.open[:n]
	gone := false
	switch f.kind {
	case item:
		for _, x := range f.formulas {
			w.replaceFormula(x, f.ranges, &f.lost)
		}
		gone = f.lost
	case list:
		gone = f.left == 0 && w.IsCopy
		if f.left != f.total && f.count.End > 0 {
			w.replace(f.count, strconv.Itoa(f.left))
		}
	case wrapper:
		gone = f.left == 0 && f.total > 0
	}
	if gone {
		w.patches = w.patches[:f.mark]
		w.replace(xmlpart.Between(f.start, w.End), "")
	}
	if n > 0 {
		w.open[n-1].total++
		if !gone {
			w.open[n-1].left++
		}
	}
}

func (w *walker) replace(at xmlpart.Span, text string) {
	w.patches = append(w.patches, xmlpart.Replace(at, text))
}

// replaceFormula writes a formula as it reads afterwards. One that cannot be moved is an
// obstacle, or in a copy lost.
func (w *walker) replaceFormula(x heldText, ranges []a1.Range, lost *bool) {
	now, ok := "", false
	if ranges != nil {
		now, ok = w.relative(x.text, w.home, ranges)
	} else {
		now, ok = w.Formula(x.text, w.home)
	}
	switch {
	case !ok && w.IsCopy:
		*lost = true
	case !ok && w.err == nil:
		w.err = &Obstacle{Formula, x.text}
	case now != x.text:
		w.replace(x.at, xmlpart.EscapeText(now))
	}
}

// held reads the text of the element that has just started, up to its end tag.
func (w *walker) held() heldText {
	from := w.End
	text := string(w.Content(nil))
	return heldText{xmlpart.Between(from, w.Start), text}
}

// formulaText is a formula in an element of its own.
func (w *walker) formulaText() {
	x := w.held()
	if f := w.item(); f != nil {
		f.formulas = append(f.formulas, x) // its ranges may stand behind it
		return
	}
	lost := false
	w.replaceFormula(x, nil, &lost)
}

// formulaElement is an element that goes if its formula is lost.
func (w *walker) formulaElement(name string, start int) {
	f := frame{kind: item, start: start, mark: len(w.patches), depth: w.Depth()}
	w.open = append(w.open, f)
	switch name {
	case "definedName":
		w.definedName(&w.open[len(w.open)-1])
	default:
		w.open[len(w.open)-1].formulas = []heldText{w.held()}
	}
	w.close()
}

// formulaAttributes are the attributes that hold formulas, with the element that they stand on where others
// have attributes of that name that are none.
var formulaAttributes = map[string]string{
	"textlink": "", "cellRange": "cameraTool", // shapes that show a cell, and pictures of cells
	"fmlaLink": "", "fmlaRange": "", "fmlaTxbx": "", "linkedCell": "", "listFillRange": "", // form controls
	"location": "hyperlink", "val": "cfvo", "cell": "parameter",
}

// formulaAttrs rewrites the attributes that hold formulas.
func (w *walker) formulaAttrs(name string) {
	for i := range w.Attrs {
		a := &w.Attrs[i]
		element, ok := formulaAttributes[string(w.Data[a.Name.Start:a.Name.End])]
		if !ok || element != "" && element != name {
			continue
		}
		old := w.Decode(a)
		now, ok := w.Formula(old, w.home)
		switch {
		case !ok && !w.IsCopy:
			w.err = &Obstacle{Formula, old}
		case !ok:
			if f := w.item(); f != nil {
				f.lost = true
			}
		case now != old:
			w.replace(a.Value, xmlpart.EscapeAttr(now))
		}
	}
}

// position is what an element of the sheet says about its place.
func (w *walker) position(name string) {
	switch name {
	case "mergeCell", "hyperlink", "comment", "threadedComment":
		w.place("ref", Moves, name == "mergeCell")
	case "autoFilter", "sortState", "sortCondition", "table":
		w.place("ref", Covering, false)
	case "cellWatch", "inputCells", "cellSmartTags":
		w.place("r", Moves, false)
	case "dataRef":
		if sheet := w.Value("sheet"); w.Attr("id") == nil && (sheet == "" || Fold(sheet) == Fold(w.home)) {
			w.place("ref", Covering, false)
		}
	case "conditionalFormatting", "dataValidation", "protectedRange", "ignoredError":
		if a := w.Attr("sqref"); a != nil {
			w.ranges(a.Value, w.Decode(a))
		}
	case "sqref":
		if w.Kind == xmlpart.StartTag {
			x := w.held()
			w.ranges(x.at, x.text)
		}
	case "brk":
		// A break stands below its row: the one below the data stays there.
		if a := w.Attr("id"); a != nil && w.breaks > 0 {
			if n, ok := xmlpart.Number(w.Data[a.Value.Start:a.Value.End]); ok {
				if now, _ := w.rows.Row(n); now != n {
					w.replace(a.Value, strconv.Itoa(now))
				}
			}
		}
	}
}

// place moves the range in an attribute; several tells that one cell alone is none.
func (w *walker) place(attr string, growth Growth, several bool) {
	a := w.Attr(attr)
	if a == nil {
		return
	}
	r, ok := a1.ParseRange(w.Decode(a))
	if !ok {
		return
	}
	now, ok := w.rows.Span(r, growth)
	if f := w.item(); f != nil && (!ok || several && w.IsCopy && now.First == now.Last) {
		f.lost = true
	} else if ok && now != r {
		w.replace(a.Value, now.String())
	}
}

// ranges moves a list of ranges.
func (w *walker) ranges(at xmlpart.Span, old string) {
	now, before, ok := w.sqref(old, w.home)
	if f := w.item(); f != nil {
		f.ranges = before
		f.lost = f.lost || !ok
	}
	if now != old {
		w.replace(at, xmlpart.EscapeAttr(now))
	}
}

// HoldsElement reports whether an element begins with another one, and not with its
// text; at is behind its start tag. The formulas of the extensions' form hold an f
// element.
func HoldsElement(data []byte, at int) bool {
	next := bytes.TrimSpace(data[at:min(len(data), at+64)])
	return bytes.HasPrefix(next, []byte("<")) && !bytes.HasPrefix(next, []byte("<!"))
}
