package annual

import (
	"archive/zip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/plan"
	"taizhang/sheet/table"
)

// Last is what is known of the report of the year before.
type Last struct {
	Year int
	File string // that it was read from, "" for the history of that year's ledger
	Old  bool   // it has the form of the years 2019 and 2020
	// New and CarriedOn are rows of table 三.
	New, CarriedOn [7]int
	// InForce are 规章 and 行政规范性文件 in force at its end, by key of the row; without
	// those that it does not tell.
	InForce map[string]float64
	Blank   int // cells that were blank, or held a mark for nothing, and count as 0
}

// lastOf is what the ledger of the year before tells.
func lastOf(l *ledger.Ledger, year int, file string) *Last {
	r := Make(l, year, nil)
	out := &Last{Year: year, File: file, New: r.Requests[rowNew], CarriedOn: r.Requests[rowCarriedOn],
		InForce: map[string]float64{}}
	for _, key := range []string{"rules", "normative"} {
		if v := r.typed[key+"_in_force"]; v != nil && v.text != "" && !v.fault {
			out.InForce[key] = v.n
		}
	}
	return out
}

// ReadLast reads the figures of the report of a year from a workbook or a Word
// document that has the tables of the form, as it is now or as it was in 2019 and 2020,
// or from the ledger of that year. Errors: those of ooxml and of plan.Read, and a
// *msg.Error if it is none of these, or of another year.
func ReadLast(path, password string, year int, opt ledger.Options) (*Last, error) {
	last, is, err := readDocument(path)
	if err != nil {
		return nil, err
	}
	var wb *ooxml.Workbook
	if last == nil {
		if wb, err = ooxml.Open(path, ooxml.Options{Password: password}); err != nil {
			return nil, err
		}
		if last, is, err = readWorkbook(wb, filepath.Base(path)); err != nil {
			return nil, err
		}
	}
	switch {
	case !is && wb == nil:
		return nil, &msg.Error{Text: msg.New("annual.no_tables", "File", filepath.Base(path)),
			Hint: msg.New("annual.no_last_hint")}
	case !is:
		found, err := table.Find(wb, ledger.Schemas(opt))
		if err != nil {
			return nil, err
		}
		if !ledger.IsLedger(found) {
			return nil, &msg.Error{Text: msg.New("annual.no_last", "File", filepath.Base(path)),
				Hint: msg.New("annual.no_last_hint")}
		}
		opt.Year, opt.History = 0, nil
		l := ledger.Build(found.Tables, opt)
		if last = lastOf(l, year, path); l.YearStated {
			last.Year = l.Year
		}
	}
	if last.Year == 0 {
		last.Year = year
	}
	last.File = path
	if last.Year != year {
		return nil, &msg.Error{Text: msg.New("annual.other_last", "File", filepath.Base(path), "Year", last.Year,
			"Want", year)}
	}
	return last, nil
}

// documents are endings of file names. Package plan reads such files, or tells how to
// save them so that it can.
var documents = []string{".docx", ".doc", ".wps", ".odt", ".pdf", ".ofd", ".txt"}

// readDocument reads a Word document; last is nil if the file is none.
func readDocument(path string) (last *Last, is bool, err error) {
	isDocument := slices.Contains(documents, strings.ToLower(filepath.Ext(path)))
	if z, err := zip.OpenReader(path); err == nil {
		isDocument = slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.HasPrefix(f.Name, "word/") })
		z.Close()
	}
	if !isDocument {
		return nil, false, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, false, err
	}
	doc, err := plan.Read(filepath.Base(path), data)
	if err != nil {
		return nil, false, err
	}
	var grids []*grid
	var texts []string
	for _, b := range doc.Blocks {
		if b.Rows == nil {
			texts = append(texts, b.Text)
			continue
		}
		g := &grid{cells: map[a1.Ref]string{}}
		for r, row := range b.Rows {
			for c, text := range row {
				g.put(a1.At(r+1, c+1), text)
			}
		}
		grids = append(grids, g)
	}
	last, is = readForm([]string{filepath.Base(path)}, texts, grids)
	return last, is, nil
}

// readWorkbook reads the tables of the form from whatever sheets they stand on.
func readWorkbook(wb *ooxml.Workbook, file string) (last *Last, is bool, err error) {
	var grids []*grid
	names, texts := []string{file}, []string{}
	for _, info := range wb.Sheets() {
		s, err := wb.Sheet(info.Name)
		if err != nil {
			return nil, false, err
		}
		g := &grid{cells: map[a1.Ref]string{}}
		for _, c := range s.Cells {
			text := wb.Text(c)
			g.put(c.Ref, text)
			texts = append(texts, text)
		}
		grids = append(grids, g)
		names = append(names, info.Name)
	}
	last, is = readForm(names, texts, grids)
	return last, is, nil
}

