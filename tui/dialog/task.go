package dialog

import (
	"slices"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// longFields are edited as texts of several lines.
var longFields = []string{
	ledger.FieldTitle, ledger.FieldRequirement, ledger.FieldProgress, ledger.FieldProblems,
	ledger.FieldNextSteps, ledger.FieldEvidence, ledger.FieldRemark,
}

// Edit asks for a new value of a field of tasks: from the choices that the
// ledger has for it, or as text if typed says so or there are none. It returns
// nil, and says why, where the field cannot be changed.
func Edit(u *kit.Kit, ids []string, field string, typed bool) (d Dialog, why string) {
	if u.FirstEntry(ids) != nil {
		return editEntry(u, ids, field, typed)
	}
	t := u.First(ids)
	if t == nil {
		return nil, u.Say("tui.why.task_gone")
	}
	if why := u.CannotChange(); why != "" {
		return nil, why
	}
	if !u.HasColumn(field) || field == ledger.FieldWorkbook {
		return nil, u.Say("tui.why.no_column", "Field", u.Field(field))
	}
	if why := u.Computed(ids, field); why != "" {
		return nil, why
	}
	seen := newSeen(u, ids, field)
	set := func(v string) intent.Intent {
		return intent.SetField{Tasks: ids, Field: field, Value: v, Seen: seen.texts}
	}
	title := u.Say("tui.edit.one", "Field", u.Field(field), "Task", u.Name(t))
	value := kit.Held(t, field)
	if len(ids) > 1 {
		title = u.Say("tui.edit.many", "Field", u.Field(field), "Count", len(ids))
	}
	if choices := u.Choices(t, field); len(choices) > 0 && !typed {
		items := make([]Item, 0, len(choices)+1)
		for _, c := range choices {
			items = append(items, Item{Label: u.Clean(c), Result: set(c)})
		}
		if field == ledger.FieldLead || field == ledger.FieldOwner {
			items = append(items, Item{Label: u.Say("tui.edit.other"),
				Result: intent.TypeValue{Tasks: ids, Field: field}})
		}
		list := NewList(u, title, items).startAt(u.Clean(value))
		list.seen = seen
		return list, ""
	}
	if len(ids) > 1 {
		value = ""
	}
	note := ""
	if field == ledger.FieldDeadline {
		note = u.Say("tui.edit.deadline_note")
	}
	multi := slices.Contains(longFields, field) || len(value) > 120 || strings.Contains(value, "\n")
	entry := NewEntry(u, title, note, value, multi, set)
	entry.seen = seen
	entry.read = func(v string) (string, bool) { return readBack(u, t, field, v) }
	return entry, ""
}

// TaskMenu is the menu of tasks: every field
// with its value; Enter changes it.
func TaskMenu(u *kit.Kit, ids []string) *List {
	title := u.Say("tui.menu.many", "Count", len(ids))
	if len(ids) == 1 {
		title = u.Name(u.First(ids))
	}
	items := func() []Item {
		t := u.First(ids)
		if t == nil {
			return nil
		}
		var out []Item
		if len(ids) == 1 {
			for _, c := range u.Index.Snap.Conflicts {
				if c.Task == t.ID {
					out = append(out, Item{Label: u.Say("tui.menu.conflict"), Value: u.ConflictField(c),
						Result: intent.OpenConflict{ID: c.ID}})
				}
			}
		}
		for _, key := range u.Editable() {
			it := Item{Label: u.Field(key), Result: intent.EditField{Tasks: ids, Field: key}}
			if len(ids) == 1 {
				it.Value = u.Clean(t.Text(key))
				it.Why = u.Computed(ids, key)
			}
			if u.ReadOnly {
				it.Why = u.Say("tui.why.readonly")
			}
			out = append(out, it)
		}
		return append(out, Item{Label: u.Say("tui.menu.delete"), Why: u.CannotChange(),
			Result: intent.AskDelete{Rows: ids}})
	}
	d := NewList(u, title, items())
	d.Wide, d.Search, d.Reload = true, false, items
	return d
}

// TaskForm asks for a new task.
func TaskForm(u *kit.Kit) *Form {
	var items []formItem
	blank := &ledger.Task{}
	for _, t := range u.Index.Ledger.Tables {
		if t.Kind == ledger.KindTasks {
			blank.Table = t
			break
		}
	}
	first := []string{ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline, ledger.FieldStatus, ledger.FieldOwner}
	keys := append([]string{}, first...)
	for _, c := range u.Index.Columns {
		if !slices.Contains(first, c.Key) && c.Key != ledger.FieldNumber {
			keys = append(keys, c.Key)
		}
	}
	for _, k := range keys {
		if k != ledger.FieldTitle && !slices.ContainsFunc(u.Index.Columns,
			func(c index.Column) bool { return c.Key == k }) {
			continue
		}
		if k == ledger.FieldWorkbook {
			items = append(items, formItem{key: k, label: u.Field(k), choices: u.Index.Ledger.Workbooks()})
			continue
		}
		items = append(items, formItem{key: k, label: u.Field(k), must: k == ledger.FieldTitle,
			choices: u.Choices(blank, k),
			read:    func(v string) (string, bool) { return readBack(u, blank, k, v) }})
	}
	return newForm(u, u.Say("tui.act.add"), items,
		func(v map[string]string) intent.Intent { return intent.AddTask{Values: v} })
}

// TaskNote shows all of a task, to read.
func TaskNote(u *kit.Kit, t *ledger.Task) *Note {
	d := &Note{ui: u, title: u.Name(t)}
	for _, f := range append(u.Details(t), u.PastOf(t.ID)...) {
		d.rows = append(d.rows, [2]string{f.Label, f.Value})
	}
	return d
}

// EditJoined asks a person to read a value that was made of theirs and another's,
// before it is set.
func EditJoined(u *kit.Kit, set intent.SetField) *Entry {
	title := u.Say("tui.moved.join_title", "Field", u.FieldOf(set.Tasks[0], set.Field))
	d := NewEntry(u, title, u.Say("tui.moved.join_note"), set.Value, true, func(v string) intent.Intent {
		set := set
		set.Value = v
		return set
	})
	d.before = set.Seen[set.Tasks[0]]
	d.seen = newSeen(u, set.Tasks, set.Field)
	d.seen.texts, d.seen.at = set.Seen, nil
	return d
}

// readBack says how a value of a field will be understood and what will be written:
// the date that 6月底 is, and how far it is overdue; the state that a word means;
// or why it will not be taken.
func readBack(u *kit.Kit, t *ledger.Task, field, value string) (line string, bad bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return "", false
	}
	l := u.Index.Ledger
	stored := value
	if t.Table != nil {
		_, text, err := l.Compose(t, field, value)
		if err != nil {
			sentence, _ := u.Why(err)
			return sentence, true
		}
		stored = text
	}
	switch field {
	case ledger.FieldDeadline, ledger.FieldCompleted:
		return u.ReadDay(stored, field == ledger.FieldDeadline && t.Status.Kind != ledger.Done)
	case ledger.FieldStatus:
		kind := ledger.ParseStatus(stored, ledger.Options{}).Kind
		if kind == ledger.UnknownStatus && !slices.Contains(u.Choices(t, field), stored) {
			return u.Say("tui.read.unknown_status"), true
		}
		return u.Say("tui.read.written", "Value", u.Short(stored), "Means", u.StatusKind(string(kind))), false
	case ledger.FieldLead:
		if d := l.Directory; d != nil && len(d.Units()) > 0 {
			name := d.Canonical(stored)
			if !slices.ContainsFunc(d.Units(), func(unit ledger.Unit) bool { return unit.Name == name }) {
				return u.Say("tui.read.new_unit", "Unit", u.Clean(stored)), true
			}
			if name != stored {
				return u.Say("tui.read.written", "Value", u.Short(stored), "Means", u.Clean(name)), false
			}
		}
	}
	if stored != value {
		return u.Say("tui.read.stored", "Value", u.Short(stored)), false
	}
	return "", false
}
