package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

// reportText says what changed, what waits and which conflicts are open.
func (a *app) reportText(s *syncer.Snapshot, r syncer.Report) {
	for _, c := range r.Copies {
		a.copyText(s, c)
	}
	if !a.described || countLines(r.Changes) > 1 {
		a.changeLines(s, "", r.Changes)
	}
	if len(r.Changes) == 0 && !a.described {
		a.line(a.say("cmd.no_changes"))
	}
	a.asksText(s, r.Asks)
	if r.Waiting {
		a.stateOfSync(s)
	}
	if r.Conflicts > 0 {
		a.line(a.say("cmd.conflict_count", "Count", r.Conflicts))
	}
}

// headline says in one sentence what a command that names no value did; the
// changes follow if there are several.
func (a *app) headline(key string, r syncer.Report) {
	if a.flags.json {
		return
	}
	a.described = true
	a.line(a.say(key, "What", syncer.Describe(r.Changes)))
}

// changeLines says each change; of a row that came or went only that it did,
// and of a value that is not the ledger's that it waits in a conflict of s.
func (a *app) changeLines(s *syncer.Snapshot, indent string, list []syncer.Change) {
	rows := map[string]map[string]string{} // of rows that came or went: their values, by row and column key
	for _, c := range list {
		if c.What != "" && c.Field != "" {
			if rows[c.Task] == nil {
				rows[c.Task] = map[string]string{}
			}
			rows[c.Task][c.Field] = c.From + c.To // one of them is empty
		}
	}
	for _, c := range list {
		switch {
		case c.What == "":
			line := a.say("cmd.change", "Task", named(c.Number, c.Title), "Field", a.fieldName(c.Field), "From", a.orEmptyWord(excerpt(c.From)), "To", a.orEmptyWord(excerpt(c.To)))
			if s.Disputed(c) {
				line = a.say("cmd.change_disputed", "Change", line)
			}
			a.line(indent + line)
		case c.Field == "":
			a.line(indent + a.rowLine(c, rows[c.Task]))
		}
	}
}

// countLines is how many lines changeLines makes of changes.
func countLines(list []syncer.Change) (n int) {
	for _, c := range list {
		if c.What == "" || c.Field == "" {
			n++
		}
	}
	return n
}

// excerpt is as much of a value as tells what changed; --json has the whole.
func excerpt(s string) string {
	const most = 200
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// rowLine says that a row came or went. values are those of the change itself:
// the row may be gone from the ledger since.
func (a *app) rowLine(c syncer.Change, values map[string]string) string {
	if c.Kind == ledger.KindActivities {
		var parts []string
		for _, key := range []string{ledger.EventKind, ledger.EventUnit, ledger.EventDate, ledger.EventTopic} {
			if v := strings.TrimSpace(values[key]); v != "" {
				parts = append(parts, v)
			}
		}
		event := strings.Join(parts, " ")
		if c.What == "deleted" {
			return a.say("cmd.event_deleted", "Event", event)
		}
		return a.say("cmd.event_added", "Event", event)
	}
	number, title := c.Number, c.Title
	if values[ledger.FieldTitle] != "" {
		number, title = values[ledger.FieldNumber], values[ledger.FieldTitle]
	}
	if c.What == "deleted" {
		return a.say("cmd.row_deleted", "Task", named(number, title))
	}
	return a.say("cmd.row_added", "Task", named(number, title))
}

// named is a row as people speak of it.
func named(number, title string) string { return strings.TrimSpace(number + " " + title) }

// leftBehind is the age at which the mark of an open workbook may be one that a
// crash left behind: nobody has it open for so long without a night in between.
const leftBehind = 12 * time.Hour

// stateOfSync says what waits, for whom or for what.
func (a *app) stateOfSync(s *syncer.Snapshot) {
	if len(s.Waiting) > 0 {
		a.line(a.say("cmd.waiting_count", "Count", len(s.Waiting)))
	}
	said := map[string]bool{}
	for _, w := range s.Waiting {
		if w.Why == nil {
			continue
		}
		sentence, hint := msg.Explain(a.lang, plain(w.Why))
		for _, line := range []string{sentence, hint} {
			if line != "" && !said[line] {
				said[line] = true
				a.line("  " + line)
			}
		}
	}
	if o := s.Owner; o != nil {
		name := o.Name
		if name == "" {
			name = a.say("cmd.somebody")
		}
		a.line(a.say("cmd.open_by", "Name", name, "Program", o.Program))
		if info, err := os.Stat(o.File); err == nil && time.Since(info.ModTime()) > leftBehind {
			a.line("  " + a.say("cmd.open_long", "File", filepath.Base(o.File), "Since", clock(info.ModTime())))
		}
	}
}
