package ooxml

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

const (
	mainNS       = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictMainNS = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

// errNoBook is that a package has no workbook part that can be read.
var errNoBook = errors.New("no workbook part")

// noCellsError is that there is no worksheet of a name.
type noCellsError struct{ Sheet string }

func (e *noCellsError) Error() string { return "no worksheet " + e.Sheet }

// lostSheetError is a sheet whose part is not there.
type lostSheetError struct{ Sheet string }

func (e *lostSheetError) Error() string { return "no part of sheet " + e.Sheet }

// sheetError is what makes a sheet unfit for edits.
type sheetError struct {
	Sheet string
	Err   error
}

func (e *sheetError) Error() string { return e.Sheet + ": " + e.Err.Error() }

func (e *sheetError) Unwrap() error { return e.Err }

// strict reports whether the workbook is of the strict variant of the format,
// whose namespaces differ.
func (b *book) strict() bool {
	data, err := b.Original(b.part)
	return err == nil && bytes.Contains(data[:min(len(data), 4096)], []byte("purl.oclc.org"))
}

// place is a cell of the workbook.
type place struct {
	sheet int // index
	at    a1.Ref
}

// areaOf is a range on a sheet.
type areaOf struct {
	sheet int
	rng   a1.Range
}

func (a areaOf) meets(b areaOf) bool {
	return a.sheet == b.sheet && a.rng.First.Row <= b.rng.Last.Row && b.rng.First.Row <= a.rng.Last.Row &&
		a.rng.First.Col <= b.rng.Last.Col && b.rng.First.Col <= a.rng.Last.Col
}

func lookUpName(names []definedName, name string, sheet int) (string, bool) {
	found, ok := "", false
	for _, d := range names {
		if !strings.EqualFold(d.name, name) {
			continue
		}
		if d.sheet == sheet {
			return d.formula, true
		}
		if d.sheet < 0 {
			found, ok = d.formula, true
		}
	}
	return found, ok
}

// currentNames are the defined names with the edits made so far.
func (b *book) currentNames() []definedName {
	if !b.IsEdited(b.part) {
		return b.names
	}
	data, err := b.Current(b.part)
	if err != nil {
		return b.names
	}
	var names []definedName
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.Kind != xmlpart.StartTag || !s.Is("definedName") {
			continue
		}
		d := definedName{name: s.Value("name"), sheet: -1}
		if n, ok := xmlpart.Number(s.Value("localSheetId")); ok {
			d.sheet = n
		}
		d.formula = string(s.Content(nil))
		names = append(names, d)
	}
	return names
}

// tablePart is an Excel table.
type tablePart struct {
	areaOf
	names          []string
	header, totals int // rows
	columns        []string
}

func (p *tablePart) isCalled(name string) bool {
	return slices.ContainsFunc(p.names, func(n string) bool { return strings.EqualFold(n, name) })
}

// tableParts are the workbook's Excel tables.
func (b *book) tableParts() (list []tablePart) {
	for i, sp := range b.sheets {
		if sp.part == "" {
			continue
		}
		rels, err := b.Rels(sp.part)
		if err != nil {
			continue
		}
		for _, r := range rels {
			if r.Kind != "table" || r.External {
				continue
			}
			data, err := b.Current(r.Target)
			if err != nil {
				continue
			}
			if p, ok := readTablePart(i, data); ok {
				list = append(list, p)
			}
		}
	}
	return list
}

func readTablePart(sheet int, data []byte) (p tablePart, ok bool) {
	p.sheet, p.header = sheet, 1
	for s := xmlpart.NewScanner(data); s.Next(); {
		if !s.OnElement() {
			continue
		}
		switch {
		case s.Is("table"):
			p.rng, ok = a1.ParseRange(s.Value("ref"))
			p.names = []string{s.Value("displayName"), s.Value("name")}
			if n, set := xmlpart.Number(s.Value("headerRowCount")); set {
				p.header = n
			}
			p.totals, _ = xmlpart.Number(s.Value("totalsRowCount"))
		case s.Is("tableColumn"):
			p.columns = append(p.columns, string(xmlpart.DecodeXString([]byte(s.Value("name")), 0)))
		}
	}
	return p, ok
}

