package ooxml

import (
	"maps"
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/rowmove"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// Extraction says what Extract leaves out of a workbook and what may be filled
// in. Sheets go by name, rows and cells by their numbers in the workbook as it
// was read.
type Extraction struct {
	Drop   []string              // sheets left out whole
	Remove map[string][]int      // rows left out
	Empty  map[string][]int      // rows that stay as they look, with nothing in them
	Clear  map[string][]a1.Ref   // cells that stay as they look, with nothing in them
	Open   map[string][]a1.Range // cells that people may fill in
	Shade  map[string][]a1.Range // cells that are for reading only: light grey, and locked

	// Protect are sheets to be protected (without a password) unless they are
	// already. On a sheet that was protected before, a cell that was locked stays
	// locked, whatever Open says.
	Protect []string

	// Given are the rows that the copy is about, as far as the tables reach. They go on
	// saying what they say: a formula there that needs what is left out becomes the
	// value that it last had; elsewhere one that looks something up in it goes.
	Given map[string][]a1.Range

	// Tells reports whether a text tells of those that the copy is not for. Messages and
	// entries of drop-down lists, conditional formats, names, headers and footers,
	// and comments beside the rows given are left out if they do. nil: none does.
	Tells func(text string) bool

	Properties map[string]string // custom document properties to set; the workbook's own are left out
}

// Extract is a workbook with part of the content of w, in the same look: what
// is left out is nowhere in it, not among the shared strings, in comments, link
// targets, cached data of charts and pivot tables or the calculation chain
// either. w can be used for nothing else afterwards.
//
// Rows below those left out move up. Merged cells, drop-down lists, conditional
// formats, filters, tables, comments, names and formulas follow; what spoke
// only of what is left out goes with it. A formula that needs what is left out
// becomes the value that it last had; one that took it in among other things is
// calculated anew, or when the copy is opened. What could show more than it
// should is left out: charts, pictures beside the rows, form controls, embedded
// objects, macros, and every part that is not known (see belonging).
//
// Errors: ErrUnsafe for an Excel table that would be without a row; ErrSigned,
// ErrNoSheet, ErrDamaged.
func (w *Workbook) Extract(e Extraction) (data []byte, err error) {
	defer w.say(&err)
	if err := w.mayEdit(); err != nil {
		return nil, err
	}
	if w.Dirty() {
		return nil, &msg.Error{Class: ErrUnsafe, Text: msg.New("ooxml.extract_dirty", "File", w.path)}
	}
	x := &extraction{
		w: w, e: e, rows: map[string]*rowMap{}, cut: map[string]bool{},
		plan: rowmove.Plan{
			Book: w.book, IsCopy: true, Rows: map[string]*rowmove.Rows{},
			SheetsLost: map[string]bool{}, NamesLost: map[string]bool{}, TablesLost: map[string]bool{},
		},
		renamed: map[string]bool{}, unknown: map[bookxml.Place]bool{},
	}
	x.plan.NewTableName = x.renamedTable
	// A copy has the parts that relationships lead to: without one it would be
	// without a workbook.
	if main, ok, err := w.book.Rel("", "officeDocument"); err != nil {
		return nil, err
	} else if !ok || zipfile.Fold(main.Target) != zipfile.Fold(w.book.Part) {
		return nil, opc.Damaged(opc.RelsPart(""), xmlpart.ErrNoElement)
	}
	if err := x.prepare(); err != nil {
		return nil, err
	}
	if err := x.findStale(); err != nil {
		return nil, err
	}
	if err := x.workbook(); err != nil {
		return nil, err
	}
	for _, i := range x.kept {
		if err := x.worksheet(i); err != nil {
			return nil, err
		}
	}
	for _, trim := range []func() error{x.scrubStrings, x.persons, x.cellPictures, x.documentProperties} {
		if err := trim(); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.Properties)) {
		if err := w.SetProperty(name, e.Properties[name]); err != nil {
			return nil, err
		}
	}
	if err := w.book.CalcOnLoad(); err != nil {
		return nil, err
	}
	w.spent = true
	if err := x.leaveOutParts(); err != nil {
		return nil, err
	}
	if err := x.calculate(); err != nil {
		return nil, err
	}
	return w.pack()
}

// extraction is the work of Extract.
type extraction struct {
	w       *Workbook
	e       Extraction
	plan    rowmove.Plan
	kept    []int                  // sheets, by index
	rows    map[string]*rowMap     // by folded sheet name
	cut     map[string]bool        // relationships left out: source part, folded, and id
	stale   map[bookxml.Place]bool // formulas whose value tells of what is left out
	unclear bool                   // there are too many formulas to know which are stale
	unknown map[bookxml.Place]bool // stale formulas above the rows given that had no value before, either
	styles  styleVariants

	renamed  map[string]bool   // tables that stay and whose names tell of others, folded
	neutrals map[string]string // names in the place of those that tell of others, by these, folded
}

// rowMap tells where the rows of a sheet are after some are left out, and what is
// emptied in those that stay.
type rowMap struct {
	rowmove.Rows
	empty   map[int]bool
	cleared map[int][]int // rows of the cells that are emptied, by column, ascending
	clears  map[int]bool  // rows of cleared
}

// cellAt is a cell as a range.
func cellAt(at a1.Ref) a1.Range { return a1.Range{First: at, Last: at} }

