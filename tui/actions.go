package tui

import (
	"errors"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/intent"
	"taizhang/tui/screen"
)

// action is something a person can do. Its keys may be changed in the
// configuration by its id; the palette reaches every one without a key.
type action struct {
	id    string
	title string // catalogue key
	short string // catalogue key of its name at the foot of a screen
	keys  []string
	on    []int // screens on which the keys are in force; nil: all
	quiet bool  // not worth a line in the palette
	rare  bool  // at the foot of a screen only while it is available
	why   func(*root) string
	run   func(*root) tea.Cmd
}

var (
	taskScreens = []int{onTasks, onUnits, onOverdue}
	listScreens = []int{onTasks, onUnits, onOverdue, onRegisters}
	ownOrder    = []int{onTasks, onRegisters} // screens whose table a person arranges
)

// does runs what needs no command.
func does(f func(*root)) func(*root) tea.Cmd {
	return func(r *root) tea.Cmd {
		f(r)
		return nil
	}
}

// allActions is every action there is, in the order of help and palette.
func allActions() []*action {
	return append(append(generalActions(), registerActions()...), superviseActions()...)
}

func generalActions() []*action {
	return []*action{
		{id: "edit", title: "tui.act.edit", keys: []string{"e"}, on: taskScreens, why: needsTask,
			run: func(r *root) tea.Cmd { return r.handle(intent.OpenTask{}) }},
		{id: "status", title: "tui.act.status", short: "tui.short.status", keys: []string{"s"},
			on: taskScreens, why: canEdit("status"),
			run: edits("status")},
		{id: "progress", title: "tui.act.progress", short: "tui.short.progress", keys: []string{"p"},
			on: taskScreens, why: canEdit("progress"),
			run: edits("progress")},
		{id: "deadline", title: "tui.act.deadline", keys: []string{"d"}, on: taskScreens, why: canEdit("deadline"),
			run: edits("deadline")},
		{id: "owner", title: "tui.act.owner", keys: []string{"o"}, on: taskScreens, why: canEdit("owner"),
			run: edits("owner")},
		{id: "remark", title: "tui.act.remark", keys: []string{"n"}, on: taskScreens, why: canEdit("remark"),
			run: edits("remark")},
		{id: "add", title: "tui.act.add", short: "tui.short.add", keys: []string{"a", "insert"},
			on: taskScreens, why: canChange,
			run: does(func(r *root) { r.push(dialog.TaskForm(r.ui)) })},
		{id: "delete", title: "tui.act.delete", keys: []string{"delete"},
			on: []int{onTasks, onUnits, onOverdue, onYear, onRegisters}, why: canDelete,
			run: func(r *root) tea.Cmd { return r.handle(intent.AskDelete{Rows: r.rowsHere()}) }},
		{id: "record", title: "tui.act.record", short: "tui.short.record", keys: []string{"r"},
			on: []int{onYear, onUnits}, why: canRecord,
			run: does((*root).recordHere)},
		{id: "filter", title: "tui.act.filter", short: "tui.short.filter", keys: []string{"/", "f7"},
			run: (*root).typeFilter},
		{id: "unfilter", title: "tui.act.unfilter", keys: []string{"esc"}, on: listScreens, why: needsNarrow,
			run: does((*root).Escape)},
		{id: "mark", title: "tui.act.mark", short: "tui.short.mark", keys: []string{"space"},
			on: listScreens, why: needsMarker, run: does((*root).mark)},
		{id: "mark_all", title: "tui.act.mark_all", keys: []string{"ctrl+a", "*"}, on: listScreens, why: needsSameTable,
			run: func(r *root) tea.Cmd { r.current().(screen.Marker).MarkAll(); return nil }},
		{id: "unmark", title: "tui.act.unmark", keys: []string{"ctrl+u"}, on: listScreens, why: needsMarks,
			run: does(func(r *root) { clear(r.marks()) })},
		{id: "sort", title: "tui.act.sort", short: "tui.short.sort", keys: []string{"S", "f11"}, on: ownOrder,
			why: needsTable, run: (*root).sort},
		{id: "group", title: "tui.act.group", short: "tui.short.group", keys: []string{"g", "f12"}, on: ownOrder,
			why: needsTable,
			run: does(func(r *root) { r.push(dialog.Groups(r.ui, r.registerHere())) })},
		{id: "fold", title: "tui.act.fold", keys: []string{"z"}, on: ownOrder, why: needsGroups,
			run: does(func(r *root) { r.table().Fold() })},
		{id: "fold_all", title: "tui.act.fold_all", keys: []string{"Z"}, on: ownOrder, why: needsGroups,
			run: does(func(r *root) { r.table().FoldAll() })},
		{id: "count", title: "tui.act.count", keys: []string{"#"}, on: ownOrder, why: needsTable, run: (*root).count},
		{id: "columns", title: "tui.act.columns", keys: []string{"C"}, on: ownOrder, why: needsColumns,
			run: does((*root).openColumns)},
		{id: "column_left", title: "tui.act.column_left", keys: []string{"<"}, on: ownOrder, why: needsColumns,
			run: does(func(r *root) { r.table().MoveColumn(-1) })},
		{id: "column_right", title: "tui.act.column_right", keys: []string{">"}, on: ownOrder, why: needsColumns,
			run: does(func(r *root) { r.table().MoveColumn(1) })},
		{id: "column_wider", title: "tui.act.column_wider", keys: []string{"+"}, on: ownOrder, why: needsColumns,
			run: does(func(r *root) { r.table().WidenColumn(4) })},
		{id: "column_narrower", title: "tui.act.column_narrower", keys: []string{"-"}, on: ownOrder, why: needsColumns,
			run: does(func(r *root) { r.table().WidenColumn(-4) })},
		{id: "column_hide", title: "tui.act.column_hide", keys: []string{"x"}, on: ownOrder, why: needsColumns,
			run: does(func(r *root) { r.table().ToggleColumn(r.table().Column()) })},
		{id: "views", title: "tui.act.views", short: "tui.short.views", keys: []string{"V"}, why: needsLedger,
			run: does((*root).openViews)},
		{id: "timeline", title: "tui.act.timeline", short: "tui.short.timeline", keys: []string{"t"}, why: needsLedger,
			run: does((*root).toggleTimeline)},
		{id: "calendar", title: "tui.act.calendar", keys: []string{"m"}, why: needsLedger, run: func(r *root) tea.Cmd {
			r.push(dialog.NewCalendar(r.ui, r.ui.Index.Ledger.Today))
			return nil
		}},
		{id: "compare", title: "tui.act.compare", keys: []string{"b"}, why: needsLedger,
			run: func(r *root) tea.Cmd { return r.compare(true) }},
		{id: "figures", title: "tui.act.figures", short: "tui.short.figures", keys: []string{"f"}, why: needsLedger,
			run: does(func(r *root) { r.push(dialog.Figures(r.ui)) })},
		{id: "detail", title: "tui.act.detail", keys: []string{"v"}, on: taskScreens,
			run: (*root).readRow, why: needsTask},
		{id: "copy_row", title: "tui.act.copy_row", short: "tui.short.copy_row", keys: []string{"y"},
			on: listScreens, why: needsTask,
			run: (*root).copyRow},
		{id: "copy_markdown", title: "tui.act.copy_markdown", keys: []string{"M"}, on: listScreens, why: needsTask,
			run: (*root).copyMarkdown},
		{id: "copy_cell", title: "tui.act.copy_cell", keys: []string{"Y"}, on: ownOrder, why: needsTask,
			run: (*root).copyCell},
		{id: "unit", title: "tui.act.unit", short: "tui.short.unit", keys: []string{"u"},
			run: does(func(r *root) { r.push(dialog.Units(r.ui)) })},
		{id: "unit_prev", title: "tui.act.unit_prev", keys: []string{"left", "["}, on: []int{onUnits},
			run: stepUnit(-1)},
		{id: "unit_next", title: "tui.act.unit_next", keys: []string{"right", "]"}, on: []int{onUnits},
			run: stepUnit(1)},
		{id: "undo", title: "tui.act.undo", short: "tui.short.undo", keys: []string{"ctrl+z"}, why: canChange,
			run: (*root).undo},
		{id: "redo", title: "tui.act.redo", keys: []string{"ctrl+y"}, why: canChange, run: (*root).redo},
		{id: "history", title: "tui.act.history", short: "tui.short.history", keys: []string{"h"},
			run: (*root).openHistory, why: needsLedger},
		{id: "news", title: "tui.act.news", short: "tui.short.news", keys: []string{"w"}, rare: true, why: needsNews,
			run: does((*root).openNews)},
		{id: "seen", title: "tui.act.seen", keys: []string{"W"}, why: needsNews, run: (*root).lookedUp},
		{id: "force", title: "tui.act.force", why: massGone, run: does((*root).openMass)},
		{id: "copy_reminder", title: "tui.act.copy_reminder", short: "tui.short.copy_reminder", keys: []string{"c"},
			why: needsUnit, run: (*root).openLetter},
		{id: "notices", title: "tui.act.notices", why: canPickNotices, run: (*root).pickNotices},
		{id: "remind", title: "tui.act.remind", why: canRemind, run: (*root).remind},
		{id: "split", title: "tui.act.split", why: canSplit, run: (*root).split},
		{id: "export", title: "tui.act.export", why: canExport, run: (*root).export},
		{id: "bulletin", title: "tui.act.bulletin", why: canBulletin,
			run: func(r *root) tea.Cmd { return r.paper("tui.op.bulletin", "tui.done.bulletin", r.opt.Bulletin) }},
		{id: "annual", title: "tui.act.annual", why: canAnnual, run: (*root).annual},
		{id: "rollover", title: "tui.act.rollover", why: canRollover,
			run: (*root).rollover},
		{id: "open_book", title: "tui.act.open_book", why: canOpenBook,
			run: func(r *root) tea.Cmd { return r.openOutside(r.feed.snap.Path) }},
		{id: "open_folder", title: "tui.act.open_folder", why: canOpenBook,
			run: func(r *root) tea.Cmd { return r.openOutside(filepath.Dir(r.feed.snap.Path)) }},
		{id: "open_made", title: "tui.act.open_made", why: canOpenMade,
			run: func(r *root) tea.Cmd { return r.openOutside(r.made) }},
		{id: "sync", title: "tui.act.sync", short: "tui.short.sync", keys: []string{"ctrl+r"}, run: (*root).syncNow},
		{id: "overview", title: "tui.screen.overview", keys: []string{"1", "f1"}, run: goTo(onOverview)},
		{id: "tasks", title: "tui.screen.tasks", keys: []string{"2", "f2"}, run: goTo(onTasks)},
		{id: "units", title: "tui.screen.units", keys: []string{"3", "f3"}, run: goTo(onUnits)},
		{id: "overdue", title: "tui.screen.overdue", keys: []string{"4", "f4"}, run: goTo(onOverdue)},
		{id: "year", title: "tui.screen.year", keys: []string{"5", "f5"}, run: goTo(onYear)},
		{id: "state", title: "tui.screen.sync", keys: []string{"6", "f6"}, run: goTo(onSync)},
		{id: "registers", title: "tui.screen.registers", keys: []string{"7"}, run: goTo(onRegisters)},
		{id: "next", title: "tui.act.next", keys: []string{"tab"}, quiet: true,
			run: func(r *root) tea.Cmd { r.screen = (r.screen + 1) % len(r.rooms); return nil }},
		{id: "prev", title: "tui.act.prev", keys: []string{"shift+tab"}, quiet: true,
			run: func(r *root) tea.Cmd { r.screen = (r.screen + len(r.rooms) - 1) % len(r.rooms); return nil }},
		{id: "theme", title: "tui.act.theme", keys: []string{"ctrl+t"}, run: does((*root).nextTheme)},
		{id: "help", title: "tui.act.help", short: "tui.short.help", keys: []string{"?", "f8"},
			run: does((*root).openHelp)},
		{id: "palette", title: "tui.act.palette", short: "tui.short.palette", keys: []string{"ctrl+p", ":", "f9"},
			quiet: true,
			run:   does((*root).openPalette)},
		{id: "quit", title: "tui.act.quit", short: "tui.short.quit", keys: []string{"q", "ctrl+c"}, run: (*root).quit},
	}
}

