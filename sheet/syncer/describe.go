package syncer

import (
	"cmp"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// Describe puts changes into one sentence: the first of them in full, and how
// many there are.
//
//	任务2“更新机构职能目录”的完成状态：已完成 → 未启动
//	17项任务的完成状态（任务2“更新机构职能目录”：已完成 → 未启动，等）
func Describe(changes []Change) msg.Text {
	if len(changes) == 0 {
		return msg.New("syncer.describe.nothing")
	}
	type row struct{ kind, id string }
	rows, values := map[row]bool{}, 0
	first := withName(changes[0], changes)
	sameField, sameKind, tasksOnly := true, true, true
	for _, c := range changes {
		if c.What != "" && c.Field != "" {
			continue // a value of a row that came or went: the row counts
		}
		rows[row{c.Kind, c.Task}] = true
		values++
		sameField = sameField && c.What == first.What && c.Field == first.Field
		sameKind = sameKind && c.Kind == first.Kind
		tasksOnly = tasksOnly && isTask(c)
	}
	one := describeOne(first)
	switch {
	case values <= 1:
		return one
	case len(rows) == 1:
		return msg.New("syncer.describe.values", "Row", rowText(first), "Count", values, "First", valueText(first))
	case sameField && (tasksOnly || sameKind) && first.What == "":
		key := "syncer.describe.entries"
		if tasksOnly {
			key = "syncer.describe.tasks"
		}
		return msg.New(key, "Count", len(rows), "Field", fieldOf(first), "Row", rowText(first),
			"From", shortValue(first.From), "To", shortValue(first.To))
	case sameField && tasksOnly:
		return msg.New("syncer.describe.rows."+first.What, "Count", len(rows), "Row", rowText(first))
	}
	return msg.New("syncer.describe.mixed", "Rows", len(rows), "Count", values, "First", one)
}

// withName is a change with the name of its row: a row that came or went shows as
// what its values say, which are changes of their own.
func withName(c Change, changes []Change) Change {
	if c.What == "" {
		return c
	}
	values := map[string]string{}
	for _, o := range changes {
		if o.Kind == c.Kind && o.Task == c.Task && o.Field != "" {
			values[o.Field] = o.From + o.To // one of them is empty
		}
	}
	if isTask(c) {
		c.Number, c.Title = cmp.Or(c.Number, values[ledger.FieldNumber]), cmp.Or(c.Title, values[ledger.FieldTitle])
		return c
	}
	if c.Kind != ledger.KindActivities {
		return c
	}
	var parts []string
	for _, key := range []string{ledger.EventKind, ledger.EventUnit, ledger.EventDate, ledger.EventTopic} {
		if v := strings.TrimSpace(values[key]); v != "" {
			parts = append(parts, v)
		}
	}
	c.Title = cmp.Or(strings.Join(parts, " "), c.Title)
	return c
}

// isTask reports whether a change is of a task. One that names no kind is.
func isTask(c Change) bool { return c.Kind == "" || c.Kind == ledger.KindTasks }

func describeOne(c Change) msg.Text {
	if c.What != "" {
		return msg.New("syncer.describe."+c.What, "Row", rowText(c))
	}
	return msg.New("syncer.describe.value", "Row", rowText(c), "Field", fieldOf(c), "From", shortValue(c.From),
		"To", shortValue(c.To))
}

func valueText(c Change) msg.Text {
	return msg.New("syncer.describe.change", "Field", fieldOf(c), "From", shortValue(c.From), "To",
		shortValue(c.To))
}

// rowText names a row: a task by its number and title, any other by what it
// shows as.
func rowText(c Change) msg.Text {
	key := "syncer.describe.row"
	switch {
	case isTask(c):
		key = "syncer.describe.task"
	case c.Kind == ledger.KindActivities:
		key = "syncer.describe.event"
	}
	return msg.New(key, "Number", strings.TrimSpace(c.Number), "Title", cutText(c.Title, 30))
}

// fieldOf is what the changed column is called.
func fieldOf(c Change) msg.Text {
	if c.Heading != "" {
		return msg.New("syncer.describe.as_is", "Text", c.Heading)
	}
	return fieldText(c.Field)
}

// fieldText is what a column is called: a known field in the reader's language,
// any other by its key, which is its heading.
func fieldText(key string) msg.Text {
	if t := ledger.FieldText(key); !t.IsZero() {
		return t
	}
	return msg.New("syncer.describe.as_is", "Text", key)
}

// shortValue is as much of a value as tells what changed.
func shortValue(s string) msg.Text {
	if s == "" {
		return msg.New("syncer.describe.empty")
	}
	return msg.New("syncer.describe.as_is", "Text", cutText(s, 24))
}

func cutText(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}