// grid is the texts of a worksheet, or of a document's table, by place.
type grid struct {
	cells     map[a1.Ref]string
	rows, far int
}

func (g *grid) put(at a1.Ref, text string) {
	if text = strings.TrimSpace(text); text != "" {
		g.cells[at] = text
		g.rows, g.far = max(g.rows, at.Row), max(g.far, at.Col)
	}
}

func (g *grid) at(row, col int) string { return g.cells[a1.At(row, col)] }

// oldWords stand only in the form of 2019 and 2020.
var oldWords = []string{"上一年项目数量", "本年增减", "本年增/减", "对外公开总数量", "采购总金额", "采购项目数量", "本年新公开数量"}

var reReportYear = regexp.MustCompile(`(20\d{2})\s*年`)

// readForm reads the tables of the form. The year is the first that a name (of the file
// or of a sheet) tells, else a text that speaks of a yearly report.
func readForm(names, texts []string, grids []*grid) (last *Last, is bool) {
	last = &Last{InForce: map[string]float64{}}
	for _, g := range grids {
		for _, text := range g.cells {
			for _, w := range oldWords {
				last.Old = last.Old || strings.Contains(squeeze(text), squeeze(w))
			}
		}
		is = last.table3(g) || is
		last.table2(g)
	}
	for _, text := range texts {
		if strings.Contains(text, "年度报告") || strings.Contains(text, "年报") {
			names = append(names, text)
		}
	}
	for _, text := range names {
		if m := reReportYear.FindStringSubmatch(text); m != nil && last.Year == 0 {
			last.Year, _ = strconv.Atoi(m[1]) // four digits
		}
	}
	return last, is
}

// table3 reads the rows of table 三 that matter, and reports whether it is there.
func (last *Last) table3(g *grid) bool {
	for row := 1; row <= g.rows; row++ {
		for col := 1; col <= g.far; col++ {
			if squeeze(g.at(row, col)) != "自然人" {
				continue
			}
			if last.rowsBelow(g, row, col) {
				return true
			}
		}
	}
	return false
}

// rowsBelow reads table 三, whose heading 自然人 stands at row and first.
func (last *Last) rowsBelow(g *grid, row, first int) (is bool) {
	cols := [7]int{first}
	for r := max(row-2, 1); r <= row+2; r++ {
		for c := first + 1; c <= g.far; c++ {
			text := squeeze(g.at(r, c))
			for i, name := range Columns {
				if text == name && cols[i] == 0 {
					cols[i] = c
				}
			}
		}
	}
	for r := row + 1; r <= g.rows; r++ {
		label := ""
		for c := 1; c < first; c++ {
			if t := squeeze(g.at(r, c)); t != "" {
				label = t
			}
		}
		switch {
		case strings.Contains(label, "本年新收"):
			last.New = last.read(g, r, cols)
		case strings.Contains(label, "结转下年"):
			last.CarriedOn = last.read(g, r, cols)
			return true
		}
	}
	return false
}

// read is a row of table 三. Where a column is missing or the sum is blank, as in
// the old form, the sum is that of the others.
func (last *Last) read(g *grid, row int, cols [7]int) (out [7]int) {
	sum := 0
	for i, c := range cols {
		text := ""
		if c > 0 {
			text = g.at(row, c)
		}
		n, dash, ok := parseNumber(text)
		if dash || !ok {
			last.Blank++
		}
		if i < 6 {
			sum += int(n)
		}
		out[i] = int(n)
		if i == 6 && (dash || !ok) {
			out[i] = sum
		}
	}
	return out
}

// table2 reads how many documents were in force.
func (last *Last) table2(g *grid) {
	col := 0
	for row := 1; row <= g.rows; row++ {
		key := ""
		for c := 1; c <= g.far; c++ {
			switch text := squeeze(g.at(row, c)); text {
			case "现行有效件数", "对外公开总数量":
				col = c
			case "规章":
				key = "rules"
			case "行政规范性文件", "规范性文件":
				key = "normative"
			}
		}
		if key == "" || col == 0 {
			continue
		}
		if n, dash, ok := parseNumber(g.at(row, col)); ok {
			if _, had := last.InForce[key]; !had {
				last.InForce[key] = n
			}
			if dash {
				last.Blank++
			}
		}
	}
}
