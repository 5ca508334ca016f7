package ooxml

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// NewSheet describes a sheet to be added at the end of the workbook.
type NewSheet struct {
	Name   string
	Title  string           // text of row 1, merged over the columns; "" for none
	Header []string         // headings, in the row after the title
	Widths []float64        // column widths in characters; missing ones take the default
	Lists  map[int][]string // drop-down choices by column (1-based)
	Open   []int            // columns (1-based) whose drop-down warns of other values and takes them
	Dates  []int            // columns (1-based) whose cells show what is typed there as a date
	Rows   [][]Value        // data rows
}

const (
	sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	// listRoom is how many rows below the data the drop-downs reach.
	listRoom = 1000
	// ListSheet begins the name of the hidden sheet on which the choices of drop-downs
	// stand that are too long for the drop-down itself.
	ListSheet = "_lists"
	// maxListText is the most that a drop-down's own text may hold; a longer
	// list must stand in cells.
	maxListText = 255
)

// AddSheet adds a worksheet. Errors: ErrUnsafe for a name that is taken or that
// Excel forbids and for a value that no cell can hold, ErrSigned; nothing is
// changed then.
func (w *Workbook) AddSheet(n NewSheet) (err error) {
	defer w.say(&err)
	if err := w.mayEdit(); err != nil {
		return err
	}
	if err := w.checkSheetName(n.Name); err != nil {
		return err
	}
	err = w.book.Attempt(func() error { return w.addSheet(n) })
	if err == nil && w.book.IsLocked {
		w.note("ooxml.wrote_structure", "Sheet", n.Name)
	}
	return err
}

func (w *Workbook) addSheet(n NewSheet) error {
	rows := make([][]Value, len(n.Rows))
	top := n.top()
	for i, row := range n.Rows {
		for j, v := range row {
			v, err := w.checkValue(&sheetxml.Draft{Sheet: n.Name}, a1.At(top+i, j+1), v)
			if err != nil {
				return err
			}
			rows[i] = append(rows[i], v)
		}
	}
	n.Rows = rows
	looks, err := w.sheetLooks()
	if err != nil {
		return err
	}
	sources := map[int]string{}
	var long NewSheet
	for _, col := range slices.Sorted(maps.Keys(n.Lists)) {
		if literal, ok := literalList(n.Lists[col]); ok {
			sources[col] = literal
			continue
		}
		for i, choice := range n.Lists[col] {
			if i >= len(long.Rows) {
				long.Rows = append(long.Rows, nil)
			}
			for len(long.Rows[i]) < len(long.Widths) {
				long.Rows[i] = append(long.Rows[i], Value{})
			}
			long.Rows[i] = append(long.Rows[i], TextValue(sheetxml.NormalText(choice)))
		}
		long.Widths = append(long.Widths, 0)
		name := a1.ColumnName(len(long.Widths))
		sources[col] = "$" + name + "$1:$" + name + "$" + strconv.Itoa(len(n.Lists[col]))
	}
	if len(long.Rows) > 0 {
		long.Name, long.Widths = w.FreeSheetName(ListSheet), nil
		for col, source := range sources {
			if source[0] == '$' {
				sources[col] = "'" + long.Name + "'!" + source
			}
		}
	}
	if err := w.addSheetPart(n, looks, sources, false); err != nil {
		return err
	}
	if len(long.Rows) > 0 {
		return w.addSheetPart(long, looks, nil, true)
	}
	return nil
}

// top is the first data row.
func (n NewSheet) top() int {
	top := 1
	if n.Title != "" {
		top++
	}
	if len(n.Header) > 0 {
		top++
	}
	return top
}