// isCleared reports whether a cell of a range is emptied by itself.
func (m *rowMap) isCleared(r a1.Range) bool {
	for col, rows := range m.cleared {
		if col < r.First.Col || col > r.Last.Col {
			continue
		}
		if i, _ := slices.BinarySearch(rows, r.First.Row); i < len(rows) && rows[i] <= r.Last.Row {
			return true
		}
	}
	return false
}

// hasContent reports whether a row of a range stays, and is not emptied.
func (m *rowMap) hasContent(r a1.Range) bool {
	for n := r.First.Row; n <= r.Last.Row; n++ {
		if _, ok := m.Row(n); ok && !m.empty[n] {
			return true
		}
	}
	return false
}

func (x *extraction) prepare() error {
	for _, name := range x.e.Drop {
		i := x.w.book.SheetIndex(name)
		if i < 0 {
			return x.w.noSheet(name)
		}
		x.plan.SheetsLost[rowmove.Fold(x.w.book.Sheets[i].Name)] = true
	}
	for name, rows := range x.e.Remove {
		m, err := x.newRowsOf(name)
		if err != nil {
			return err
		}
		m.Gone = slices.Clone(rows)
		slices.Sort(m.Gone)
		m.Gone = slices.Compact(m.Gone)
	}
	for name, rows := range x.e.Empty {
		m, err := x.newRowsOf(name)
		if err != nil {
			return err
		}
		m.empty = map[int]bool{}
		for _, n := range rows {
			m.empty[n] = true
		}
	}
	for name, cells := range x.e.Clear {
		m, err := x.newRowsOf(name)
		if err != nil {
			return err
		}
		m.cleared, m.clears = map[int][]int{}, map[int]bool{}
		for _, at := range cells {
			m.cleared[at.Col] = append(m.cleared[at.Col], at.Row)
			m.clears[at.Row] = true
		}
		for _, rows := range m.cleared {
			slices.Sort(rows)
		}
	}
	for i, sp := range x.w.book.Sheets {
		// Chart sheets remember the figures that they show; what macro sheets and
		// dialogs tell nobody knows.
		stays := sp.Worksheet && !x.plan.SheetsLost[rowmove.Fold(sp.Name)]
		if stays {
			x.kept = append(x.kept, i)
		} else {
			x.plan.SheetsLost[rowmove.Fold(sp.Name)] = true
		}
		rels, err := x.w.book.Rels(sp.Part)
		if err != nil {
			return err
		}
		for _, r := range rels {
			if r.Kind != "table" || r.External {
				continue
			}
			if data, err := x.w.book.Current(r.Target); err == nil {
				s := xmlpart.NewScanner(data)
				for s.Next() && s.Kind != xmlpart.StartTag {
				}
				name := s.Value("displayName")
				if stays {
					x.renamed[rowmove.Fold(name)] = x.tells(name)
				} else {
					x.plan.TablesLost[rowmove.Fold(name)] = true
				}
			}
		}
	}
	return nil
}

// newRowsOf is the row map of a sheet that the extraction names, made if there is none.
func (x *extraction) newRowsOf(sheet string) (*rowMap, error) {
	i := x.w.book.SheetIndex(sheet)
	if i < 0 {
		return nil, x.w.noSheet(sheet)
	}
	key := rowmove.Fold(x.w.book.Sheets[i].Name)
	if x.rows[key] == nil {
		m := &rowMap{}
		x.rows[key], x.plan.Rows[key] = m, &m.Rows
	}
	return x.rows[key], nil
}

// rowsOf is the row map of a sheet, or an empty one if the extraction does not name it.
func (x *extraction) rowsOf(sheet string) *rowMap {
	if m := x.rows[rowmove.Fold(sheet)]; m != nil {
		return m
	}
	return &rowMap{}
}

// cutRel leaves a relationship out.
func (x *extraction) cutRel(source, id string) { x.cut[zipfile.Fold(source)+"\x00"+id] = true }

// isCut reports whether a relationship is left out.
func (x *extraction) isCut(source, id string) bool { return x.cut[zipfile.Fold(source)+"\x00"+id] }

// cutRels writes lists of relationships without those that are left out, and
// [Content_Types].xml without the parts that are gone.
func (x *extraction) cutRels(used map[string]bool) error {
	for _, name := range x.w.book.Names() {
		key := zipfile.Fold(name)
		if !strings.HasSuffix(key, ".rels") && key != zipfile.Fold(opc.TypesPart) || !used[key] {
			continue
		}
		data, err := x.w.book.Current(name)
		if err != nil {
			return err
		}
		source := strings.TrimSuffix(strings.Replace(key, "_rels/", "", 1), ".rels")
		var patches []xmlpart.Patch
		for s := xmlpart.NewScanner(data); s.Next(); {
			if !s.OnElement() {
				continue
			}
			start := s.Start
			gone := s.Is("Relationship") && x.isCut(source, s.Value("Id")) || s.Is("Override") &&
				!used[zipfile.Fold(s.Value("PartName"))]
			if gone {
				s.Skip()
				patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
			}
		}
		if patches != nil {
			x.w.book.Put(name, xmlpart.Apply(data, patches))
		}
	}
	return nil
}

// leaveOutParts leaves the parts out that do not belong to the copy.
func (x *extraction) leaveOutParts() error {
	used, kinds, err := x.belongs()
	if err == nil {
		err = x.words(kinds)
	}
	if err != nil {
		return err
	}
	for _, name := range x.w.book.AddedNames() {
		used[zipfile.Fold(name)] = true
	}
	if err := x.cutRels(used); err != nil {
		return err
	}
	x.w.book.Settle(used)
	return nil
}