func goTo(i int) func(*root) tea.Cmd {
	return func(r *root) tea.Cmd { r.screen = i; return nil }
}

// stepUnit goes to the next unit, or the one before; the palette does so from
// other screens too.
func stepUnit(n int) func(*root) tea.Cmd {
	return func(r *root) tea.Cmd {
		r.screen = onUnits
		r.units.Step(n)
		return nil
	}
}

func edits(field string) func(*root) tea.Cmd {
	return func(r *root) tea.Cmd {
		return r.handle(intent.EditField{Tasks: r.current().Target().IDs(), Field: field})
	}
}

// The reasons why actions are not available, "" if they are.

func canChange(r *root) string { return r.ui.CannotChange() }

func canDelete(r *root) string {
	if why := canChange(r); why != "" {
		return why
	}
	if len(r.rowsHere()) == 0 {
		return r.ui.Say("tui.why.no_row")
	}
	return ""
}

func needsLedger(r *root) string {
	if r.ui.Index == nil {
		return r.ui.Say("tui.why.loading")
	}
	return ""
}

func needsMarker(r *root) string {
	if _, ok := r.current().(screen.Marker); !ok {
		return r.ui.Say("tui.why.marks_elsewhere")
	}
	return needsTask(r)
}

// needsSameTable: marks are of one table.
func needsSameTable(r *root) string {
	if why := needsMarker(r); why != "" {
		return why
	}
	return r.mixed()
}

