package plan

import (
	"bytes"
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// table takes the tasks of a table in the document. It is read exactly as a
// table in a workbook is, so it is put into one first.
func (p *Plan) table(b Block, under *node) {
	tables, err := find(b.Rows)
	if err != nil || len(tables) == 0 {
		if len(b.Rows) > 1 {
			p.Doubts = append(p.Doubts, Doubt{b.Line, msg.New("plan.table_not_read", "Headings", headings(b.Rows))})
		}
		return
	}
	l := ledger.Build(tables, ledger.Options{Year: p.Year})
	for _, t := range l.Tasks {
		section := under.path()
		if under.parent != nil {
			section = append(section, under.label())
		}
		if t.Section != "" {
			section = append(section, t.Section)
		}
		line := b.Line
		if i := t.Source.Row - 1; i >= 0 && i < len(b.Lines) {
			line = b.Lines[i]
		}
		it := Item{
			Line: line, Section: strings.Join(section, " / "), Title: t.Title, Requirement: t.Requirement,
			Lead: t.Lead, Support: t.Support, Deadline: t.Deadline.Text,
			Leader: t.Leader, Owner: t.Owner, Phone: t.Phone, Remark: t.Remark,
			Status: t.Status.Text, Completed: t.Text(ledger.FieldCompleted), Progress: t.Progress,
			Problems: t.Problems, Next: t.NextSteps, Evidence: t.Evidence,
		}
		it.others = others(t)
		if it.Title == "" {
			it.Title, _ = headline("", t.Requirement)
		}
		if other := it.closed(); other != "" {
			p.Doubts = append(p.Doubts, Doubt{line, msg.New("plan.cell_lead", "Title", it.Title, "Lead", it.Lead,
				"Other", other)})
		}
		if it.Lead == "" {
			p.Doubts = append(p.Doubts, Doubt{line, msg.New("plan.no_lead", "Title", it.Title)})
		}
		p.name(append([]string{it.Lead}, it.Support...)...)
		p.Rules = append(p.Rules, counts(&node{heading: it.Title}, it.Title+"\n"+it.Requirement, p.known)...)
		p.Items = append(p.Items, it)
	}
}

// closed takes the bracket with which a cell names units (开展排查（各街道负责）) off
// the title. The column leads; who stands in the bracket helps. other is the unit
// that the bracket says leads, if it is not the column's.
func (it *Item) closed() (other string) {
	at := closing(it.Title)
	if at <= 0 {
		return ""
	}
	led := it.Lead != "" && strings.Contains(it.Title[at:], "牵头")
	said := newPara(it.Title[at:], false, it.Line).said
	it.Title = trim(it.Title[:at])
	if it.Lead == "" {
		it.Lead, it.Support = said.lead, add(it.Support, said.lead, said.support...)
	} else {
		it.Support = add(it.Support, it.Lead, append([]string{said.lead}, said.support...)...)
	}
	it.Deadline, it.Leader, it.Owner = cmp.Or(it.Deadline, said.deadline), cmp.Or(it.Leader, said.leader),
		cmp.Or(it.Owner, said.owner)
	if len(said.kept) > 0 {
		it.others = append(it.others, strings.Join(said.kept, "；"))
	}
	if led && said.lead != it.Lead {
		return said.lead
	}
	return ""
}

// others is what the columns say that a new ledger has no column for, such as
// 分值：10, for the task's text. Nothing of a plan is lost because it is a table.
func others(t *ledger.Task) (lines []string) {
	for _, c := range t.Extra {
		if value := trim(c.Value); value != "" && c.Heading != "" {
			lines = append(lines, c.Heading+"："+value)
		}
	}
	return lines
}

// find looks for a table of tasks in the cells of a document's table.
func find(rows [][]string) ([]*table.Table, error) {
	f := excelize.NewFile()
	defer f.Close()
	sheet := f.GetSheetName(0)
	for i, row := range rows {
		for j, text := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return nil, err
			}
			if text == "" {
				continue
			}
			if err := f.SetCellStr(sheet, at, text); err != nil {
				return nil, err
			}
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return nil, err
	}
	wb, err := ooxml.Read("", buf.Bytes(), ooxml.Options{})
	if err != nil {
		return nil, err
	}
	found, err := table.Find(wb, ledger.Schemas(ledger.Options{}))
	if err != nil {
		return nil, err
	}
	var tasks []*table.Table
	for _, t := range found.Tables {
		if t.Kind == ledger.KindTasks {
			tasks = append(tasks, t)
		}
	}
	return tasks, nil
}

