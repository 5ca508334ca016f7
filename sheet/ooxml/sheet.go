package ooxml

import (
	"errors"
	"slices"
	"sort"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Sheet reads a sheet by name, which is matched without regard to case if need
// be. The result is kept: a second call costs nothing. A chart, dialog or macro
// sheet comes back without cells. Errors: ErrNoSheet, ErrDamaged, ErrTooLarge.
func (w *Workbook) Sheet(name string) (sheet *Sheet, err error) {
	defer w.say(&err)
	i := w.sheetIndex(name)
	if i < 0 {
		return nil, w.noSheet(name)
	}
	return w.book.read[i].sheet.do(func() (*Sheet, error) {
		g, err := w.grid(i)
		if err != nil {
			return nil, err
		}
		sheet := g.sheet
		sheet.Validations = w.validations(i, g.lists)
		if part := w.book.sheets[i].part; part != "" && sheet.Cells != nil {
			tables := &draft{part: part}
			if err := w.readTableHeaders(tables); err != nil {
				return nil, err
			}
			sheet.Totals = tables.totals
		}
		return &sheet, nil
	})
}

// grid is what one sheet part says by itself.
type grid struct {
	sheet Sheet     // without Validations
	lists []rawList // in the order of the file
}

// grid reads the part of a sheet once.
func (w *Workbook) grid(i int) (*grid, error) {
	return w.book.read[i].grid.do(func() (*grid, error) {
		sp := w.book.sheets[i]
		g := &grid{sheet: Sheet{
			Name:       sp.Name,
			Visibility: sp.Visibility,
			HiddenRows: map[int]bool{},
			HiddenCols: map[int]bool{},
		}}
		if !sp.Worksheet {
			return g, nil
		}
		go w.sharedStrings() // inflated and read beside the sheet, which asks for them last
		s, err := w.scanSheet(i)
		if err != nil {
			return nil, err
		}
		st, err := w.readStyles()
		if err != nil {
			return nil, err
		}
		// Sheets are counted one after the other, so that together they stay
		// within the limits.
		w.book.counting.Lock()
		defer w.book.counting.Unlock()
		limits := w.opt.Limits.orDefault()
		r := sheetReader{s: s, grid: g, most: int(w.book.left.cells), limit: limits.Cells, isRich: w.isRichPicture, struck: w.struckTexts}
		if err := r.read(w.sharedStrings); err != nil {
			return nil, w.damagedSheet(sp, r.at, s.Cause(err))
		}
		g.strikeCells(st)
		if err := w.book.left.take(g.sheet.Cells, limits); err != nil {
			return nil, w.damagedSheet(sp, a1.Ref{}, err)
		}
		return g, nil
	})
}

// damagedSheet says where in a sheet reading stopped.
func (w *Workbook) damagedSheet(sp sheetPart, at a1.Ref, cause error) error {
	err := w.damagedPart(sp.part, cause)
	e, ok := err.(*msg.Error)
	var limit *limitError
	if errors.As(cause, &limit) {
		e.Text.Args["Sheet"] = sp.Name
		e.Hint = msg.New("ooxml.hint_too_many")
		return e
	}
	if !ok || e.Class != ErrDamaged || e.Err != cause {
		return err
	}
	if at == (a1.Ref{}) {
		e.Text = msg.New("ooxml.sheet_damaged", "File", w.path, "Sheet", sp.Name)
	} else {
		e.Text = msg.New("ooxml.cell_damaged", "File", w.path, "Sheet", sp.Name, "Cell", a1.At(at.Row, max(at.Col, 1)).String())
	}
	return e
}

// Cell finds one cell; a cell that is not stored comes back Blank with style 0
// and ok false.
func (s *Sheet) Cell(at a1.Ref) (c Cell, ok bool) {
	i := sort.Search(len(s.Cells), func(i int) bool { return !s.Cells[i].Before(at) })
	if i < len(s.Cells) && s.Cells[i].Ref == at {
		return s.Cells[i], true
	}
	return Cell{Ref: at}, false
}

// Row is the slice of s.Cells in row, empty if there are none.
func (s *Sheet) Row(row int) []Cell {
	from := sort.Search(len(s.Cells), func(i int) bool { return s.Cells[i].Row >= row })
	n := sort.Search(len(s.Cells)-from, func(i int) bool { return s.Cells[from+i].Row > row })
	return s.Cells[from : from+n : from+n]
}

// sheetReader reads a worksheet part.
//
// Where a file is careless, this holds, as in LibreOffice: a row or cell without
// reference follows the one before it; rows and cells may stand in any order; of
// two cells with one reference the later one counts, unless it is blank. A cell
// whose reference is not in the row that it stands in is damage: Excel refuses
// it, LibreOffice goes by the cell and others by the row, so that nobody knows
// which one a person has seen.
type sheetReader struct {
	s     *xmlpart.Scanner
	grid  *grid
	most  int   // cells that it may have
	limit int64 // of cells that the workbook may have, for the message
	text  textBuffer
	buf   []byte
	at    a1.Ref // the cell being read, for messages; zero outside the cells

	formula []byte            // of the cell being read
	isRich  func(vm int) bool // whether a cell's value metadata stands for a picture; nil: it does

	strike strike                // of the rich text read last
	struck func() map[int]string // what of shared strings is not struck out, asked after them; nil: nobody wants to know

	shared   []uint32   // numbers of the texts of the cells of kind unresolved, in the order of the file
	listed   int        // ranges of drop-down lists
	disorder bool       // cells are not ascending as they stand in the file
	arrays   []a1.Range // of array formulas and data tables that fill several cells
}

var errNoText = errors.New("text that is not among the shared strings")

// unresolved is the kind of a cell whose text is known by its number only.
const unresolved Kind = 255

// read reads the part. It asks for the shared strings when it has read the rest.
func (r *sheetReader) read(shared func() ([]string, error)) error {
	s := r.s
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		if s.Depth() == 1 && s.Kind == xmlpart.StartTag {
			continue // the root
		}
		var err error
		switch string(s.LocalName()) {
		case "sheetData":
			if err = r.rows(); err == nil {
				err = s.Err()
			}
			if err == nil {
				r.at = a1.Ref{}
			}
		case "cols":
			err = r.cols()
		case "mergeCells":
			err = r.merges()
		case "sheetProtection":
			r.grid.sheet.Protected = s.Flag("sheet", false)
			s.Skip()
		case "dataValidations":
			err = r.lists()
		case "extLst":
			err = r.extensions()
		default:
			s.Skip()
		}
		if err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		return err
	}
	if err := r.resolve(shared); err != nil {
		return err
	}
	r.order()
	return r.markArrays()
}

