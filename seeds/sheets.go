package seeds

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook makes the sample from its content.
func (c *content) workbook() ([]byte, error) {
	b := &book{File: excelize.NewFile()}
	defer b.Close()
	b.makeStyles()
	b.do(b.SetSheetName("Sheet1", tasksSheet))
	for _, name := range []string{eventsSheet, rulesSheet, unitsSheet} {
		_, err := b.NewSheet(name)
		b.do(err)
	}
	b.tasks(c)
	b.events(c)
	b.rules(c)
	b.units(c)
	b.SetActiveSheet(0)
	made := c.Today + "T08:00:00Z"
	b.do(b.SetDocProps(&excelize.DocProperties{Title: c.Title, Creator: "taizhang", LastModifiedBy: "taizhang", Created: made, Modified: made}))
	b.do(b.SetAppProps(&excelize.AppProperties{Application: "taizhang"}))
	if b.err != nil {
		return nil, b.err
	}
	buf, err := b.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// columns of the task sheet: group (empty where the heading spans both rows),
// heading, width.
var taskColumns = []struct {
	group, heading string
	width          float64
	centre         bool
}{
	{"", "序号", 6, true}, {"", "重点任务", 20, false}, {"", "工作内容", 34, false},
	{"责任分工", "牵头单位", 12, true}, {"责任分工", "配合单位", 17, true}, {"责任分工", "责任人", 8, true}, {"责任分工", "联系电话", 11, true},
	{"时限和状态", "完成时限", 15, true}, {"时限和状态", "完成状态", 10, true}, {"时限和状态", "实际完成时间", 13, true},
	{"推进", "进展情况", 32, false}, {"推进", "存在问题", 18, false}, {"推进", "下一步打算", 18, false}, {"推进", "佐证材料", 14, false}, {"", "备注", 10, false},
}

const firstTaskRow = 6

func (b *book) tasks(c *content) {
	s, last := tasksSheet, len(taskColumns)
	widths := make([]float64, last)
	for i, col := range taskColumns {
		widths[i] = col.width
	}
	b.widths(s, widths)
	b.set(s, 1, 1, b.styles.filed, "附件1")
	b.set(s, 1, 2, b.styles.title, c.Title)
	b.merge(s, 1, 2, last, 2, b.styles.title)
	b.set(s, 1, 3, b.styles.filed, c.Filed[0])
	b.merge(s, 1, 3, 5, 3, b.styles.filed)
	b.set(s, last-4, 3, b.styles.filedRight, c.Filed[1])
	b.merge(s, last-4, 3, last, 3, b.styles.filedRight)
	b.do(b.SetRowHeight(s, 1, 20))
	b.do(b.SetRowHeight(s, 2, 36))
	b.do(b.SetRowHeight(s, 3, 22))
	b.taskHeader()

	row, number := firstTaskRow, 0
	for _, sec := range c.Sections {
		b.set(s, 1, row, b.styles.category, sec.Name)
		b.merge(s, 1, row, last, row, b.styles.category)
		b.do(b.SetRowHeight(s, row, 20))
		row++
		from := row
		for i, t := range sec.Tasks {
			number++
			b.task(row, number, t, widths)
			if i+1 == len(sec.Tasks) || sec.Tasks[i+1].Lead != t.Lead {
				if t.Lead != "" {
					b.merge(s, 4, from, 4, row, b.styles.centre)
				}
				from = row + 1
			}
			row++
		}
	}
	for range c.Blank {
		b.task(row, 0, task{}, widths)
		row++
	}
	b.set(s, 1, row, b.styles.note, c.Note)
	b.merge(s, 1, row, last, row, b.styles.note)
	b.do(b.SetRowHeight(s, row, 24))
	b.taskRules(c, row-1)
	b.freeze(s, 2, firstTaskRow-1)
	b.page(s, "$4:$5")
	b.do(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!$A$1:$O$%d", s, row), Scope: s}))
}

// taskHeader writes the two header rows: groups over their columns, the other
// headings over both rows.
func (b *book) taskHeader() {
	s := tasksSheet
	for i := 0; i < len(taskColumns); i++ {
		col := taskColumns[i]
		if col.group == "" {
			b.set(s, i+1, 4, b.styles.header, col.heading)
			b.merge(s, i+1, 4, i+1, 5, b.styles.header)
			continue
		}
		end := i
		for end+1 < len(taskColumns) && taskColumns[end+1].group == col.group {
			end++
		}
		b.set(s, i+1, 4, b.styles.header, col.group)
		b.merge(s, i+1, 4, end+1, 4, b.styles.header)
		for j := i; j <= end; j++ {
			b.set(s, j+1, 5, b.styles.header, taskColumns[j].heading)
		}
		i = end
	}
	b.do(b.SetRowHeight(s, 4, 22))
	b.do(b.SetRowHeight(s, 5, 22))
}

// task writes one row; number 0 is a prepared blank one.
func (b *book) task(row, number int, t task, widths []float64) {
	texts := []string{"", t.Title, t.Content, t.Lead, t.Support, t.Owner, t.Phone, t.Deadline, t.Status, t.Completed, t.Progress, t.Problems, t.Next, t.Evidence, t.Remark}
	for i, v := range texts {
		style := b.styles.text
		if taskColumns[i].centre {
			style = b.styles.centre
		}
		switch {
		case i == 0 && number > 0:
			b.set(tasksSheet, 1, row, style, number)
		case taskColumns[i].heading == "实际完成时间":
			b.set(tasksSheet, i+1, row, b.styles.date, v)
		default:
			b.set(tasksSheet, i+1, row, style, v)
		}
	}
	b.do(b.SetRowHeight(tasksSheet, row, max(22, height(texts, widths))))
}

// taskRules adds the drop-down lists and the conditional formats.
func (b *book) taskRules(c *content, last int) {
	s := tasksSheet
	cells := func(col string) string { return fmt.Sprintf("%s%d:%s%d", col, firstTaskRow, col, last) }
	b.list(s, cells("I"), c.Statuses, "")
	b.list(s, cells("D"), nil, fmt.Sprintf("%s!$A$3:$A$%d", unitsSheet, len(c.Units)+2))
	format := func(font, fill string) *int {
		id, err := b.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: font}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}})
		b.do(err)
		return &id
	}
	rule := func(criteria string, id *int) excelize.ConditionalFormatOptions {
		return excelize.ConditionalFormatOptions{Type: "formula", Criteria: criteria, Format: id}
	}
	b.do(b.SetConditionalFormat(s, cells("I"), []excelize.ConditionalFormatOptions{
		rule(fmt.Sprintf(`$I%d="已完成"`, firstTaskRow), format("375623", "E2EFDA")),
		rule(fmt.Sprintf(`$I%d="推进中"`, firstTaskRow), format("7F6000", "FFF2CC")),
		rule(fmt.Sprintf(`$I%d="长期坚持"`, firstTaskRow), format("1F4E78", "DDEBF7")),
	}))
	b.do(b.SetConditionalFormat(s, cells("H"), []excelize.ConditionalFormatOptions{
		rule(fmt.Sprintf(`AND(ISNUMBER($H%d),$H%d<TODAY(),$I%d<>"已完成")`, firstTaskRow, firstTaskRow, firstTaskRow), format("9C0006", "FFC7CE")),
	}))
}

