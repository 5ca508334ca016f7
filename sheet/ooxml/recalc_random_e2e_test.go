//go:build e2e

package ooxml_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// formulaMaker makes formulas at random over A1:F20 of the sheet 数.
type formulaMaker struct{ *rand.Rand }

func (m formulaMaker) of(list ...string) string { return list[m.IntN(len(list))] }

func (m formulaMaker) cell() string {
	return "数!" + m.of("", "$") + string(rune('A'+m.IntN(6))) + m.of("", "$") + strconv.Itoa(1+m.IntN(22))
}

func (m formulaMaker) column() string {
	c := string(rune('A' + m.IntN(6)))
	switch m.IntN(4) {
	case 0:
		return "数!" + c + ":" + c
	case 1:
		return "数!$" + c + "$1:$" + c + "$20"
	}
	from := 1 + m.IntN(8)
	return fmt.Sprintf("数!%s%d:%s%d", c, from, c, from+4+m.IntN(8))
}

// same are n columns of one size.
func (m formulaMaker) same(n int) []string {
	from, rows := 1+m.IntN(8), 3+m.IntN(10)
	out := make([]string, n)
	for i := range out {
		c := string(rune('A' + m.IntN(6)))
		out[i] = fmt.Sprintf("数!%s%d:%s%d", c, from, c, from+rows)
	}
	return out
}

func (m formulaMaker) literal() string {
	return m.of("0", "1", "2", "80", "0.5", "-3", "44742", `"已完成"`, `"财政局"`, `""`, `"80"`, `"0.5"`, `"约七"`, `"任务3"`,
		"TRUE", "FALSE", `"x"`, `" "`, `"２"`, `"5%"`, `"2022-06-30"`)
}

func (m formulaMaker) criterion() string {
	return m.of(m.literal(), m.cell(), `"<>"`, `"="`, `""`, `">1"`, `"<=80"`, `"<>已完成"`, `"=已完成"`, `"*局"`, `"任务?"`,
		`"*"`, `"?*"`, `"<>*局"`, `">="&`+m.cell(), `"="&`+m.cell(), `"~*"`, `">44000"`, `"<>0"`, `"=80"`, `"<>"&`+
			m.cell())
}