// checkSheetName holds a name against Excel's rules.
func (w *Workbook) checkSheetName(name string) error {
	bad := func(key string) error {
		return &msg.Error{Class: ErrUnsafe, Text: msg.New(key, "File", w.path, "Sheet", name),
			Hint: msg.New("ooxml.hint_sheet_name")}
	}
	if name == "" || sheetxml.TextUnits(name) > 31 || strings.ContainsAny(name, `[]:*?/\`) || name[0] == '\'' ||
		name[len(name)-1] == '\'' ||
		strings.EqualFold(name, "History") || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
		return bad("ooxml.sheet_name")
	}
	if w.nameTaken(name) {
		return bad("ooxml.sheet_taken")
	}
	return nil
}

func (w *Workbook) nameTaken(name string) bool {
	data, err := w.book.Current(w.book.Part)
	if err != nil {
		return false
	}
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("sheet") && strings.EqualFold(s.Value("name"), name) {
			return true
		}
	}
	return false
}

// FreeSheetName is a name that no sheet has yet: base, with a number if need be.
func (w *Workbook) FreeSheetName(base string) string {
	name := base
	for n := 2; w.nameTaken(name); n++ {
		name = base + strconv.Itoa(n)
	}
	return name
}

// literalList is a list of choices as text of the validation itself; ok is
// false if it is too long for that or a choice holds a comma.
func literalList(choices []string) (formula string, ok bool) {
	text := strings.Join(choices, ",")
	if sheetxml.TextUnits(text) > maxListText || strings.ContainsAny(strings.Join(choices, ""), ",\n\r") {
		return "", false
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`, true
}

// addSheetPart adds the part and the three splices that make it a sheet.
func (w *Workbook) addSheetPart(n NewSheet, looks looks, sources map[int]string, hidden bool) error {
	folder := path.Join(path.Dir(w.book.Part), "worksheets")
	for _, sp := range w.book.Sheets {
		if sp.Worksheet && sp.Part != "" {
			folder = path.Dir(sp.Part)
			break
		}
	}
	part, err := w.book.FreePart(w.book.Part, path.Join(folder, "sheet"), ".xml")
	if err != nil {
		return err
	}
	base := opc.TransitionalNS
	if w.book.Strict() {
		base = opc.StrictNS
	}
	// The workbook part is made first: it is the only step that can fail on an
	// odd file, and then nothing has been changed.
	book, err := w.book.Current(w.book.Part)
	if err != nil {
		return err
	}
	whole, inner, prefix, err := xmlpart.Element(book, "sheets", 2)
	if err != nil {
		return w.damagedPart(w.book.Part, err)
	}
	id, err := w.book.AddRel(w.book.Part, base+"relationships/worksheet", part)
	if err != nil {
		return err
	}
	if err := w.book.AddType(part, sheetType); err != nil {
		return err
	}
	state := ""
	if hidden {
		state = ` state="hidden"`
	}
	attr, declare := relAttr(book, whole, base)
	w.book.Put(w.book.Part, xmlpart.InsertLast(book, whole, inner, "<"+prefix+`sheet name="`+xmlpart.EscapeAttr(n.Name)+
		`" sheetId="`+strconv.Itoa(freeSheetID(book, whole))+`"`+state+declare+" "+attr+`="`+id+`"/>`))
	w.book.Put(part, n.xml(looks, sources, w.book.Strict()))
	return nil
}

// relAttr is the name of the attribute that holds relationship ids in the
// workbook part, and its declaration if it needs one.
func relAttr(book []byte, sheets xmlpart.Span, base string) (name, declare string) {
	s := xmlpart.NewScanner(book)
	for s.Next() && s.Start <= sheets.Start {
		for _, a := range s.Attrs {
			if a.Local > a.Name.Start && string(book[a.Name.Start:a.Local]) == "xmlns:" &&
				string(book[a.Value.Start:a.Value.End]) == base+"relationships" {
				return string(book[a.Local:a.Name.End]) + ":id", ""
			}
		}
	}
	return "r:id", ` xmlns:r="` + base + `relationships"`
}

func freeSheetID(book []byte, sheets xmlpart.Span) int {
	free := 1
	for s := xmlpart.NewScanner(book[sheets.Start:sheets.End]); s.Next(); {
		if n, ok := xmlpart.Number(s.Value("sheetId")); ok && s.Is("sheet") && n >= free {
			free = n + 1
		}
	}
	return free
}

// xml is the worksheet part.
func (n NewSheet) xml(l looks, sources map[int]string, strict bool) []byte {
	space := bookxml.MainNS
	if strict {
		space = bookxml.StrictMainNS
	}
	cols := max(len(n.Header), len(n.Widths), 1)
	for _, row := range n.Rows {
		cols = max(cols, len(row))
	}
	top := n.top()
	last := a1.At(max(top-1+len(n.Rows), 1), cols)
	var b bytes.Buffer
	b.WriteString(xmlpart.Header + `<worksheet xmlns="` + space + `"><dimension ref="` +
		a1.Range{First: a1.At(1, 1), Last: last}.String() + `"/>`)
	b.WriteString(`<sheetViews><sheetView workbookViewId="0">`)
	if len(n.Header) > 0 {
		b.WriteString(`<pane ySplit="` + strconv.Itoa(top-1) + `" topLeftCell="A` + strconv.Itoa(top) +
			`" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`)
	}
	b.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`)
	if len(n.Widths) > 0 {
		b.WriteString("<cols>")
		for i, width := range n.Widths {
			if width > 0 {
				c := strconv.Itoa(i + 1)
				b.WriteString(`<col min="` + c + `" max="` + c + `" width="` +
					strconv.FormatFloat(min(width, 255), 'f', -1, 64) + `" customWidth="1"/>`)
			}
		}
		b.WriteString("</cols>")
	}
	b.WriteString("<sheetData>")
	n.writeRows(&b, l, cols)
	b.WriteString("</sheetData>")
	if n.Title != "" && cols > 1 {
		b.WriteString(`<mergeCells count="1"><mergeCell ref="` +
			a1.Range{First: a1.At(1, 1), Last: a1.At(1, cols)}.String() + `"/></mergeCells>`)
	}
	if len(sources) > 0 {
		b.WriteString(`<dataValidations count="` + strconv.Itoa(len(sources)) + `">`)
		for _, col := range slices.Sorted(maps.Keys(sources)) {
			b.WriteString(`<dataValidation type="list"`)
			if slices.Contains(n.Open, col) {
				b.WriteString(` errorStyle="warning"`)
			}
			b.WriteString(
				` allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="` +
					a1.Range{First: a1.At(top, col), Last: a1.At(min(last.Row+listRoom, a1.MaxRow), col)}.String() +
					`"><formula1>` + string(xmlpart.AppendXString(nil, sources[col])) + `</formula1></dataValidation>`)
		}
		b.WriteString("</dataValidations>")
	}
	b.WriteString("</worksheet>")
	// An empty <cols> would not be valid.
	return bytes.Replace(b.Bytes(), []byte("<cols></cols>"), nil, 1)
}

