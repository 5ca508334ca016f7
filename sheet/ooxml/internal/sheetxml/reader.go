package sheetxml

import (
	"errors"
	"slices"
	"sort"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Grid is what one sheet part says by itself.
type Grid struct {
	Sheet Sheet     // without Validations
	Lists []RawList // in the order of the file
}

// Reader reads a worksheet part.
//
// Where a file is careless, this holds, as in LibreOffice: a row or cell without
// reference follows the one before it; rows and cells may stand in any order; of
// two cells with one reference the later one counts, unless it is blank. A cell
// whose reference is not in the row that it stands in is damage: Excel refuses
// it, LibreOffice goes by the cell and others by the row, so that nobody knows
// which one a person has seen.
type Reader struct {
	Scanner   *xmlpart.Scanner
	Grid      *Grid             // gets what is read
	MaxCells  int               // that it may have
	CellLimit int64             // of the workbook, for the message
	IsRich    func(vm int) bool // whether a cell's value metadata stands for a picture; nil: it does
	// what of shared strings is not struck out, asked after them; nil: nobody wants to know
	Struck func() map[int]string

	At a1.Ref // the cell being read, for messages; zero outside the cells

	text    textBuffer
	buf     []byte
	formula []byte // of the cell being read
	strike  strike // of the rich text read last

	shared   []uint32   // numbers of the texts of the cells of kind unresolved, in the order of the file
	listed   int        // ranges of drop-down lists
	disorder bool       // cells are not ascending as they stand in the file
	arrays   []a1.Range // of array formulas and data tables that fill several cells
}

var errNoText = errors.New("text that is not among the shared strings")

// unresolved is the kind of a cell whose text is known by its number only.
const unresolved Kind = 255

// Read reads the part. It asks for the shared strings when it has read the rest.
func (r *Reader) Read(shared func() ([]string, error)) error {
	s := r.Scanner
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
				r.At = a1.Ref{}
			}
		case "cols":
			err = r.cols()
		case "mergeCells":
			err = r.merges()
		case "sheetProtection":
			r.Grid.Sheet.Protected = s.Flag("sheet", false)
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
	if err := r.Resolve(shared); err != nil {
		return err
	}
	r.order()
	return r.markArrays()
}

// Resolve gives cells their shared strings.
func (r *Reader) Resolve(shared func() ([]string, error)) error {
	texts, err := shared()
	if err != nil {
		return err
	}
	var struck map[int]string
	if r.Struck != nil {
		struck = r.Struck()
	}
	next := 0
	cells := r.Grid.Sheet.Cells
	for i := range cells {
		if cells[i].Kind != unresolved {
			continue
		}
		n := int(r.shared[next])
		next++
		if n >= len(texts) {
			r.At = cells[i].Ref
			return errNoText
		}
		cells[i].setText(texts[n])
		if live, ok := struck[n]; ok {
			r.Grid.NoteStruck(cells[i].Ref, live)
		}
	}
	r.shared = nil
	return nil
}

func (r *Reader) cols() error {
	s := r.Scanner
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
					r.Grid.Sheet.HiddenCols[col] = true
				}
			}
		}
		s.Skip()
		return nil
	})
}

func (r *Reader) merges() error {
	s := r.Scanner
	return s.Children(func() error {
		if s.Is("mergeCell") {
			m, ok := a1.ParseRange(s.Value("ref"))
			if !ok {
				return s.Wrong("merged range that cannot be read")
			}
			if m.First != m.Last {
				if r.Grid.Sheet.Merges = append(r.Grid.Sheet.Merges, m); len(r.Grid.Sheet.Merges) > MaxRanges {
					return &LimitError{TooManyRanges, MaxRanges}
				}
			}
		}
		s.Skip()
		return nil
	})
}

// order sorts the cells and drops those that a later one replaces.
func (r *Reader) order() {
	if !r.disorder {
		return
	}
	cells := r.Grid.Sheet.Cells
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
	r.Grid.Sheet.Cells = kept
}

// markArrays marks the cells that an array formula or data table fills.
func (r *Reader) markArrays() error {
	sheet := &r.Grid.Sheet
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
