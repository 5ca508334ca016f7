package ooxml

import (
	"errors"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// draft gives a sheet ready for editing.
func (w *Workbook) draft(sheet string) (*sheetxml.Draft, error) {
	i := w.sheetIndex(sheet)
	if i < 0 || !w.book.sheets[i].Worksheet {
		return nil, w.cannotEdit(sheet)
	}
	sp := w.book.sheets[i]
	if g := w.edits.drafts[sp.part]; g != nil {
		return g, nil
	}
	read := func() ([]byte, error) { return w.sheetText(i) }
	if w.pkg.IsEdited(sp.part) {
		read = func() ([]byte, error) { return w.pkg.Current(sp.part) }
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	g, err := sheetxml.NewDraft(sp.Name, sp.part, data)
	if err != nil {
		return nil, w.draftError(sp, err)
	}
	if err := w.readTableHeaders(g); err != nil {
		return nil, err
	}
	if w.edits.drafts == nil {
		w.edits.drafts = map[string]*sheetxml.Draft{}
	}
	w.edits.drafts[sp.part] = g
	return g, nil
}

// draftError says why a sheet cannot be edited.
func (w *Workbook) draftError(sp sheetPart, err error) error {
	var twice *sheetxml.RowTwiceError
	if !errors.As(err, &twice) {
		return w.damagedPart(sp.part, err)
	}
	return &msg.Error{
		Class: ErrUnsafe,
		Text:  msg.New("ooxml.row_twice", "File", w.path, "Sheet", sp.Name, "Row", twice.Row),
		Hint:  msg.New("ooxml.hint_repair"),
	}
}

// readTableHeaders notes the header rows of the sheet's table parts, and its
// pivot tables.
func (w *Workbook) readTableHeaders(g *sheetxml.Draft) error {
	rels, err := w.pkg.Rels(g.Part)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range rels {
		if r.Kind != "table" && r.Kind != "pivotTable" || r.External || seen[zipfile.Fold(r.Target)] {
			continue
		}
		seen[zipfile.Fold(r.Target)] = true
		data, err := w.pkg.Current(r.Target)
		if err != nil {
			continue // a table that is not there binds nothing
		}
		if r.Kind == "pivotTable" {
			g.AddPivot(data)
			continue
		}
		for s := xmlpart.NewScanner(data); s.Next(); {
			if s.Depth() == 1 && s.Kind == xmlpart.StartTag && s.Is("table") {
				rng, ok := a1.ParseRange(s.Value("ref"))
				if n := sheetxml.RowCount(s, "totalsRowCount", 0); ok && n > 0 && n <= rng.Last.Row-rng.First.Row {
					g.Totals = append(g.Totals, a1.Range{First: a1.At(rng.Last.Row-n+1, rng.First.Col), Last: rng.Last})
				}
				if ok && sheetxml.RowCount(s, "headerRowCount", 1) > 0 {
					rng.Last.Row = rng.First.Row
					g.Headers = append(g.Headers, rng)
				}
				break
			}
		}
	}
	return nil
}
