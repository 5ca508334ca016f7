package merge

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"taizhang/sheet/table"
)

// The model of an office at work: rows whose true identity is known, and what
// people do to them. It shares no code with the package.

var modelColumns = []string{"number", "code", "title", "requirement", "lead", "deadline", "status", "progress"}

type modelRow struct {
	id    string // true identity
	sheet int
	twin  bool // it was copied, or is the copy
	kin   bool // there is another of its title
	// intruder: it was added to a copy, and bears the code or words of a row that the
	// copy was not given.
	intruder bool
	// heirOf is the row in whose place it was put, "" if it was put in none's.
	heirOf string
	cells  map[string]string

	// Which rows first had its title and its requirement. A row that was
	// copied, or written after another one, keeps them however it is reworded.
	title, requirement string
}

// related reports whether two rows go back to one title or one requirement.
func (r modelRow) related(o modelRow) bool {
	return o.title == r.title || o.requirement == r.requirement && o.requirement != ""
}

func (r modelRow) clone() modelRow {
	c := map[string]string{}
	for k, v := range r.cells {
		c[k] = v
	}
	r.cells = c
	return r
}

// words is what a row says, its number aside.
func (r modelRow) words(columns []string) string {
	var sb strings.Builder
	for _, c := range columns {
		if c != "number" {
			sb.WriteString(r.cells[c] + "\x00")
		}
	}
	return sb.String()
}

type model struct {
	rows    []modelRow
	columns []string
	sheets  int
}

func (m model) clone() model {
	c := model{sheets: m.sheets, columns: slices.Clone(m.columns)}
	for _, r := range m.rows {
		c.rows = append(c.rows, r.clone())
	}
	return c
}

// state is the model as the package sees it; without ids it is a workbook.
func (m model) state(ids bool) State {
	var s State
	for n := range m.sheets {
		t := &table.Table{Kind: "tasks", Sheet: fmt.Sprintf("表%d", n+1)}
		for _, c := range m.columns {
			t.Columns = append(t.Columns, table.Column{Key: c, Heading: c})
		}
		for _, r := range m.rows {
			if r.sheet != n {
				continue
			}
			row := table.Row{}
			if ids {
				row.ID = r.id
			} else {
				row.Row = len(t.Rows) + 5
			}
			for _, c := range m.columns {
				row.Values = append(row.Values, r.cells[c])
			}
			t.Rows = append(t.Rows, row)
		}
		s.Tables = append(s.Tables, t)
	}
	return s
}

// inOrder is the model's rows in the order of state.
func (m model) inOrder() []modelRow {
	var out []modelRow
	for n := range m.sheets {
		for _, r := range m.rows {
			if r.sheet == n {
				out = append(out, r)
			}
		}
	}
	return out
}

// neighbours is the ids above and below every row, "" at the edge of a sheet.
func (m model) neighbours() map[string][2]string {
	out := map[string][2]string{}
	rows := m.inOrder()
	for i, r := range rows {
		var n [2]string
		if i > 0 && rows[i-1].sheet == r.sheet {
			n[0] = rows[i-1].id
		}
		if i+1 < len(rows) && rows[i+1].sheet == r.sheet {
			n[1] = rows[i+1].id
		}
		out[r.id] = n
	}
	return out
}

var (
	lexicon = strings.Fields(
		"政务 公开 目录 编制 行政 许可 事项 开放 公众 活动 财政 预算 决算 环境 监测 信息 发布 重大 项目 建设 批准 实施 领域 政策 解读 回应 关切 平台 网站 栏目 依申请 办理 答复 规范 制度 " +
			"培训 考核 年度 报告 义务 教育 医疗 卫生 养老 就业 社保 食品 安全 执法 公示 街道 社区 村务 监督 档案 审查 保密 数据 共享 热线 基层 标准 试点 应急 征地 补偿 招标 采购 统计 质量")
	units    = strings.Fields("党政办公室 财政金融局 项目建设局 生态环境分局 行政审批局 应急管理局 经济发展局 社会事务局")
	statuses = strings.Fields("未启动 推进中 已完成 长期坚持")
)

// world draws what happens from rapid, which shrinks it, and the words from a
// generator of their own, so that a shrunk history still has rows that differ.
type world struct {
	*rapid.T
	next  int
	words *rand.Rand
}

func newWorld(t *rapid.T) *world {
	return &world{T: t, words: rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "words"), 1))}
}