// resolve gives cells their shared strings.
func (r *sheetReader) resolve(shared func() ([]string, error)) error {
	texts, err := shared()
	if err != nil {
		return err
	}
	var struck map[int]string
	if r.struck != nil {
		struck = r.struck()
	}
	next := 0
	cells := r.grid.sheet.Cells
	for i := range cells {
		if cells[i].Kind != unresolved {
			continue
		}
		n := int(r.shared[next])
		next++
		if n >= len(texts) {
			r.at = cells[i].Ref
			return errNoText
		}
		cells[i].setText(texts[n])
		if live, ok := struck[n]; ok {
			r.grid.noteStruck(cells[i].Ref, live)
		}
	}
	r.shared = nil
	return nil
}

func (r *sheetReader) cols() error {
	s := r.s
	n := 0 // hidden columns, each as often as it is named
	return s.Children(func() error {
		if s.Is("col") && s.Flag("hidden", false) {
			first, ok1 := xmlpart.Number(s.Value("min"))
			last, ok2 := xmlpart.Number(s.Value("max"))
			if ok1 && ok2 {
				for col := max(first, 1); col <= min(last, a1.MaxCol); col++ {
					if n++; n > 4*a1.MaxCol {
						return s.Wrong("columns that overlap without end")
					}
					r.grid.sheet.HiddenCols[col] = true
				}
			}
		}
		s.Skip()
		return nil
	})
}

func (r *sheetReader) merges() error {
	s := r.s
	return s.Children(func() error {
		if s.Is("mergeCell") {
			m, ok := a1.ParseRange(s.Value("ref"))
			if !ok {
				return s.Wrong("merged range that cannot be read")
			}
			if m.First != m.Last {
				if r.grid.sheet.Merges = append(r.grid.sheet.Merges, m); len(r.grid.sheet.Merges) > maxRanges {
					return &limitError{"ooxml.too_many_ranges", maxRanges}
				}
			}
		}
		s.Skip()
		return nil
	})
}

// order sorts the cells and drops those that a later one replaces.
func (r *sheetReader) order() {
	if !r.disorder {
		return
	}
	cells := r.grid.sheet.Cells
	slices.SortStableFunc(cells, func(a, b Cell) int {
		switch {
		case a.Before(b.Ref):
			return -1
		case b.Before(a.Ref):
			return 1
		}
		return 0
	})
	kept := cells[:0]
	for _, c := range cells {
		if n := len(kept); n > 0 && kept[n-1].Ref == c.Ref {
			if c.Kind != Blank || c.Formula {
				kept[n-1] = c
			}
			continue
		}
		kept = append(kept, c)
	}
	r.grid.sheet.Cells = kept
}

// markArrays marks the cells that an array formula or data table fills.
func (r *sheetReader) markArrays() error {
	sheet := &r.grid.sheet
	budget := 1<<20 + 64*len(sheet.Cells)
	for _, a := range r.arrays {
		from := sort.Search(len(sheet.Cells), func(i int) bool { return sheet.Cells[i].Row >= a.First.Row })
		for i := from; i < len(sheet.Cells) && sheet.Cells[i].Row <= a.Last.Row; i++ {
			if budget--; budget < 0 {
				return &xmlpart.SyntaxError{Off: 0, What: "array formulas that overlap without end"}
			}
			if c := &sheet.Cells[i]; c.Col >= a.First.Col && c.Col <= a.Last.Col {
				c.Formula = true
			}
		}
	}
	return nil
}

// rowsOf is the slice of s.Cells in the rows of ref, whatever their columns.
func (s *Sheet) rowsOf(ref a1.Range) []Cell {
	from := sort.Search(len(s.Cells), func(i int) bool { return s.Cells[i].Row >= ref.First.Row })
	n := sort.Search(len(s.Cells)-from, func(i int) bool { return s.Cells[from+i].Row > ref.Last.Row })
	return s.Cells[from : from+n]
}
