package print

import (
	"os"
	"path/filepath"
	"strings"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"time"
)

// Edit shows what a change did. id is the task or event, "" if it was not about
// just one; doubts are about values that were taken as typed.
func (p *Printer) Edit(s *syncer.Snapshot, id string, r syncer.Report, doubts []string) error {
	if p.AsJSON {
		return p.JSON(editDocOf(id, r, doubts))
	}
	p.reportText(s, r)
	return nil
}

// reportText says what changed, what waits and which conflicts are open.
func (p *Printer) reportText(s *syncer.Snapshot, r syncer.Report) {
	for _, c := range r.Copies {
		p.CopyText(s, c)
	}
	if !p.described || countLines(r.Changes) > 1 {
		p.changeLines(s, "", r.Changes)
	}
	if len(r.Changes) == 0 && !p.described {
		p.Line(p.Say("cmd.no_changes"))
	}
	p.untypedText("", r.Untyped)
	p.AsksText(s, r.Asks)
	if r.Waiting {
		p.StateOfSync(s)
	}
	if r.Conflicts > 0 {
		p.Line(p.Say("cmd.conflict_count", "Count", r.Conflicts))
	}
}

// Headline says in one sentence what a command that names no value did; the
// changes follow if there are several.
func (p *Printer) Headline(key string, r syncer.Report) {
	if p.AsJSON {
		return
	}
	p.described = true
	p.Line(p.Say(key, "What", syncer.Describe(r.Changes)))
}

// changeLines says each change; of a row that came or went only that it did,
// and of a value that is not the ledger's that it waits in a conflict of s.
func (p *Printer) changeLines(s *syncer.Snapshot, indent string, list []syncer.Change) {
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
			line := p.Say("cmd.change", "Task", named(c.Number, c.Title), "Field", p.changed(c.Heading, c.Field), "From",
				p.orEmptyWord(excerpt(c.From)), "To", p.orEmptyWord(excerpt(c.To)))
			if s.Disputed(c) {
				line = p.Say("cmd.change_disputed", "Change", line)
			}
			p.Line(indent + line)
		case c.Field == "":
			p.Line(indent + p.rowLine(c, rows[c.Task]))
		}
	}
}

// changed is what a changed column is called: by its heading in a register of the office's own.
func (p *Printer) changed(heading, field string) string {
	if heading != "" {
		return heading
	}
	return p.FieldName(field)
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
func excerpt(s string) string { return excerptOf(s, 200) }

// excerptOf is the first characters of a text, most of them.
func excerptOf(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// rowLine says that a row came or went. values are those of the change itself:
// the row may be gone from the ledger since.
func (p *Printer) rowLine(c syncer.Change, values map[string]string) string {
	if c.Kind == ledger.KindActivities {
		var parts []string
		for _, key := range []string{ledger.EventKind, ledger.EventUnit, ledger.EventDate, ledger.EventTopic} {
			if v := strings.TrimSpace(values[key]); v != "" {
				parts = append(parts, v)
			}
		}
		event := strings.Join(parts, " ")
		if c.What == "deleted" {
			return p.Say("cmd.event_deleted", "Event", event)
		}
		return p.Say("cmd.event_added", "Event", event)
	}
	if c.Kind == ledger.KindSupervision {
		act := p.actLine(values)
		if c.What == "deleted" {
			return p.Say("cmd.row_deleted", "Task", act)
		}
		return act
	}
	number, title := c.Number, c.Title
	if values[ledger.FieldTitle] != "" {
		number, title = values[ledger.FieldNumber], values[ledger.FieldTitle]
	}
	if c.What == "deleted" {
		return p.Say("cmd.row_deleted", "Task", named(number, title))
	}
	return p.Say("cmd.row_added", "Task", named(number, title))
}

// actLine is what an entry of the supervision record says was done.
func (p *Printer) actLine(values map[string]string) string {
	return p.Say("cmd.act", "Task", ledger.LabelName(values[ledger.ActTask]), "Kind", values[ledger.ActKindOf], "Due",
		values[ledger.ActNewDue],
		"Number", values[ledger.ActNumber], "Content", excerpt(values[ledger.ActContent]))
}

// named is a row as people speak of it.
func named(number, title string) string { return strings.TrimSpace(number + " " + title) }

// leftBehind is the age at which the mark of an open workbook may be one that a
// crash left behind: nobody has it open for so long without a night in between.
const leftBehind = 12 * time.Hour

// StateOfSync says what waits, for whom or for what.
func (p *Printer) StateOfSync(s *syncer.Snapshot) {
	if len(s.Waiting) > 0 {
		p.Line(p.Say("cmd.waiting_count", "Count", len(s.Waiting)))
	}
	said := map[string]bool{}
	for _, w := range s.Waiting {
		if w.Why == nil {
			continue
		}
		sentence, hint := msg.Explain(p.Lang, Plain(w.Why))
		for _, line := range []string{sentence, hint} {
			if line != "" && !said[line] {
				said[line] = true
				p.Line("  " + line)
			}
		}
	}
	if o := s.Owner; o != nil {
		name := o.Name
		if name == "" {
			name = p.Say("cmd.somebody")
		}
		p.Line(p.Say("cmd.open_by", "Name", name, "Program", o.Program))
		if info, err := os.Stat(o.File); err == nil && time.Since(info.ModTime()) > leftBehind {
			p.Line("  " + p.Say("cmd.open_long", "File", filepath.Base(o.File), "Since", Clock(info.ModTime())))
		}
	}
}