// plain writes a sheet of one title, one header and rows, and returns the row
// below.
func (b *book) plain(s, title string, headings []string, widths []float64, rows [][]any) int {
	b.widths(s, widths)
	b.set(s, 1, 1, b.styles.title, title)
	b.merge(s, 1, 1, len(headings), 1, b.styles.title)
	b.do(b.SetRowHeight(s, 1, 36))
	for i, h := range headings {
		b.set(s, i+1, 2, b.styles.header, h)
	}
	b.do(b.SetRowHeight(s, 2, 24))
	for r, values := range rows {
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = fmt.Sprint(v)
			b.set(s, i+1, r+3, b.styles.centre, v)
		}
		b.do(b.SetRowHeight(s, r+3, max(22, height(texts, widths))))
	}
	b.freeze(s, 1, 2)
	b.page(s, "$2:$2")
	return len(rows) + 3
}

func (b *book) events(c *content) {
	var rows [][]any
	for _, e := range c.Events {
		rows = append(rows, []any{e.Kind, e.Unit, e.Date, e.Topic, e.Place, e.People, e.Parts, e.Evidence, e.Remark})
	}
	next := b.plain(eventsSheet, "2022年度政务公开活动登记表",
		[]string{"类型", "单位", "日期", "主题", "地点", "人数", "环节", "佐证", "备注"},
		[]float64{10, 24, 13, 26, 22, 8, 20, 20, 18}, rows)
	for range c.Blank {
		for col := 1; col <= 9; col++ {
			style := b.styles.centre
			if col == 3 {
				style = b.styles.date
			}
			b.set(eventsSheet, col, next, style, nil)
		}
		b.do(b.SetRowHeight(eventsSheet, next, 22))
		next++
	}
	b.list(eventsSheet, fmt.Sprintf("A3:A%d", next-1), []string{"培训", "开放日"}, "")
}

func (b *book) rules(c *content) {
	var rows [][]any
	for _, r := range c.Rules {
		rows = append(rows, []any{r.Name, r.Kind, r.Min, r.Scope, r.Units, r.Due, r.Needs})
	}
	b.plain(rulesSheet, "年度要求", []string{"要求", "类型", "最少次数", "范围", "单位", "时限", "计入条件"},
		[]float64{22, 10, 10, 10, 28, 16, 32}, rows)
}

func (b *book) units(c *content) {
	var rows [][]any
	for _, u := range c.Units {
		rows = append(rows, []any{u.Name, strings.Join(u.Aliases, "、"), strings.Join(u.Groups, "、"), u.Contact, u.Phone})
	}
	b.plain(unitsSheet, "单位名录", []string{"单位名称", "简称", "所属类别", "联络员", "联系电话"},
		[]float64{22, 24, 26, 12, 16}, rows)
}