func (w *world) n(max int, what string) int {
	return rapid.IntRange(0, max-1).Draw(w.T, what)
}

func (w *world) phrase(from, to int) string {
	var sb strings.Builder
	for range from + w.words.IntN(to-from+1) {
		sb.WriteString(lexicon[w.words.IntN(len(lexicon))])
	}
	return sb.String()
}

func (w *world) row() modelRow {
	w.next++
	r := modelRow{id: fmt.Sprintf("id%d", w.next), cells: map[string]string{
		"title": w.phrase(5, 8), "lead": units[w.n(len(units), "unit")],
		"deadline": fmt.Sprintf("%d月底前", 1+w.n(12, "month")), "status": statuses[w.n(4, "status")],
	}}
	r.title = r.id
	if w.n(3, "has requirement") > 0 {
		r.cells["requirement"] = w.phrase(6, 14)
		r.requirement = r.id
	}
	if w.n(3, "has progress") == 0 {
		r.cells["progress"] = w.phrase(3, 8)
	}
	return r
}

func (w *world) base() model {
	m := model{columns: slices.Clone(modelColumns), sheets: 1 + w.n(3, "sheets")/2*w.n(3, "more")}
	coded := w.n(2, "coded") == 1
	for range 4 + w.n(20, "rows") {
		r := w.row()
		r.sheet = w.n(m.sheets, "sheet")
		if len(m.rows) > 0 {
			like := &m.rows[w.n(len(m.rows), "like")]
			kin := w.n(12, "kin")
			if kin < 2 {
				r.kin, like.kin = true, true
			}
			switch kin {
			case 0: // word for word
				r.cells = like.clone().cells
				r.sheet = like.sheet
				r.title, r.requirement = like.title, like.requirement
			case 1: // the same task of another unit
				r.cells["title"], r.cells["requirement"] = like.cells["title"], like.cells["requirement"]
				r.title, r.requirement = like.title, like.requirement
			case 2: // the same requirement
				r.cells["requirement"], r.requirement = like.cells["requirement"], like.requirement
			}
		}
		if coded {
			r.cells["code"] = fmt.Sprintf("ZW-%03d", len(m.rows)+1)
		}
		m.rows = append(m.rows, r)
	}
	m.renumber()
	return m
}

func (m *model) renumber() {
	n := map[int]int{}
	for i := range m.rows {
		n[m.rows[i].sheet]++
		m.rows[i].cells["number"] = fmt.Sprint(n[m.rows[i].sheet])
	}
}

// reword changes a few characters of a text, at most one in five.
func (w *world) reword(v string) string {
	rs := []rune(v)
	if len(rs) < 8 {
		return v + "工作"
	}
	for range 1 + w.n(max(1, len(rs)/10), "changes") {
		i := w.n(len(rs), "at")
		switch w.n(3, "how") {
		case 0:
			rs[i] = []rune("新增的优化推动全力做好各项")[w.n(13, "char")]
		case 1:
			rs = slices.Delete(rs, i, i+1)
		case 2:
			rs = slices.Insert(rs, i, '等')
		}
	}
	return string(rs)
}

// work is what a side does to its copy. The rows stay recognisable to a person:
// nobody rewrites a title and everything beside it at once.
func (w *world) work(m *model, ops int) {
	for range ops {
		if len(m.rows) == 0 {
			return
		}
		i := w.n(len(m.rows), "row")
		r := &m.rows[i]
		switch w.n(13, "op") {
		case 0, 1:
			r.cells["status"] = statuses[w.n(4, "status")]
		case 2:
			r.cells["progress"] = w.phrase(3, 9)
		case 3:
			r.cells["deadline"] = fmt.Sprintf("%d月底前", 1+w.n(12, "month"))
		case 4:
			r.cells["title"] = w.reword(r.cells["title"])
			r.cells["status"] = statuses[w.n(4, "status")]
		case 5:
			if v := r.cells["requirement"]; v != "" {
				r.cells["requirement"] = w.reword(v)
			}
		case 6:
			// To give a task that several units have to another of them, when
			// that one's own is gone, leaves nothing to tell them apart by.
			if v := units[w.n(len(units), "unit")]; !r.kin {
				r.cells["lead"] = v
			}
		case 7:
			row := w.row()
			row.sheet = r.sheet
			m.rows = slices.Insert(m.rows, i, row)
		case 8:
			if !r.twin && w.n(2, "really") == 1 {
				m.rows = slices.Delete(m.rows, i, i+1)
			}
		case 9: // copied and pasted below, then made another task
			if r.kin {
				continue // beside a deleted likeness it would be that one, retitled
			}
			r.twin = true
			c := r.clone()
			w.next++
			c.id = fmt.Sprintf("id%d", w.next)
			c.cells["title"], c.title = w.phrase(5, 8), c.id
			delete(c.cells, "code")
			m.rows = slices.Insert(m.rows, i+1, c)
		case 10:
			if n := w.n(m.sheets, "sheet"); m.alone(i) {
				r.sheet = n
			}
		case 11:
			r.cells["progress"] = ""
		case 12:
			if x, ok := w.heir(*r); ok {
				m.rows[i] = x
			}
		}
	}
}