func (m formulaMaker) expr(depth int) string {
	if depth <= 0 {
		return m.of(m.cell(), m.cell(), m.literal())
	}
	x := func() string { return m.expr(depth - 1 - m.IntN(2)) }
	two := m.same(2)
	three := m.same(3)
	switch m.IntN(34) {
	case 0, 1, 2:
		return x() + m.of("+", "-", "*", "/", "&", "=", "<>", "<", ">", "<=", ">=", "^") + x()
	case 3:
		return "(" + x() + ")" + m.of("+", "*", "-") + "(" + x() + ")"
	case 4:
		return m.of("-", "--", "") + x() + m.of("%", "")
	case 5, 6:
		return "IF(" + x() + "," + x() + "," + x() + ")"
	case 7:
		return "IFERROR(" + x() + "," + x() + ")"
	case 8, 9:
		return m.of("SUM", "AVERAGE", "COUNT", "COUNTA", "MAX", "MIN") + "(" +
			m.column() + m.of("", ","+m.column(), ","+m.cell()) + ")"
	case 10:
		return "COUNTBLANK(" + m.column() + ")"
	case 11, 12:
		return "COUNTIF(" + m.column() + "," + m.criterion() + ")"
	case 13:
		return "SUMIF(" + two[0] + "," + m.criterion() + "," + two[1] + ")"
	case 14:
		return "COUNTIFS(" + two[0] + "," + m.criterion() + "," + two[1] + "," + m.criterion() + ")"
	case 15:
		return m.of("SUMIFS", "AVERAGEIFS") + "(" + three[0] + "," + three[1] + "," + m.criterion() + "," + three[2] +
			"," + m.criterion() + ")"
	case 16, 17:
		return "SUMPRODUCT((" + two[0] + m.of("=", "<>", ">", "<") + m.expr(0) + ")*" +
			m.of("1", two[1], "("+two[1]+"="+m.expr(0)+")") + ")"
	case 18:
		return "VLOOKUP(" + m.expr(0) + ",数!A1:F20," + m.of("1", "2", "4", "6", "7") + "," + m.of("0", "FALSE") + ")"
	case 19:
		return "INDEX(" + m.column() + "," + m.of("1", "3", m.cell()) + ")"
	case 20:
		return "MATCH(" + m.expr(0) + "," + m.column() + "," + m.of("0", "0", "1") + ")"
	case 21:
		return m.of("LEFT", "RIGHT") + "(" + x() + "," + m.of("1", "2", "0", "9") + ")"
	case 22:
		return m.of("LEN", "TRIM", "VALUE", "INT", "ABS") + "(" + x() + ")"
	case 23:
		return m.of("ISNUMBER", "ISTEXT", "ISBLANK", "ISERROR", "ISNA") + "(" + x() + ")"
	case 24:
		return m.of("AND", "OR") + "(" + x() + "," + x() + ")"
	case 25:
		return m.of("ROUND", "ROUNDUP", "ROUNDDOWN") + "(" + x() + "," + m.of("0", "1", "2", "-1") + ")"
	case 26:
		return "TEXT(" + x() + `,"` + m.of("0", "0.00", "0%", "yyyy-mm-dd", "yyyy年m月d日", "#,##0.0", "000") + `")`
	case 27:
		return m.of("YEAR", "MONTH", "DAY") + "(" + x() + ")"
	case 28:
		return "DATEDIF(" + m.expr(0) + "," + m.expr(0) + `,"` + m.of("d", "m", "y") + `")`
	case 29:
		return "EDATE(" + m.expr(0) + "," + m.of("1", "-1", "12") + ")"
	case 30:
		return "SUBSTITUTE(" + x() + "," + m.literal() + "," + m.literal() + ")"
	case 31:
		return "FIND(" + m.expr(0) + "," + x() + ")"
	case 32:
		return "MOD(" + x() + "," + m.of("2", "7", "-3") + ")"
	}
	return "SUBTOTAL(" + m.of("3", "9", "103") + "," + m.column() + ")"
}

// seenBy shows the cells that a formula reads.
func seenBy(w *ooxml.Workbook, f string) string {
	sheet, _ := w.Sheet("数")
	var b strings.Builder
	for _, r := range formula.Parse(f).Refs {
		for row := r.Range.First.Row; row <= min(r.Range.Last.Row, 22); row++ {
			for col := r.Range.First.Col; col <= min(r.Range.Last.Col, 6); col++ {
				c, _ := sheet.Cell(a1.At(row, col))
				fmt.Fprintf(&b, "%s:%c%q ", c.Ref, "_ntbedp"[c.Kind], c.Value)
			}
		}
		b.WriteString("| ")
	}
	return b.String()
}

