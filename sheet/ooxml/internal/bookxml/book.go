package bookxml

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"sync"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

const (
	MainNS       = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	StrictMainNS = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

// ErrNoBook reports a package without a workbook part, or with a binary one (.xlsb).
var ErrNoBook = errors.New("no workbook part")

// NoCellsError reports that the book has no worksheet of that name.
type NoCellsError struct{ Sheet string }

func (e *NoCellsError) Error() string { return "no worksheet " + e.Sheet }

// LostSheetError is a sheet whose part is not there.
type LostSheetError struct{ Sheet string }

func (e *LostSheetError) Error() string { return "no part of sheet " + e.Sheet }

// SheetError is what makes a sheet unfit for edits.
type SheetError struct {
	Sheet string
	Err   error
}

func (e *SheetError) Error() string { return e.Sheet + ": " + e.Err.Error() }

func (e *SheetError) Unwrap() error { return e.Err }

// Strict reports whether the workbook is of the strict variant of the format,
// whose namespaces differ.
func (b *Book) Strict() bool {
	data, err := b.Original(b.Part)
	return err == nil && bytes.Contains(data[:min(len(data), 4096)], []byte("purl.oclc.org"))
}

// Place is a cell of the workbook.
type Place struct {
	Sheet int // index
	At    a1.Ref
}

// CurrentNames are the defined names with the edits made so far.
func (b *Book) CurrentNames() []DefinedName {
	if !b.IsEdited(b.Part) {
		return b.DefinedNames
	}
	data, err := b.Current(b.Part)
	if err != nil {
		return b.DefinedNames
	}
	var names []DefinedName
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.Kind != xmlpart.StartTag || !s.Is("definedName") {
			continue
		}
		names = append(names, readName(s))
	}
	return names
}

// readName reads the definedName element that has just started.
func readName(s *xmlpart.Scanner) DefinedName {
	d := DefinedName{Name: s.Value("name"), Sheet: -1}
	if n, ok := xmlpart.Number(s.Value("localSheetId")); ok {
		d.Sheet = n
	}
	d.Formula = string(s.Content(nil))
	return d
}

// FindName finds a name as seen from a sheet: the sheet's own comes first.
func FindName(names []DefinedName, name string, sheet int) (found DefinedName, ok bool) {
	for _, d := range names {
		if !strings.EqualFold(d.Name, name) {
			continue
		}
		if d.Sheet == sheet {
			return d, true
		}
		if d.Sheet < 0 {
			found, ok = d, true
		}
	}
	return found, ok
}

// CalcOnLoad has the programs calculate the whole workbook when they open it.
func (b *Book) CalcOnLoad() error {
	part := b.Part
	data, err := b.Current(part)
	if err != nil {
		return err
	}
	const flag = "fullCalcOnLoad"
	after, prefix := 0, ""
	for s := xmlpart.NewScanner(data); s.Next(); {
		depth := s.Depth()
		if s.Kind == xmlpart.EmptyTag {
			depth++
		}
		if s.Kind == xmlpart.StartTag && depth == 1 {
			prefix = string(data[s.Name.Start:s.Local])
		}
		if s.OnElement() && depth == 2 && s.Is("calcPr") {
			if s.Flag(flag, false) {
				return nil
			}
			if a := s.Attr(flag); a != nil {
				b.Put(part, xmlpart.Splice(data, a.Value, "1"))
			} else {
				b.Put(part, xmlpart.Splice(data, xmlpart.Between(s.Name.End, s.Name.End), " "+flag+`="1"`))
			}
			return nil
		}
		// In the order of the schema calcPr follows the last of these.
		if (s.Kind == xmlpart.EmptyTag || s.Kind == xmlpart.EndTag) &&
			(depth == 2 || s.Kind == xmlpart.EndTag && depth == 1) {
			switch string(s.LocalName()) {
			case "sheets", "functionGroups", "externalReferences", "definedNames":
				after = s.End
			}
		}
	}
	if after == 0 {
		return opc.Damaged(part, xmlpart.ErrNoElement)
	}
	b.Put(part, xmlpart.Splice(data, xmlpart.Between(after, after), "<"+prefix+"calcPr "+flag+`="1"/>`))
	return nil
}

// SheetInfo names a sheet without reading it.
type SheetInfo struct {
	Name       string
	Visibility sheetxml.Visibility
	Worksheet  bool // false for chart sheets, dialog sheets and macro sheets, which hold no cells
}

// Book is what workbook.xml says, and what was read on its account since.
type Book struct {
	*opc.Package

	MaxText      int64 // bytes of shared strings
	Pending      Edits
	Recalculated bool          // formulas got other values than they had, or none
	Part         string        // name of the part, usually xl/workbook.xml
	IsLocked     bool          // its structure is protected
	Date1904     bool          // serial numbers count from 1904-01-01
	Sheets       []SheetPart   // in tab order
	DefinedNames []DefinedName // in the order of the file

	StringsPart string // "" if the workbook has no shared strings
	StylesPart  string // "" if it has no styles
	themePart   string

	Strings OnceRead[[]string]
	struck  map[int]string // see StruckTexts
	styles  OnceRead[*Styles]
	rich    OnceRead[[]richValue] // by vm attribute less 1: the value is a picture
}

// OnceRead is something that is read at most once, by whoever asks first.
type OnceRead[T any] struct {
	once sync.Once
	got  T
	err  error
}

