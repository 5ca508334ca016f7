package ooxml

import (
	"strings"
	"sync"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// reading is what was read of the sheets.
type reading struct {
	sheets []*sheetRead // by index into the book's

	counting sync.Mutex
	left     allowance
}

// forget makes every sheet one that is still to be read.
func (r *reading) forget(sheets int, limits Limits) {
	r.sheets = make([]*sheetRead, sheets)
	for i := range r.sheets {
		r.sheets[i] = &sheetRead{}
	}
	r.left = limits.allowance()
}

// sheetRead is a sheet, read in two steps: its drop-down lists come second, because their
// items may stand in the cells of other sheets.
type sheetRead struct {
	grid  bookxml.OnceRead[*sheetxml.Grid]
	sheet bookxml.OnceRead[*Sheet]
}

// Sheets lists the sheets in tab order.
func (w *Workbook) Sheets() []SheetInfo {
	list := make([]SheetInfo, len(w.book.Sheets))
	for i, s := range w.book.Sheets {
		list[i] = s.SheetInfo
	}
	return list
}

// noSheet says that there is no worksheet of that name.
func (w *Workbook) noSheet(name string) error {
	var have []string
	for _, s := range w.book.Sheets {
		have = append(have, s.Name)
	}
	return &msg.Error{
		Class: ErrNoSheet,
		Text:  msg.New("ooxml.no_sheet", "File", w.path, "Sheet", name),
		Hint:  msg.New("ooxml.hint_sheets", "Sheets", strings.Join(have, ", ")),
	}
}

// cannotEdit says why there is no cell to write into: no sheet has that name, or the
// sheet has no cells.
func (w *Workbook) cannotEdit(name string) error {
	i := w.book.SheetIndex(name)
	if i < 0 {
		return w.noSheet(name)
	}
	key := map[string]string{"chartsheet": "ooxml.what_chartsheet", "dialogsheet": "ooxml.what_dialogsheet",
		"xlMacrosheet":     "ooxml.what_macrosheet",
		"xlIntlMacrosheet": "ooxml.what_macrosheet"}[w.book.Sheets[i].Kind]
	if key == "" {
		key = "ooxml.what_shared_sheet"
	}
	return &msg.Error{Class: ErrUnsafe, Text: msg.New("ooxml.no_cells", "File", w.path, "Sheet", w.book.Sheets[i].Name,
		"What", msg.New(key))}
}