// TestE2ERandomFormulasAreRightOrUnknown compares what is calculated here of
// formulas made at random over cells of every kind with LibreOffice.
func TestE2ERandomFormulasAreRightOrUnknown(t *testing.T) {
	const books, perBook = 4, 2500
	seed := uint64(1)
	if s := os.Getenv("FORMULA_SEED"); s != "" {
		seed, _ = strconv.ParseUint(s, 10, 64)
	}
	dir := t.TempDir()
	var files []string
	var ours []*ooxml.Workbook
	var formulas [][]string
	for b := range books {
		m := formulaMaker{rand.New(rand.NewPCG(seed, uint64(b)))}
		var data, sums strings.Builder
		for row := 1; row <= 20; row++ {
			fmt.Fprintf(&data, `<row r="%d">`, row)
			for col := range 6 {
				at := a1.At(row, col+1).String()
				text := func(s string) {
					fmt.Fprintf(&data, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, s)
				}
				kind := m.IntN(12)
				if m.IntN(3) > 0 {
					kind = []int{0, 3, 1, 3, 0, 2}[col] // columns are mostly of one kind
				}
				switch kind {
				case 0:
					fmt.Fprintf(&data, `<c r="%s"><v>%d</v></c>`, at, row)
				case 1:
					fmt.Fprintf(&data, `<c r="%s"><v>%s</v></c>`, at,
						m.of("0.5", "80", "-3", "12.25", "0", "1234.567", "1", "0.1"))
				case 2:
					fmt.Fprintf(&data, `<c r="%s"><v>%d</v></c>`, at, 44562+m.IntN(400))
				case 3, 4:
					text(m.of("已完成", "未启动", "正在推进", "财政局", "教育局", "任务3", "任务*", "约七", "x"))
				case 5:
					text(m.of("80", "0.5", "007", "5%", "", " ", "ABC", "２", "2022-06-30", "1e3"))
				case 6:
					fmt.Fprintf(&data, `<c r="%s" t="b"><v>%d</v></c>`, at, m.IntN(2))
				case 7:
					if m.IntN(4) == 0 {
						fmt.Fprintf(&data, `<c r="%s" t="e"><v>%s</v></c>`, at, m.of("#N/A", "#VALUE!", "#DIV/0!"))
					}
				case 8:
					fmt.Fprintf(&data, `<c r="%s" t="str"><f>IF(1=1,"","x")</f><v></v></c>`, at)
				}
			}
			data.WriteString(`</row>`)
		}
		list := make([]string, perBook)
		for i := range list {
			list[i] = m.expr(2)
			fmt.Fprintf(&sums, `<row r="%d"><c r="A%d"><f>%s</f><v>0</v></c></row>`, i+1, i+1,
				xmlpart.EscapeText("IF(数!Z1=0,"+list[i]+",0)"))
		}
		w := testBook{sheets: []string{"数", "式"}, parts: map[string]string{
			"xl/worksheets/sheet1.xml": `<worksheet ` + nsMain + `><sheetData>` + data.String() +
				`</sheetData></worksheet>`,
			"xl/worksheets/sheet2.xml": `<worksheet ` + nsMain + `><sheetData>` + sums.String() +
				`</sheetData></worksheet>`,
			"xl/sharedStrings.xml": `<sst ` + nsMain + `/>`, "xl/styles.xml": plainStyles,
		}}.read(t)
		if err := w.Set("数", a1.At(1, 26), ooxml.NumberValue("0")); err != nil {
			t.Fatal(err)
		}
		saved, err := w.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if w, err = ooxml.Read("a.xlsx", saved, ooxml.Options{}); err != nil {
			t.Fatal(err)
		}
		ours, formulas = append(ours, w), append(formulas, list)
		files = append(files, filepath.Join(dir, fmt.Sprintf("r%d.xlsx", b)))
		if err := os.WriteFile(files[b], stripped(t, saved), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := office(t, files)
	calculated := 0
	for b, w := range ours {
		theirs, err := ooxml.Open(filepath.Join(out, filepath.Base(files[b])), ooxml.Options{})
		if err != nil {
			t.Fatal(err)
		}
		mine, _ := w.Sheet("式")
		other, err := theirs.Sheet("式")
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range formulas[b] {
			at := a1.At(i+1, 1)
			c, _ := mine.Cell(at)
			if c.Kind == ooxml.Blank {
				continue
			}
			calculated++
			o, _ := other.Cell(at)
			same := c.Kind == o.Kind && c.Value == o.Value
			// LibreOffice shows 0+TRUE as TRUE
			if c.Kind == ooxml.Number && (o.Kind == ooxml.Number || o.Kind == ooxml.Bool) {
				x, _ := strconv.ParseFloat(c.Value, 64)
				y, _ := strconv.ParseFloat(o.Value, 64)
				same = math.Abs(x-y) <= 1e-12*math.Max(math.Abs(x), math.Abs(y))
			}
			if !same {
				t.Errorf("=%s: ours %v %q, LibreOffice %v %q; over %s", f, c.Kind, c.Value, o.Kind, o.Value,
					seenBy(w, f))
			}
		}
	}
	t.Logf("%d of %d formulas calculated", calculated, books*perBook)
}
