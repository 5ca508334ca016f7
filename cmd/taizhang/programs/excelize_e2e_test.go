//go:build e2e

package programs

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// withExcelize makes and edits workbooks with excelize.
func withExcelize(r request) (map[string]string, error) {
	if r.Do == "make" {
		return nil, madeByExcelize(r)
	}
	f, err := excelize.OpenFile(r.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for _, c := range r.Cells {
		v := c.Value
		if d, ok := v.(day); ok {
			if v, err = time.Parse(time.DateOnly, d.Date); err != nil {
				return nil, err
			}
		}
		if err := f.SetCellValue(c.Sheet, c.Cell, v); err != nil {
			return nil, err
		}
	}
	return nil, f.Save()
}

func excelizeLooks(f *excelize.File) (map[string]int, error) {
	var border []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	wrapped := &excelize.Alignment{Vertical: "center", WrapText: true}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	open, format := &excelize.Protection{Locked: false}, "yyyy-mm-dd"
	out := map[string]int{}
	var all error
	for name, s := range map[string]*excelize.Style{
		"title": {Font: &excelize.Font{Family: "方正小标宋简体", Size: 18, Bold: true}, Alignment: middle},
		"head": {Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1,
			Color: []string{"DDEBF7"}}, Border: border, Alignment: middle},
		"cell":  {Border: border, Alignment: wrapped},
		"day":   {Border: border, CustomNumFmt: &format, Protection: open},
		"open":  {Border: border, Alignment: wrapped, Protection: open},
		"total": {Font: &excelize.Font{Bold: true}, Border: border},
	} {
		id, err := f.NewStyle(s)
		out[name], all = id, errors.Join(all, err)
	}
	return out, all
}

func madeByExcelize(r request) error {
	f := excelize.NewFile()
	defer f.Close()
	looks, err := excelizeLooks(f)
	if err != nil {
		return err
	}
	var all error
	do := func(err error) { all = errors.Join(all, err) }
	for i, s := range r.Book.Sheets {
		if i == 0 {
			do(f.SetSheetName("Sheet1", s.Name))
		} else {
			_, err := f.NewSheet(s.Name)
			do(err)
		}
		for r, row := range s.Rows {
			for c, v := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				do(err)
				do(excelizeValue(f, s.Name, at, v))
			}
		}
		for _, st := range s.Styles {
			from, to := corners(st[0])
			do(f.SetCellStyle(s.Name, from, to, looks[st[1]]))
		}
		for _, m := range s.Merges {
			from, to := corners(m)
			do(f.MergeCell(s.Name, from, to))
		}
		for col, w := range s.Widths {
			do(f.SetColWidth(s.Name, col, col, w))
		}
		for row, h := range s.Heights {
			n, err := strconv.Atoi(row)
			do(err)
			do(f.SetRowHeight(s.Name, n, h))
		}
		for _, col := range s.Hidden {
			do(f.SetColVisible(s.Name, col, false))
		}
		do(excelizeRules(f, s))
	}
	do(f.SaveAs(r.File))
	return all
}

func excelizeValue(f *excelize.File, sheet, at string, v any) error {
	object, ok := v.(map[string]any)
	switch {
	case v == nil:
		return nil
	case !ok:
		return f.SetCellValue(sheet, at, v)
	case object["formula"] != nil:
		return f.SetCellFormula(sheet, at, object["formula"].(string))
	}
	date, err := time.Parse(time.DateOnly, object["date"].(string))
	return errors.Join(err, f.SetCellValue(sheet, at, date))
}

// excelizeRules is everything about a sheet that is no cell.
func excelizeRules(f *excelize.File, s sheet) error {
	var all error
	do := func(err error) { all = errors.Join(all, err) }
	if s.Freeze != "" {
		col, row, err := excelize.CellNameToCoordinates(s.Freeze)
		do(err)
		do(f.SetPanes(s.Name, &excelize.Panes{Freeze: true, XSplit: col - 1, YSplit: row - 1, TopLeftCell: s.Freeze,
			ActivePane: "bottomRight"}))
	}
	if s.Filter != "" {
		do(f.AutoFilter(s.Name, s.Filter, nil))
	}
	for _, l := range s.Lists {
		dv := excelize.NewDataValidation(true)
		dv.Sqref = l.Range
		if l.From != "" {
			dv.SetSqrefDropList(l.From)
		} else {
			do(dv.SetDropList(l.Words))
		}
		do(f.AddDataValidation(s.Name, dv))
	}
	for _, d := range s.Dates {
		from, err := time.Parse(time.DateOnly, d.From)
		do(err)
		dv := excelize.NewDataValidation(true)
		dv.Sqref = d.Range
		do(dv.SetRange(fmt.Sprintf("DATE(%d,%d,%d)", from.Year(), from.Month(), from.Day()), "",
			excelize.DataValidationTypeDate, excelize.DataValidationOperatorGreaterThanOrEqual))
		do(f.AddDataValidation(s.Name, dv))
	}
	for _, c := range s.Conditions {
		id, err := f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1,
			Color: []string{c.Fill}}})
		do(err)
		do(f.SetConditionalFormat(s.Name, c.Range, []excelize.ConditionalFormatOptions{{Type: "formula",
			Criteria: c.Formula, Format: &id}}))
	}
	for _, c := range s.Comments {
		do(f.AddComment(s.Name, excelize.Comment{Cell: c.Cell, Author: c.Author,
			Paragraph: []excelize.RichTextRun{{Text: c.Text}}}))
	}
	if s.Table.Range != "" {
		do(f.AddTable(s.Name, &excelize.Table{Range: s.Table.Range, Name: s.Table.Name,
			StyleName: "TableStyleMedium2"}))
	}
	if s.Protect {
		do(f.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{FormatColumns: true, AutoFilter: true,
			SelectLockedCells: true, SelectUnlockedCells: true}))
	}
	if p := s.Print; p.Landscape {
		landscape, a4 := "landscape", 9
		do(f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4}))
		do(f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&C" + p.Footer}))
		from, to := corners(p.Area)
		do(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.Name, RefersTo: s.Name + "!" +
			absolute(from) + ":" + absolute(to)}))
		do(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.Name,
			RefersTo: fmt.Sprintf("%s!$%d:$%d", s.Name, p.Rows[0], p.Rows[1])}))
	}
	return all
}

func corners(area string) (from, to string) {
	from, to, several := strings.Cut(area, ":")
	if !several {
		to = from
	}
	return from, to
}

func absolute(cell string) string {
	i := strings.IndexAny(cell, "0123456789")
	return "$" + cell[:i] + "$" + cell[i:]
}
