package ooxml

import (
	"errors"
	"io/fs"
	"strings"
	"sync"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// book is what workbook.xml says, and what was read on its account since.
type book struct {
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
	read    []*sheetRead          // by index into sheets

	counting sync.Mutex
	left     allowance
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

// sheetRead is a sheet in the two steps in which it is read: the drop-down
// lists come second, because they may be made of the cells of other sheets.
type sheetRead struct {
	grid  onceRead[*sheetxml.Grid]
	sheet onceRead[*Sheet]
}

// definedName is a name for a formula, usually a range.
type definedName struct {
	name    string
	sheet   int    // index of the sheet it is limited to, -1 for the whole workbook
	formula string // without leading "="
	hidden  bool
}

// readBook reads workbook.xml and finds the parts it speaks of.
func (w *Workbook) readBook() error {
	main, ok, err := w.pkg.Rel("", "officeDocument")
	if err != nil {
		return err
	}
	if !ok || !w.pkg.InFile(main.Target) {
		if !w.pkg.InFile("xl/workbook.xml") {
			return &msg.Error{
				Class: ErrNotWorkbook,
				Text:  msg.New("ooxml.no_workbook_part", "File", w.path),
				Hint:  msg.New("ooxml.hint_save_as"),
			}
		}
		main.Target = "xl/workbook.xml"
	}
	if strings.HasSuffix(zipfile.Fold(main.Target), ".bin") { // .xlsb, which Read tells
		return &msg.Error{Class: ErrNotWorkbook, Text: msg.New("ooxml.no_workbook_part", "File", w.path), Hint: msg.New("ooxml.hint_save_as")}
	}
	b := &w.book
	b.part = main.Target
	rels, err := w.pkg.Rels(b.part)
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
	data, err := w.pkg.Index(b.part)
	if err != nil {
		return w.damagedPart(b.part, err)
	}
	return w.readBookPart(data, byID)
}

func (w *Workbook) readBookPart(data []byte, byID map[string]opc.Relation) error {
	b := &w.book
	limits := w.opt.Limits.orDefault()
	b.left = limits.allowance()
	taken := map[string]bool{} // parts of sheets
	s := xmlpart.NewScanner(data)
	var buf []byte
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		if s.Depth() == 1 && s.Kind == xmlpart.StartTag && !s.Is("workbook") {
			return &msg.Error{
				Class: ErrNotWorkbook,
				Text:  msg.New("ooxml.no_workbook_part", "File", w.path),
				Hint:  msg.New("ooxml.hint_save_as"),
			}
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
				if !r.External && w.pkg.InFile(r.Target) {
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
				return w.damagedPart(b.part, &sheetxml.LimitError{What: tooManySheets, Limit: maxSheets})
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
				return w.damagedPart(b.part, &sheetxml.LimitError{What: tooManyNames, Limit: maxNames})
			}
		case "AlternateContent", "extLst":
			s.Skip()
		}
	}
	if err := s.Err(); err != nil {
		return w.damagedPart(b.part, err)
	}
	for range b.sheets {
		b.read = append(b.read, &sheetRead{})
	}
	return nil
}

// Sheets lists the sheets in tab order.
func (w *Workbook) Sheets() []SheetInfo {
	list := make([]SheetInfo, len(w.book.sheets))
	for i, s := range w.book.sheets {
		list[i] = s.SheetInfo
	}
	return list
}

// sheetIndex finds a sheet by name as spreadsheet programs do, without regard
// to case; -1 if there is none.
func (w *Workbook) sheetIndex(name string) int {
	for i, s := range w.book.sheets {
		if s.Name == name {
			return i
		}
	}
	for i, s := range w.book.sheets {
		if strings.EqualFold(s.Name, name) {
			return i
		}
	}
	return -1
}

// noSheet says that there is no worksheet of that name.
func (w *Workbook) noSheet(name string) error {
	var have []string
	for _, s := range w.book.sheets {
		have = append(have, s.Name)
	}
	return &msg.Error{
		Class: ErrNoSheet,
		Text:  msg.New("ooxml.no_sheet", "File", w.path, "Sheet", name),
		Hint:  msg.New("ooxml.hint_sheets", "Sheets", strings.Join(have, ", ")),
	}
}

// cannotEdit says why there is no cell to write into: there is no sheet of that
// name, or it is one without cells.
func (w *Workbook) cannotEdit(name string) error {
	i := w.sheetIndex(name)
	if i < 0 {
		return w.noSheet(name)
	}
	key := map[string]string{"chartsheet": "ooxml.what_chartsheet", "dialogsheet": "ooxml.what_dialogsheet", "xlMacrosheet": "ooxml.what_macrosheet",
		"xlIntlMacrosheet": "ooxml.what_macrosheet"}[w.book.sheets[i].kind]
	if key == "" {
		key = "ooxml.what_shared_sheet"
	}
	return &msg.Error{Class: ErrUnsafe, Text: msg.New("ooxml.no_cells", "File", w.path, "Sheet", w.book.sheets[i].Name, "What", msg.New(key))}
}

// sheetText is the part of a worksheet as UTF-8.
func (w *Workbook) sheetText(i int) ([]byte, error) { return sheetPartAs(w, i, w.pkg.Original) }

// scanSheet is sheetText for those who only read it.
func (w *Workbook) scanSheet(i int) (*xmlpart.Scanner, error) {
	return sheetPartAs(w, i, w.pkg.Scan)
}

// sheetPartAs reads the part of a worksheet in one of the two ways.
func sheetPartAs[T any](w *Workbook, i int, read func(part string) (T, error)) (text T, err error) {
	sp := w.book.sheets[i]
	if sp.part == "" {
		return text, &msg.Error{
			Class: ErrDamaged,
			Text:  msg.New("ooxml.sheet_missing", "File", w.path, "Sheet", sp.Name),
			Hint:  msg.New("ooxml.hint_repair"),
		}
	}
	text, err = read(sp.part)
	if errors.Is(err, fs.ErrNotExist) {
		return text, w.damagedPart(sp.part, err)
	}
	return text, err
}
