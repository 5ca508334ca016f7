package annual

import (
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/paper"
)

// Options say how the report is signed.
type Options struct {
	Date    time.Time // zero: the ledger's day
	Sealed  bool
	Chinese bool // the date in Chinese numerals
}

// Title is what the report is called.
func (r *Report) Title() string {
	return r.Office() + strconv.Itoa(r.Year) + "年政府信息公开工作年度报告"
}

// Paper is the whole report as an official paper. It is in Chinese, as its form is.
func (r *Report) Paper(opt Options) *paper.Paper {
	date := opt.Date
	if date.IsZero() {
		date = r.Ledger.Today
	}
	p := &paper.Paper{Lang: msg.ZH, Title: r.Title(),
		Sign: paper.Signature{Unit: r.Office(), Date: date, Sealed: opt.Sealed, Chinese: opt.Chinese}}
	p.Text(r.opening())
	tell := func(list []passage) {
		for _, s := range list {
			if s.level > 0 {
				p.Heading(s.level, s.text)
			} else {
				p.Text(s.text)
			}
		}
	}
	p.Heading(1, Sections[0])
	tell(r.overall())
	p.Heading(1, Sections[1])
	p.Table(r.activeTable())
	p.Heading(1, Sections[2])
	p.Table(r.requestTable())
	p.Heading(1, Sections[3])
	p.Table(r.reviewTable())
	p.Heading(1, Sections[4])
	tell(r.problems())
	p.Heading(1, Sections[5])
	tell(r.others())
	return p
}

const tableSize = 21 // 五号, in half points

// activeTable is the table of section 二, each article under a heading of its own.
func (r *Report) activeTable() paper.Table {
	t := paper.Table{Size: tableSize, Height: 400, Whole: true, Cols: []int{4, 4, 4, 4}}
	for _, p := range active {
		t.Rows = append(t.Rows, []paper.Cell{{Text: p.article, Span: 4, Bold: true}})
		span := 3 / len(p.columns)
		head := []paper.Cell{{Text: content, Bold: true}}
		for _, c := range p.columns {
			head = append(head, paper.Cell{Text: c, Span: span, Bold: true})
		}
		t.Rows = append(t.Rows, head)
		for _, row := range p.rows {
			cells := []paper.Cell{{Text: row.name, Left: true}}
			for _, n := range r.Active[row.key] {
				cells = append(cells, paper.Cell{Text: show(n), Span: span})
			}
			t.Rows = append(t.Rows, cells)
		}
	}
	return t
}

// requestTable is table 三.
func (r *Report) requestTable() paper.Table {
	t := paper.Table{Size: 18, Height: 340, Whole: true, Head: 3, Cols: []int{12, 20, 46, 10, 10, 10, 11, 11, 9, 10}}
	t.Rows = append(t.Rows,
		[]paper.Cell{{Text: balance, Span: 3, Down: 3}, {Text: applicants, Span: 7}},
		[]paper.Cell{{Text: Columns[0], Down: 2}, {Text: legalPersons, Span: 5}, {Text: Columns[6], Down: 2}},
		paper.Row(Columns[1:6]...))
	inResults, group := 0, ""
	for _, l := range lines {
		var cells []paper.Cell
		switch {
		case !l.leaf && l.key != rowTotal:
			cells = append(cells, paper.Cell{Text: l.name, Span: 3, Left: true})
		default:
			if inResults == 0 {
				cells = append(cells, paper.Cell{Text: results, Down: 22, Left: true})
			}
			inResults++
			switch {
			case l.group == "":
				cells = append(cells, paper.Cell{Text: l.name, Span: 2, Left: true})
			case l.group != group:
				cells = append(cells, paper.Cell{Text: l.group, Down: groupSize(l.group), Left: true},
					paper.Cell{Text: l.name, Left: true})
			default:
				cells = append(cells, paper.Cell{Text: l.name, Left: true})
			}
			group = l.group
		}
		for _, n := range r.Requests[l.key] {
			cells = append(cells, paper.Cell{Text: strconv.Itoa(n)})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func groupSize(group string) (n int) {
	for _, l := range lines {
		if l.group == group {
			n++
		}
	}
	return n
}

// reviewTable is table 四: one row of 15 numbers.
func (r *Report) reviewTable() paper.Table {
	t := paper.Table{Size: 18, Height: 400, Whole: true, Head: 3,
		Cols: []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}
	t.Rows = append(t.Rows,
		[]paper.Cell{{Text: reviewParts[0].name, Span: 5, Down: 2}, {Text: suits, Span: 10}},
		[]paper.Cell{{Text: reviewParts[1].name, Span: 5}, {Text: reviewParts[2].name, Span: 5}})
	var head, row []paper.Cell
	for _, p := range reviewParts {
		for i, name := range reviewColumns {
			head = append(head, paper.Cell{Text: name})
			row = append(row, paper.Cell{Text: strconv.Itoa(r.Reviews[p.key][i])})
		}
	}
	t.Rows = append(t.Rows, head, row)
	return t
}

// Plain is the report as plain text.
func (r *Report) Plain(opt Options) string {
	return strings.TrimRight(r.Paper(opt).Plain(), "\n") + "\n"
}