func (o *OnceRead[T]) Do(read func() (T, error)) (T, error) {
	o.once.Do(func() { o.got, o.err = read() })
	return o.got, o.err
}

// SheetPart is a sheet and the part that holds it.
type SheetPart struct {
	SheetInfo
	Part string // "" if the workbook names a part that is not there
	Kind string // of its relationship, such as "worksheet" or "chartsheet"; "" if it has none
	ID   string // sheetId
}

// DefinedName is a name for a formula, usually a range.
type DefinedName struct {
	Name    string
	Sheet   int    // index of the sheet it is limited to, -1 for the whole workbook
	Formula string // without leading "="
}

// ReadBook reads workbook.xml and finds the parts it speaks of.
func (b *Book) ReadBook() error {
	main, ok, err := b.Rel("", "officeDocument")
	if err != nil {
		return err
	}
	if !ok || !b.Has(main.Target) {
		if !b.Has("xl/workbook.xml") {
			return ErrNoBook
		}
		main.Target = "xl/workbook.xml"
	}
	if strings.HasSuffix(zipfile.Fold(main.Target), ".bin") { // .xlsb, which Read tells
		return ErrNoBook
	}
	b.Part = main.Target
	rels, err := b.Rels(b.Part)
	if err != nil {
		return err
	}
	byID := make(map[string]opc.Relation, len(rels))
	for _, r := range rels {
		byID[r.ID] = r
		switch r.Kind {
		case "sharedStrings":
			b.StringsPart = r.Target
		case "styles":
			b.StylesPart = r.Target
		case "theme":
			b.themePart = r.Target
		}
	}
	data, err := b.Index(b.Part)
	if err != nil {
		return opc.Damaged(b.Part, err)
	}
	return b.readBookPart(data, byID)
}

func (b *Book) readBookPart(data []byte, byID map[string]opc.Relation) error {
	taken := map[string]bool{} // parts of sheets
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		if s.Depth() == 1 && s.Kind == xmlpart.StartTag && !s.Is("workbook") {
			return ErrNoBook
		}
		switch string(s.LocalName()) {
		case "workbookPr":
			b.Date1904 = s.Flag("date1904", false)
		case "workbookProtection":
			b.IsLocked = s.Flag("lockStructure", false)
		case "sheet":
			sp := SheetPart{ID: s.Value("sheetId")}
			sp.Name = s.Value("name")
			switch strings.ToLower(s.Value("state")) {
			case "hidden":
				sp.Visibility = sheetxml.Hidden
			case "veryhidden":
				sp.Visibility = sheetxml.VeryHidden
			}
			a := s.PrefixedAttr("id")
			if a == nil {
				sp.Worksheet = true // without a part, which reading it says
			} else {
				r, known := byID[s.Decode(a)]
				sp.Worksheet = r.Kind == "worksheet" || !known
				sp.Kind = r.Kind
				if !r.External && b.Has(r.Target) {
					sp.Part = r.Target
				}
			}
			if sp.Part != "" && taken[zipfile.Fold(sp.Part)] {
				// Its cells are read once: each of a thousand such sheets would
				// cost as much as the part.
				sp.Worksheet = false
			}
			taken[zipfile.Fold(sp.Part)] = true
			if b.Sheets = append(b.Sheets, sp); len(b.Sheets) > MaxSheets {
				return opc.Damaged(b.Part, &sheetxml.LimitError{What: TooManySheets, Limit: MaxSheets})
			}
		case "definedName":
			if s.Kind == xmlpart.EmptyTag {
				continue
			}
			if b.DefinedNames = append(b.DefinedNames, readName(s)); len(b.DefinedNames) > MaxNames {
				return opc.Damaged(b.Part, &sheetxml.LimitError{What: TooManyNames, Limit: MaxNames})
			}
		case "AlternateContent", "extLst":
			s.Skip()
		}
	}
	if err := s.Err(); err != nil {
		return opc.Damaged(b.Part, err)
	}
	return nil
}

// SheetIndex finds a sheet by name as spreadsheet programs do, without regard
// to case; -1 if there is none.
func (b *Book) SheetIndex(name string) int {
	for i, s := range b.Sheets {
		if s.Name == name {
			return i
		}
	}
	for i, s := range b.Sheets {
		if strings.EqualFold(s.Name, name) {
			return i
		}
	}
	return -1
}

// SheetText is the part of a worksheet as UTF-8.
func (b *Book) SheetText(i int) ([]byte, error) { return sheetPartAs(b, i, b.Original) }

// ScanSheet scans the part of a worksheet, for those who only read it.
func (b *Book) ScanSheet(i int) (*xmlpart.Scanner, error) {
	return sheetPartAs(b, i, b.Scan)
}

// sheetPartAs reads the part of a worksheet in one of the two ways.
func sheetPartAs[T any](b *Book, i int, read func(part string) (T, error)) (text T, err error) {
	sp := b.Sheets[i]
	if sp.Part == "" {
		return text, &LostSheetError{sp.Name}
	}
	text, err = read(sp.Part)
	if errors.Is(err, fs.ErrNotExist) {
		return text, opc.Damaged(sp.Part, err)
	}
	return text, err
}

// Limits of what workbook.xml may name.
const (
	MaxNames  = 1 << 16 // defined names
	MaxSheets = 4096

	TooManySheets sheetxml.Excess = "sheets"
	TooManyNames  sheetxml.Excess = "names"
)
