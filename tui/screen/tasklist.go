package screen

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// taskList is a table of tasks under headings, with marks, and the details of
// the task under the cursor: what the screens of all tasks, of one unit and of
// what is overdue have alike. Rows of registers may stand among the tasks.
type taskList struct {
	ui    *kit.Kit
	src   grid.Source  // the screen itself: only it knows its headings
	Index *index.Index // what Lines counts in, see index.RowAt; nil before the first snapshot
	Marks Marks
	look  func(focus bool) grid.Look // ui.Look, or ui.Cells where columns are chosen

	*rows
	pane
}

func newTaskList(u *kit.Kit, look func(focus bool) grid.Look) taskList {
	return taskList{ui: u, Marks: Marks{}, look: look, rows: new(rows)}
}

// pane is the details beside a table, which scroll by themselves.
type pane struct {
	detailTop, detailMore int     // lines of the details above what is shown, and the most there can be
	detailAt              kit.Box // the details on the screen; zero if they are not shown
}

// scroll moves the details n lines down.
func (p *pane) scroll(n int) { p.detailTop = max(0, min(p.detailTop+n, p.detailMore)) }

// scrollKey scrolls the details; false if the key is not for them.
func (p *pane) scrollKey(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "shift+down", "J":
		p.scroll(1)
	case "shift+up", "K":
		p.scroll(-1)
	default:
		return false
	}
	return true
}

// wheel scrolls the details, or the table where the pointer is not on them.
func (p *pane) wheel(g *grid.Grid, rows grid.Source, x, y, n int) {
	if kit.InBox(p.detailAt, x, y) {
		p.scroll(n)
		return
	}
	g.Scroll(rows, n)
	p.detailTop = 0
}

// Row is the row at line i.
func (l *taskList) Row(i int) grid.Row {
	t, e := l.Index.RowAt(l.Lines[i])
	if e != nil {
		return entryAmongTasks(l.ui, l.Grid.Columns, e, l.Marks[e.ID])
	}
	return taskRow(l.ui, l.Grid.Columns, t, l.Marks[t.ID])
}

// Here is the task under the cursor, nil if there is none.
func (l *taskList) Here() *ledger.Task {
	t, _ := l.here()
	return t
}

// here is the task or the row of a register under the cursor, both nil if there is
// none.
func (l *taskList) here() (*ledger.Task, *ledger.Entry) {
	if l.Index == nil {
		return nil, nil
	}
	if i := l.Grid.Cursor(l.src); i >= 0 && l.Lines[i] >= 0 {
		return l.Index.RowAt(l.Lines[i])
	}
	return nil, nil
}

// hereID is the id of the row under the cursor, "" if there is none.
func (l *taskList) hereID() string {
	switch t, e := l.here(); {
	case t != nil:
		return t.ID
	case e != nil:
		return e.ID
	}
	return ""
}

// goTo puts the cursor on a row; false, and nothing moves, if it is not listed.
func (l *taskList) goTo(id string) bool {
	for i, n := range l.Lines {
		if n < 0 {
			continue
		}
		if t, e := l.Index.RowAt(n); t != nil && t.ID == id || e != nil && e.ID == id {
			l.Grid.Go(l.src, i)
			return true
		}
	}
	return false
}

func (l *taskList) Target() Target {
	t, e := l.here()
	return targetOf(l.ui, l.Marks, t, e)
}

// LookedEntry is the row of a register under the cursor.
func (l *taskList) LookedEntry() *ledger.Entry {
	_, e := l.here()
	return e
}

func (l *taskList) Looked() *ledger.Task { return l.Here() }

func (l *taskList) Marked() Marks { return l.Marks }

func (l *taskList) Toggle() {
	id := l.hereID()
	if id == "" {
		return
	}
	if !l.Mixes() {
		l.Marks.flip(id)
	}
	l.move(1)
}

// MarkAll marks every row that is listed and of the sort of the one under the cursor.
func (l *taskList) MarkAll() { l.markAll(l.Lines) }