func (n NewSheet) writeRows(b *bytes.Buffer, l looks, cols int) {
	d := &sheetxml.Draft{}
	row := 0
	line := func(height string, cell func(col int) sheetxml.Setting) {
		row++
		b.WriteString(`<row r="` + strconv.Itoa(row) + `"` + height + `>`)
		for col := 1; col <= cols; col++ {
			d.WriteNewCell(b, a1.At(row, col), cell(col), -1)
		}
		b.WriteString("</row>")
	}
	if n.Title != "" {
		line(` ht="28.5" customHeight="1"`, func(col int) sheetxml.Setting {
			if col == 1 {
				return sheetxml.Setting{Value: TextValue(sheetxml.NormalText(n.Title)), Style: l.title}
			}
			return sheetxml.Setting{Style: l.title}
		})
	}
	if len(n.Header) > 0 {
		line("", func(col int) sheetxml.Setting {
			if col > len(n.Header) {
				return sheetxml.Setting{Style: -1}
			}
			return sheetxml.Setting{Value: TextValue(sheetxml.NormalText(n.Header[col-1])), Style: l.header}
		})
	}
	for _, values := range n.Rows {
		line("", func(col int) sheetxml.Setting {
			s := sheetxml.Setting{Style: -1}
			if col <= len(values) {
				s.Value = values[col-1]
			}
			if len(n.Header) > 0 {
				s.Style = l.body
			}
			if slices.Contains(n.Dates, col) && s.Value.Kind == Blank {
				s.Style = l.date
			}
			if s.Value.Kind == Date {
				s.Style, s.Value.Kind = l.date, Number
			}
			return s
		})
	}
}

// looks are the cell formats of a new sheet.
type looks struct{ title, header, body, date int }

// sheetLooks finds or makes the formats of a new sheet: the workbook's own font,
// bold in title and headings, thin borders, wrapped text.
func (w *Workbook) sheetLooks() (l looks, err error) {
	part, data, err := w.book.StylesData()
	if err != nil {
		return l, err
	}
	old := data
	font, border := 0, 0
	if fonts, err := bookxml.StyleList(data, "fonts"); err == nil && len(fonts.Items) > 0 {
		data, font = fonts.Add(data, boldFont(string(data[fonts.Items[0].Start:fonts.Items[0].End]), fonts.Prefix))
	}
	if borders, err := bookxml.StyleList(data, "borders"); err == nil {
		p := borders.Prefix
		side := func(name string) string {
			return "<" + p + name + ` style="thin"><` + p + `color auto="1"/></` + p + name + ">"
		}
		data, border = borders.Add(data, "<"+p+"border>"+side("left")+side("right")+side("top")+side("bottom")+"<"+p+
			"diagonal/></"+p+"border>")
	}
	add := func(numFmt, font, border int, align string) int {
		var xfs bookxml.StylesList
		if xfs, err = bookxml.StyleList(data, "cellXfs"); err != nil {
			return 0
		}
		p, n := xfs.Prefix, 0
		if len(xfs.Items) == 0 {
			data, _ = xfs.Add(data, "<"+p+`xf numFmtId="0"/>`)
			xfs, _ = bookxml.StyleList(data, "cellXfs")
		}
		data, n = xfs.Add(data, "<"+p+`xf numFmtId="`+strconv.Itoa(numFmt)+`" fontId="`+strconv.Itoa(font)+
			`" fillId="0" borderId="`+strconv.Itoa(border)+
			`" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><`+p+"alignment "+align+
			"/></"+p+"xf>")
		return n
	}
	l.title = add(0, font, 0, `horizontal="center" vertical="center"`)
	l.header = add(0, font, border, `horizontal="center" vertical="center" wrapText="1"`)
	l.body = add(0, 0, border, `vertical="center" wrapText="1"`)
	l.date = add(bookxml.FormatDate, 0, border, `horizontal="center" vertical="center"`)
	if err != nil {
		return l, w.damagedPart(part, err)
	}
	if !bytes.Equal(old, data) {
		w.book.Put(part, data)
	}
	w.book.NoteDate(l.date, false)
	return l, nil
}

// boldFont is a font with the bold property.
func boldFont(font, prefix string) string {
	s := xmlpart.NewScanner([]byte(font))
	for s.Next() {
		if s.OnElement() && s.Is("b") {
			return font
		}
	}
	s.Reset([]byte(font))
	s.Next()
	bold := "<" + prefix + "b/>"
	if s.Kind == xmlpart.EmptyTag {
		return strings.TrimSuffix(font, "/>") + ">" + bold + "</" + prefix + "font>"
	}
	return font[:s.End] + bold + font[s.End:]
}