// headings names a table by its first row that has two cells or more.
func headings(rows [][]string) string {
	for _, row := range rows {
		var cells []string
		for _, c := range row {
			if c = strings.Join(strings.Fields(c), ""); c != "" {
				cells = append(cells, shown(c))
			}
		}
		if len(cells) > 1 {
			return strings.Join(cells, "、")
		}
	}
	return ""
}

// tableTitles are the folded titles of the tasks in the document's tables; nil
// if it has no table of tasks.
func (p *Plan) tableTitles(root *node) (titles map[string]bool) {
	root.walk(func(n *node) {
		for _, b := range n.tables {
			tables, err := find(b.Rows)
			if err != nil || len(tables) == 0 {
				continue
			}
			if titles == nil {
				titles = map[string]bool{}
			}
			for _, t := range ledger.Build(tables, ledger.Options{Year: p.Year}).Tasks {
				titles[table.Normalize(t.Title)] = true
			}
		}
	})
	return titles
}

// once makes one item of a task that stands in the text, among the first prose
// items, and again in a table of duties (任务分工表) at the end: the text keeps its
// place, and the table says what the text left out.
func (p *Plan) once(prose int) {
	byTitle := map[string]int{}
	tasks := false // the text has tasks too
	for i, it := range p.Items[:prose] {
		byTitle[table.Normalize(it.Title)] = i + 1
		tasks = tasks || !it.Measure
	}
	kept := p.Items[:prose]
	for _, it := range p.Items[prose:] {
		i := byTitle[table.Normalize(it.Title)]
		if i == 0 {
			if tasks && !it.Measure {
				p.Doubts = append(p.Doubts, Doubt{it.Line, msg.New("plan.only_in_table", "Title", it.Title)})
			}
			kept = append(kept, it)
			continue
		}
		k := &kept[i-1]
		if k.Lead != "" && it.Lead != "" && k.Lead != it.Lead {
			p.Doubts = append(p.Doubts, Doubt{it.Line, msg.New("plan.other_lead", "Title", it.Title, "Lead", k.Lead,
				"Other", it.Lead)})
		}
		if k.Lead == "" {
			k.Lead, k.Support, k.Measure = it.Lead, it.Support, false
		} else if it.Lead == k.Lead {
			k.Support = add(k.Support, k.Lead, it.Support...)
		}
		k.others = append(k.others, it.others...)
		for _, f := range []struct {
			to   *string
			from string
		}{{&k.Deadline, it.Deadline}, {&k.Leader, it.Leader}, {&k.Owner, it.Owner}, {&k.Requirement, it.Requirement},
			{&k.Phone, it.Phone}, {&k.Remark, it.Remark}, {&k.Status, it.Status}, {&k.Completed, it.Completed},
			{&k.Progress, it.Progress}, {&k.Problems, it.Problems}, {&k.Next, it.Next}, {&k.Evidence, it.Evidence}} {
			if *f.to == "" {
				*f.to = f.from
			}
		}
	}
	p.Items = kept
}

// number counts the tasks through the plan, puts what other columns say behind
// their texts and drops an annual requirement that is named twice.
func (p *Plan) number() {
	n := 0
	for i := range p.Items {
		it := &p.Items[i]
		it.Requirement = strings.TrimPrefix(strings.Join(append([]string{it.Requirement}, it.others...), "\n"), "\n")
		if !p.Items[i].Measure {
			n++
			p.Items[i].Number = strconv.Itoa(n)
		}
	}
	seen := map[string]bool{}
	rules := p.Rules[:0]
	for _, r := range p.Rules {
		if key := fmt.Sprint(r.Kind, r.Units, r.ByUnit); !seen[key] {
			seen[key] = true
			rules = append(rules, r)
		}
	}
	p.Rules = rules
}