// markAll marks those of the lines that are of the sort of the row under the cursor.
func (l *taskList) markAll(lines []int32) {
	_, here := l.here()
	for _, n := range lines {
		if n < 0 {
			continue
		}
		switch t, e := l.Index.RowAt(n); {
		case t != nil && here == nil:
			l.Marks[t.ID] = true
		case e != nil && here != nil && e.Kind == here.Kind:
			l.Marks[e.ID] = true
		}
	}
}

// Mixes reports whether the row under the cursor is of another sort than the marked ones.
func (l *taskList) Mixes() bool {
	for id := range l.Marks { // all are of one sort
		_, here := l.here()
		marked := l.ui.Entry(id)
		return (marked == nil) != (here == nil) || marked != nil && marked.Kind != here.Kind
	}
	return false
}

// GoLine puts the cursor on the nth row that is listed, or the last, and returns how many
// there are.
func (l *taskList) GoLine(n int) (all int) {
	l.detailTop = 0
	return l.goLine(l.src, n)
}

// move goes n lines down; false at the end.
func (l *taskList) move(n int) bool {
	l.detailTop = 0
	return l.Grid.Move(l.src, n)
}

// open is what Enter and a double click mean: the menu of the task.
func (l *taskList) open() intent.Intent {
	if l.hereID() == "" {
		return nil
	}
	return intent.OpenTask{}
}

// Key scrolls the details, or moves the cursor.
func (l *taskList) Key(k tea.KeyPressMsg) intent.Intent {
	if l.scrollKey(k) {
		return nil
	}
	l.detailTop = 0
	return moveKey(&l.Grid, l.src, k, l.open)
}

// Click is a click on the details, or on a row; the table begins at line top of
// the screen.
func (l *taskList) Click(x, y, top int, double bool) intent.Intent {
	on := kit.InBox(l.detailAt, x, y)
	if !on && l.Grid.Click(l.src, l.Grid.At(l.src, x, y-top)) {
		l.detailTop = 0
		on = true
	}
	if on && double {
		return l.open()
	}
	return nil
}

func (l *taskList) Wheel(x, y, n int) intent.Intent {
	l.wheel(&l.Grid, l.src, x, y, n)
	return nil
}

// alone draws the table without the details.
func (l *taskList) alone(w, h int, focus bool) []string {
	l.detailAt = kit.Box{}
	fitColumns(l.ui, l.Grid.Columns, l.set, w)
	return l.Grid.Draw(l.src, w, h, l.look(focus))
}

// above draws the table, and at least dh lines of details below it: a short table
// leaves them the rest. The table begins at line top of the screen.
func (l *taskList) above(w, h, dh, top int, focus bool) []string {
	dh = max(dh, h-1-len(l.Lines))
	fitColumns(l.ui, l.Grid.Columns, l.set, w)
	table := l.Grid.Draw(l.src, w, h-dh, l.look(focus))
	return append(table, l.Details(w, dh, kit.Box{X: 0, Y: top + h - dh, W: w, H: dh})...)
}

// Beside draws the table, and details of dw cells to the right of it.
func (l *taskList) Beside(w, h, dw, top int, focus bool) []string {
	tw := w - dw - 1
	fitColumns(l.ui, l.Grid.Columns, l.set, tw)
	table := l.Grid.Draw(l.src, tw, h, l.look(focus))
	return l.ui.Beside(table, l.Details(dw, h, kit.Box{X: tw + 1, Y: top, W: dw, H: h}), tw, dw)
}

// Details draws the details of the task under the cursor, which stand at place.
func (l *taskList) Details(w, h int, place kit.Box) []string {
	t, e := l.here()
	pane, more := l.ui.DetailPane(t, w, h, l.detailTop)
	if e != nil {
		pane, more = l.ui.EntryPane(e, w, h, l.detailTop)
	}
	l.detailMore, l.detailAt = more, place
	return pane
}