func needsMarks(r *root) string {
	if len(r.marks()) == 0 {
		return r.ui.Say("tui.why.no_marks")
	}
	return ""
}

func needsNarrow(r *root) string {
	narrowed := len(r.marks()) > 0
	if slices.Contains(ownOrder, r.screen) {
		t := r.table()
		narrowed = t != nil && t.Narrowed() || r.screen == onTasks && r.from != nil
	}
	if !narrowed {
		return r.ui.Say("tui.why.nothing_narrows")
	}
	return ""
}

// needsTable asks for a table that a person arranges.
func needsTable(r *root) string {
	if why := needsLedger(r); why != "" {
		return why
	}
	if r.table() == nil {
		return r.ui.Say("tui.why.no_register")
	}
	return ""
}

// needsColumns: the time line has columns of its own.
func needsColumns(r *root) string {
	if r.screen != onRegisters && r.tasks.Timeline() {
		return r.ui.Say("tui.why.timeline")
	}
	return needsTable(r)
}

func needsGroups(r *root) string {
	if t := r.table(); t == nil || !t.Grouped() {
		return r.ui.Say("tui.why.no_groups")
	}
	return ""
}

func needsTask(r *root) string {
	if len(r.current().Target().IDs()) == 0 {
		return r.ui.Say("tui.why.no_task")
	}
	return ""
}