// scope leaves in a copy one unit's rows only. It returns which rows these are.
func (w *world) scope(m *model) func(kind, id string) bool {
	unit := m.rows[w.n(len(m.rows), "whose copy")].cells["lead"]
	given := map[string]bool{}
	m.rows = slices.DeleteFunc(m.rows, func(r modelRow) bool {
		given[r.id] = r.cells["lead"] == unit
		return !given[r.id]
	})
	return func(_, id string) bool { return given[id] }
}

// intrude adds to a copy rows of its own that bear the code, the title, a title much
// like it or all the words of rows that the copy was not given.
func (w *world) intrude(m *model, base model, within func(kind, id string) bool) {
	for range w.n(4, "intruders") {
		like := base.rows[w.n(len(base.rows), "like")]
		if within("tasks", like.id) || like.kin || len(m.rows) == 0 {
			continue
		}
		r := w.row()
		r.intruder = true
		r.cells["lead"] = m.rows[0].cells["lead"]
		switch w.n(4, "title") {
		case 1:
			r.cells["title"] = like.cells["title"]
		case 2:
			r.cells["title"] = w.reword(like.cells["title"])
		case 3:
			r.cells = like.clone().cells
			r.cells["progress"] = w.phrase(3, 9)
		}
		if like.cells["code"] != "" && w.n(2, "code") == 1 {
			r.cells["code"] = like.cells["code"]
		}
		m.rows = append(m.rows, r)
	}
}

// heir is another task of the same unit that is put in the place of r: most of
// its title is that of r, its requirement is another, and nothing was done for it
// yet. ok is false if r says too little for anybody to tell them apart.
func (w *world) heir(r modelRow) (x modelRow, ok bool) {
	x = w.row()
	x.sheet = r.sheet
	x.cells["lead"] = r.cells["lead"]
	delete(x.cells, "progress")
	old, own := []rune(r.cells["title"]), []rune(x.cells["title"])
	if r.kin || r.twin || r.cells["requirement"]+r.cells["progress"] == "" ||
		(r.cells["requirement"] == "") != (x.cells["requirement"] == "") {
		return x, false
	}
	x.cells["title"] = string(old[:len(old)*3/5]) + string(own[len(own)*3/5:])
	x.heirOf = cmp.Or(r.heirOf, r.id)
	return x, true
}

// mess is what offices do to the order and the numbers.
func (w *world) mess(m *model) {
	switch w.n(6, "mess") {
	case 0:
	case 1, 2:
		m.renumber()
	case 3:
		slices.SortStableFunc(m.rows, func(a, b modelRow) int {
			return strings.Compare(a.cells["lead"],
				b.cells["lead"])
		})
		m.renumber()
	case 4:
		slices.SortStableFunc(m.rows, func(a, b modelRow) int {
			return strings.Compare(b.cells["lead"], a.cells["lead"])
		})
		m.renumber()
	case 5:
		for i := range m.rows {
			j := i + w.n(len(m.rows)-i, "shuffle")
			if m.alone(i) && m.alone(j) {
				m.rows[i], m.rows[j] = m.rows[j], m.rows[i]
			}
		}
		m.renumber()
	}
}

// alone reports whether row i has a title of its own. The order of rows that
// cannot be told apart is not disturbed: it is all there is to go by, and no
// program disturbs it either.
func (m *model) alone(i int) bool {
	if m.rows[i].kin {
		return false
	}
	for j := range m.rows {
		if j != i && m.rows[j].cells["title"] == m.rows[i].cells["title"] {
			return false
		}
	}
	return true
}
