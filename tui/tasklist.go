package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
	"taizhang/tui/index"
)

// taskList is a table of tasks under headings, with marks, and the details of
// the task under the cursor: what the screens of all tasks, of one unit and of
// what is overdue have alike.
type taskList struct {
	ui    *ui
	rows  grid.Source  // the screen itself: only it knows its headings
	x     *index.Index // what lines counts in; nil before the first snapshot
	grid  grid.Grid
	lines []int32 // tasks; a negative one is a heading
	marks marks
	look  func(focus bool) grid.Look // ui.look, or ui.cells where columns are chosen

	detailTop, detailMore int // lines of the details above what is shown, and the most there can be
	detailAt              box // the details on the screen; zero if they are not shown
}

// Len and Row lend the table its rows.
func (l *taskList) Len() int { return len(l.lines) }

// Row is the task at line i.
func (l *taskList) Row(i int) grid.Row {
	t := l.x.Task(l.lines[i])
	return l.ui.row(l.grid.Columns, t, l.marks[t.ID])
}

// here is the task under the cursor, nil if there is none.
func (l *taskList) here() *ledger.Task {
	if l.x == nil {
		return nil
	}
	if i := l.grid.Cursor(l.rows); i >= 0 && l.lines[i] >= 0 {
		return l.x.Task(l.lines[i])
	}
	return nil
}

// goTo puts the cursor on a task; false, and nothing moves, if it is not listed.
func (l *taskList) goTo(id string) bool {
	for i, n := range l.lines {
		if n >= 0 && l.x.Task(n).ID == id {
			l.grid.Go(l.rows, i)
			return true
		}
	}
	return false
}

func (l *taskList) target() target       { return l.ui.target(l.marks, l.here()) }
func (l *taskList) looked() *ledger.Task { return l.here() }
func (l *taskList) marked() marks        { return l.marks }

func (l *taskList) toggle() {
	if t := l.here(); t != nil {
		l.marks.flip(t)
		l.move(1)
	}
}

// markAll marks every task that is listed.
func (l *taskList) markAll() {
	for _, n := range l.lines {
		if n >= 0 {
			l.marks[l.x.Task(n).ID] = true
		}
	}
}

// move goes n lines down; false at the end.
func (l *taskList) move(n int) bool {
	l.detailTop = 0
	return l.grid.Move(l.rows, n)
}

// open is what Enter and a double click mean: the menu of the task.
func (l *taskList) open() any {
	if l.here() == nil {
		return nil
	}
	return openTask{}
}

// key scrolls the details, or moves the cursor.
func (l *taskList) key(k tea.KeyPressMsg) any {
	switch k.String() {
	case "shift+down", "J":
		l.detailTop = min(l.detailTop+1, l.detailMore)
		return nil
	case "shift+up", "K":
		l.detailTop = max(0, l.detailTop-1)
		return nil
	}
	l.detailTop = 0
	return moveKey(&l.grid, l.rows, k, l.open)
}

// click is a click on the details, or on a row; the table begins at line top of
// the screen.
func (l *taskList) click(x, y, top int, double bool) any {
	on := inBox(l.detailAt, x, y)
	if !on && l.grid.Click(l.rows, l.grid.At(l.rows, x, y-top)) {
		l.detailTop = 0
		on = true
	}
	if on && double {
		return l.open()
	}
	return nil
}

func (l *taskList) wheel(x, y, n int) any {
	if inBox(l.detailAt, x, y) {
		l.detailTop = max(0, min(l.detailTop+n, l.detailMore))
		return nil
	}
	l.grid.Scroll(l.rows, n)
	l.detailTop = 0
	return nil
}

// alone draws the table without the details.
func (l *taskList) alone(w, h int, focus bool) []string {
	l.detailAt = box{}
	return l.grid.Draw(l.rows, w, h, l.look(focus))
}

// above draws the table, and dh lines of details below it; the table begins at
// line top of the screen.
func (l *taskList) above(w, h, dh, top int, focus bool) []string {
	table := l.grid.Draw(l.rows, w, h-dh, l.look(focus))
	return append(table, l.details(w, dh, box{0, top + h - dh, w, dh})...)
}

// beside draws the table, and details of dw cells to the right of it.
func (l *taskList) beside(w, h, dw, top int, focus bool) []string {
	tw := w - dw - 1
	table := l.grid.Draw(l.rows, tw, h, l.look(focus))
	return l.ui.beside(table, l.details(dw, h, box{tw + 1, top, dw, h}), tw, dw)
}

// details draws the details of the task under the cursor, which stand at place.
func (l *taskList) details(w, h int, place box) []string {
	pane, more := l.ui.detailPane(l.here(), w, h, l.detailTop)
	l.detailMore, l.detailAt = more, place
	return pane
}