// calcOnLoad has the programs calculate the whole workbook when they open it.
func (b *book) calcOnLoad() error {
	part := b.part
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
		if (s.Kind == xmlpart.EmptyTag || s.Kind == xmlpart.EndTag) && (depth == 2 || s.Kind == xmlpart.EndTag && depth == 1) {
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
	Visibility Visibility
	Worksheet  bool // false for chart sheets, dialog sheets and macro sheets, which hold no cells
}

// book is what workbook.xml says, and what was read on its account since.
type book struct {
	*opc.Package

	maxText  int64 // bytes of shared strings
	edits    edits
	part     string        // name of the part, usually xl/workbook.xml
	locked   bool          // its structure is protected
	date1904 bool          // serial numbers count from 1904-01-01
	sheets   []sheetPart   // in tab order
	names    []definedName // in the order of the file

	stringsPart string // "" if the workbook has no shared strings
	stylesPart  string // "" if it has no styles
	themePart   string

	strings onceRead[[]string]
	struck  map[int]string // see struckTexts
	styles  onceRead[*styles]
	rich    onceRead[[]richValue] // by vm attribute less 1: the value is a picture

}

// onceRead is something that is read at most once, by whoever asks first.
type onceRead[T any] struct {
	once sync.Once
	got  T
	err  error
}

func (o *onceRead[T]) do(read func() (T, error)) (T, error) {
	o.once.Do(func() { o.got, o.err = read() })
	return o.got, o.err
}

// sheetPart is a sheet and the part that holds it.
type sheetPart struct {
	SheetInfo
	part string // "" if the workbook names a part that is not there
	kind string // of its relationship, such as "worksheet" or "chartsheet"; "" if it has none
	id   string // sheetId
}

// definedName is a name for a formula, usually a range.
type definedName struct {
	name    string
	sheet   int    // index of the sheet it is limited to, -1 for the whole workbook
	formula string // without leading "="
	hidden  bool
}

// readBook reads workbook.xml and finds the parts it speaks of.
func (b *book) readBook() error {
	main, ok, err := b.Rel("", "officeDocument")
	if err != nil {
		return err
	}
	if !ok || !b.InFile(main.Target) {
		if !b.InFile("xl/workbook.xml") {
			return errNoBook
		}
		main.Target = "xl/workbook.xml"
	}
	if strings.HasSuffix(zipfile.Fold(main.Target), ".bin") { // .xlsb, which Read tells
		return errNoBook
	}
	b.part = main.Target
	rels, err := b.Rels(b.part)
	if err != nil {
		return err
	}
	byID := make(map[string]opc.Relation, len(rels))
	for _, r := range rels {
		byID[r.ID] = r
		switch r.Kind {
		case "sharedStrings":
			b.stringsPart = r.Target
		case "styles":
			b.stylesPart = r.Target
		case "theme":
			b.themePart = r.Target
		}
	}
	data, err := b.Index(b.part)
	if err != nil {
		return opc.Damaged(b.part, err)
	}
	return b.readBookPart(data, byID)
}

func (b *book) readBookPart(data []byte, byID map[string]opc.Relation) error {
	taken := map[string]bool{} // parts of sheets
	s := xmlpart.NewScanner(data)
	var buf []byte
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		if s.Depth() == 1 && s.Kind == xmlpart.StartTag && !s.Is("workbook") {
			return errNoBook
		}
		switch string(s.LocalName()) {
		case "workbookPr":
			b.date1904 = s.Flag("date1904", false)
		case "workbookProtection":
			b.locked = s.Flag("lockStructure", false)
		case "sheet":
			sp := sheetPart{id: s.Value("sheetId")}
			sp.Name = s.Value("name")
			switch strings.ToLower(s.Value("state")) {
			case "hidden":
				sp.Visibility = Hidden
			case "veryhidden":
				sp.Visibility = VeryHidden
			}
			a := s.PrefixedAttr("id")
			if a == nil {
				sp.Worksheet = true // without a part, which reading it says
			} else {
				r, known := byID[s.Decode(a)]
				sp.Worksheet = r.Kind == "worksheet" || !known
				sp.kind = r.Kind
				if !r.External && b.InFile(r.Target) {
					sp.part = r.Target
				}
			}
			if sp.part != "" && taken[zipfile.Fold(sp.part)] {
				// Its cells are read once: each of a thousand such sheets would
				// cost as much as the part.
				sp.Worksheet = false
			}
			taken[zipfile.Fold(sp.part)] = true
			if b.sheets = append(b.sheets, sp); len(b.sheets) > maxSheets {
				return opc.Damaged(b.part, &sheetxml.LimitError{What: tooManySheets, Limit: maxSheets})
			}
		case "definedName":
			if s.Kind == xmlpart.EmptyTag {
				continue
			}
			d := definedName{name: s.Value("name"), sheet: -1, hidden: s.Flag("hidden", false)}
			if n, ok := xmlpart.Number(s.Value("localSheetId")); ok {
				d.sheet = n
			}
			buf = s.Content(buf[:0])
			d.formula = string(buf)
			if b.names = append(b.names, d); len(b.names) > maxNames {
				return opc.Damaged(b.part, &sheetxml.LimitError{What: tooManyNames, Limit: maxNames})
			}
		case "AlternateContent", "extLst":
			s.Skip()
		}
	}
	if err := s.Err(); err != nil {
		return opc.Damaged(b.part, err)
	}
	return nil
}

// sheetIndex finds a sheet by name as spreadsheet programs do, without regard
// to case; -1 if there is none.
func (b *book) sheetIndex(name string) int {
	for i, s := range b.sheets {
		if s.Name == name {
			return i
		}
	}
	for i, s := range b.sheets {
		if strings.EqualFold(s.Name, name) {
			return i
		}
	}
	return -1
}

// sheetText is the part of a worksheet as UTF-8.
func (b *book) sheetText(i int) ([]byte, error) { return sheetPartAs(b, i, b.Original) }

// scanSheet is sheetText for those who only read it.
func (b *book) scanSheet(i int) (*xmlpart.Scanner, error) {
	return sheetPartAs(b, i, b.Scan)
}

// sheetPartAs reads the part of a worksheet in one of the two ways.
func sheetPartAs[T any](b *book, i int, read func(part string) (T, error)) (text T, err error) {
	sp := b.sheets[i]
	if sp.part == "" {
		return text, &lostSheetError{sp.Name}
	}
	text, err = read(sp.part)
	if errors.Is(err, fs.ErrNotExist) {
		return text, opc.Damaged(sp.part, err)
	}
	return text, err
}

// Limits of what workbook.xml may name.
const (
	maxNames  = 1 << 16 // defined names
	maxSheets = 4096

	tooManySheets sheetxml.Excess = "sheets"
	tooManyNames  sheetxml.Excess = "names"
)
