package table

import (
	"slices"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// vocabulary is what the cells of fuzzed sheets hold: headings, marks of every
// kind of row, and values; the first ones are empty.
var vocabulary = []string{
	"", "", "", "", "", "\x00", "序号", "编号", "重点任务", "主要任务", "具体要求", "牵头单位", "责任单位", "配合单位", "完成时限", "完成时间",
	"完成情况", "状态", "备注", "责任分工", "单位名称", "联系电话", "类型", "日期", "要求", "最少次数", "责任", "领导",
	"一、基础", "（一）交通", "第一部分", "一", "（二）", "1.", "小计", "合计：3项", "总计", "注：", "说明：看表", "填报人：甲", "审核人",
	"1", "2", "3", "４", "x", "修路", "已完成", "2022年", "\u3000", "a\nb", "（）", "：", "*", "Task", "Lead unit",
}

// fuzzSheet makes a sheet of bytes: the first ones say how wide it is and how
// many merges there are, each merge takes four, each cell one.
func fuzzSheet(data []byte) *ooxml.Sheet {
	s := &ooxml.Sheet{Name: "S"}
	if len(data) < 2 {
		return s
	}
	width, merges := 1+int(data[0]%10), int(data[1]%6)
	data = data[2:]
	for ; merges > 0 && len(data) >= 4; merges-- {
		first := a1.Ref{Row: 1 + int(data[0]%24), Col: 1 + int(data[1]%10)}
		s.Merges = append(s.Merges, a1.Range{First: first, Last: a1.Ref{Row: first.Row + int(data[2]%5),
			Col: first.Col + int(data[3]%6)}})
		data = data[4:]
	}
	for i, b := range data[:min(len(data), 600)] {
		v := vocabulary[int(b)%len(vocabulary)]
		if v == "" {
			continue
		}
		c := ooxml.Cell{Ref: a1.Ref{Row: 1 + i/width, Col: 1 + i%width}, Kind: ooxml.Text, Value: v, Formula: b >= 224}
		switch {
		case v == "\x00":
			c.Kind, c.Value, c.Style = ooxml.Blank, "", 1
		case b >= 180 && isDigits(v):
			c.Kind = ooxml.Number
		}
		s.Cells = append(s.Cells, c)
	}
	return s
}

func FuzzFind(f *testing.F) {
	word := func(w string) byte { return byte(slices.Index(vocabulary, w)) }
	f.Add([]byte{3, 0, word("序号"), word("重点任务"), word("牵头单位"), word("完成时限"), word("1"), word("修路"), word("x"),
		word("2022年"),
		word("小计"), 0, word("3"), 0, word("2"), word("修路"), word("x"), 0, word("注："), 0, 0, 0})
	f.Add([]byte{3, 1, 2, 1, 2, 0, word("一、基础"), 0, 0, 0, word("序号"), word("主要任务"), word("责任单位"), word("完成时间"),
		word("1"), word("x"), word("x"), 0})
	m := newMatcher(testSchemas())
	f.Fuzz(func(t *testing.T, data []byte) {
		s := fuzzSheet(data)
		sf, _ := findSheet(s, plain{}, m)
		for _, tb := range sf.Tables {
			checkTable(t, s, tb)
		}
	})
}

// checkTable holds what is true of every table that was found, whatever the
// sheet: no cell below its header gets lost.
func checkTable(t *testing.T, s *ooxml.Sheet, tb *Table) {
	t.Helper()
	why := checkPlace(t, tb)
	pl := &tb.Place
	for i := range s.Cells {
		c := &s.Cells[i]
		p := slices.IndexFunc(tb.Columns, func(col Column) bool { return col.Col == c.Col })
		if p < 0 || c.Row <= pl.HeaderLast || pl.Footer != 0 && c.Row >= pl.Footer || blankCell(c) {
			continue
		}
		// What lies under a merge nobody sees.
		if slices.ContainsFunc(s.Merges, func(m a1.Range) bool { return m.Contains(c.Ref) && m.First != c.Ref }) {
			continue
		}
		switch why[c.Row] {
		case "":
			t.Fatalf("%s is nowhere: %q", c.Ref, c.Value)
		case "data":
			k := slices.IndexFunc(tb.Rows, func(r Row) bool { return r.Row == c.Row })
			if tb.Rows[k].Values[p] != c.Value {
				t.Fatalf("%s holds %q, but the row has %q", c.Ref, c.Value, tb.Rows[k].Values[p])
			}
		}
	}
}

// checkPlace holds what is true of every table's rows and columns, and returns
// what each row is.
func checkPlace(t *testing.T, tb *Table) (why map[int]string) {
	t.Helper()
	pl := &tb.Place
	keys := map[string]bool{}
	for i, c := range tb.Columns {
		if c.Col < 1 || c.Col > maxCol || i > 0 && c.Col <= tb.Columns[i-1].Col {
			t.Fatalf("column %d stands in %d", i, c.Col)
		}
		if c.Key == "" || keys[c.Key] {
			t.Fatalf("key %q is empty or twice there", c.Key)
		}
		keys[c.Key] = true
	}
	if len(tb.Columns) == 0 || pl.HeaderFirst < 1 || pl.HeaderLast < pl.HeaderFirst || pl.First <= pl.HeaderLast {
		t.Fatalf("impossible place %+v", *pl)
	}
	why = map[int]string{}
	last := pl.HeaderLast
	for _, r := range tb.Rows {
		if r.Row <= last || r.Row < pl.First || r.Row > pl.Last || len(r.Values) != len(tb.Columns) {
			t.Fatalf("row %d after %d, %d values for %d columns, data %d to %d", r.Row, last, len(r.Values),
				len(tb.Columns), pl.First, pl.Last)
		}
		why[r.Row], last = "data", r.Row
	}
	for _, k := range pl.Skipped {
		if why[k.Row] != "" || k.Row <= pl.HeaderLast {
			t.Fatalf("row %d is %s and %s", k.Row, why[k.Row], k.Why)
		}
		why[k.Row] = k.Why
	}
	for _, b := range pl.Blank {
		if why[b] != "" || b <= pl.Last {
			t.Fatalf("prepared row %d is %s, last data row %d", b, why[b], pl.Last)
		}
		why[b] = "prepared"
	}
	if pl.Footer != 0 && pl.Footer <= pl.Last {
		t.Fatalf("footer %d above the last data row %d", pl.Footer, pl.Last)
	}
	return why
}