// canEdit asks whether that field of what the cursor is on can be changed.
func canEdit(field string) func(*root) string {
	return func(r *root) string {
		if why := canChange(r); why != "" {
			return why
		}
		if e := r.ui.FirstEntry(r.current().Target().IDs()); e != nil {
			if r.ui.EntryKey(e, field) == "" {
				return r.ui.Say("tui.why.no_column", "Field", r.ui.FieldName(field))
			}
			return ""
		}
		if !r.ui.HasColumn(field) {
			return r.ui.Say("tui.why.no_column", "Field", r.ui.Field(field))
		}
		return needsTask(r)
	}
}

func massGone(r *root) string {
	if why := canChange(r); why != "" {
		return why
	}
	if r.feed.snap == nil || !errors.Is(r.feed.snap.Trouble, syncer.ErrMass) {
		return r.ui.Say("tui.why.not_mass")
	}
	return ""
}

func canRecord(r *root) string {
	if why := canChange(r); why != "" {
		return why
	}
	if len(r.ui.Index.Ledger.Rules) == 0 {
		return r.ui.Say("tui.why.no_rules")
	}
	return ""
}

// run does an action, or says why it is not available.
func (r *root) run(a *action) tea.Cmd {
	if a.why != nil {
		if why := a.why(r); why != "" {
			r.say(r.ui.Say("tui.why.not_now", "Action", r.ui.Say(a.title), "Why", why), true)
			return r.startTick()
		}
	}
	return tea.Batch(a.run(r), r.startTick())
}

// keymap finds actions by key.
type keymap map[string][]*action

func makeKeymap(actions []*action, own map[string][]string) keymap {
	m := keymap{}
	for _, a := range actions {
		for _, k := range keysOf(a, own) {
			m[k] = append(m[k], a)
		}
	}
	return m
}

func keysOf(a *action, own map[string][]string) []string {
	if keys, ok := own[a.id]; ok {
		return keys
	}
	return a.keys
}

// find is the action that a key means on a screen; one of that screen goes
// before one of all screens.
func (m keymap) find(key string, screen int) *action {
	var general *action
	for _, a := range m[key] {
		if a.on == nil {
			general = a
		} else if slices.Contains(a.on, screen) {
			return a
		}
	}
	return general
}

// ActionIDs are the names by which Options.Keys knows the actions.
func ActionIDs() []string {
	var out []string
	for _, a := range Actions() {
		out = append(out, a.ID)
	}
	return out
}

// Action describes one thing that a person can do in the dashboard.
type Action struct {
	ID    string   // its name in Options.Keys
	Title string   // catalogue key of what it does
	Keys  []string // its keys unless Options.Keys names others; nil: the palette alone reaches it
}

// Actions lists everything that a person can do, in the order of help and
// palette.
func Actions() []Action {
	var out []Action
	for _, a := range allActions() {
		out = append(out, Action{ID: a.id, Title: a.title, Keys: a.keys})
	}
	return out
}
