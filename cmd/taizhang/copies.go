package main

import (
	"slices"
	"strings"

	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

// passDoc is what a pass of sync, or a merge, did.
type passDoc struct {
	Revision  string      `json:"revision"`
	Changes   []changeDoc `json:"changes"` // of the ledger, by whomever
	Copies    []copyDoc   `json:"copies"`
	Conflicts int         `json:"conflicts"`
	Waiting   bool        `json:"waiting"`
	Asks      []askDoc    `json:"asks"` // about rows of the workbook
	// Returned is who has returned a copy and, where anybody was sent one or has
	// returned one, who has not.
	Returned []returnedDoc `json:"returned"`
}

type returnedDoc struct {
	Unit string `json:"unit"`
	File string `json:"file"` // "" if the unit has returned none
	At   string `json:"at"`
	Sent string `json:"sent"` // when it was sent one last; "" if that is not known
}

type copyDoc struct {
	File    string          `json:"file"`
	Unit    string          `json:"unit"`
	Base    string          `json:"base"`
	BaseBy  string          `json:"base_by"`
	Changes []copyChangeDoc `json:"changes"`
	Added   []string        `json:"added"`
	Missing []string        `json:"missing"`
	Asks    []askDoc        `json:"asks"`
	Before  bool            `json:"before"`
	Earlier bool            `json:"earlier"` // it is of an earlier round
	Named   string          `json:"named"`   // the unit that the file's name speaks of, if it is another
	Error   string          `json:"error"`
}

type copyChangeDoc struct {
	Task    string `json:"task"`
	Number  string `json:"number"`
	Field   string `json:"field"`
	Base    string `json:"base"`
	Mine    string `json:"mine"`
	Theirs  string `json:"theirs"`
	Outcome string `json:"outcome"`
}

type askDoc struct {
	ID         string   `json:"id"`
	Sheet      string   `json:"sheet"`
	Row        int      `json:"row"`
	Candidates []string `json:"candidates"`
}

func (a *app) passDoc(s *syncer.Snapshot, r syncer.Report) passDoc {
	d := passDoc{Revision: r.Revision, Changes: changeDocs(r.Changes), Copies: []copyDoc{}, Conflicts: r.Conflicts, Waiting: r.Waiting, Asks: askDocs(r.Asks),
		Returned: []returnedDoc{}}
	if anyReturned(s) {
		for _, u := range s.Returned {
			d.Returned = append(d.Returned, returnedDoc{u.Unit, u.File, moment(u.At), moment(u.Sent)})
		}
	}
	for _, c := range r.Copies {
		doc := copyDoc{
			File: c.File, Unit: c.Unit, Base: c.Base, BaseBy: c.BaseBy, Before: c.Before, Earlier: c.Earlier, Named: c.Named,
			Changes: []copyChangeDoc{}, Added: orEmpty(c.Added), Missing: orEmpty(c.Missing), Asks: askDocs(c.Asks),
		}
		for _, v := range c.Changes {
			doc.Changes = append(doc.Changes, copyChangeDoc{v.Task, v.Number, v.Field, v.Base, v.Mine, v.Theirs, v.Outcome})
		}
		if c.Err != nil {
			doc.Error, _ = msg.Explain(a.lang, plain(c.Err))
		}
		d.Copies = append(d.Copies, doc)
	}
	return d
}

// copyText says what became of one returned copy; a refusal goes to standard
// error.
func (a *app) copyText(s *syncer.Snapshot, c syncer.CopyReport) {
	unit := c.Unit
	if unit == "" {
		unit = a.say("cmd.unit_unknown")
	}
	switch {
	case c.Err != nil:
		a.warn(c.Err)
		return
	case c.Before:
		a.line(a.say("cmd.copy_before", "File", c.File, "Unit", unit))
		return
	}
	a.line(a.say("cmd.copy_merged", "File", c.File, "Unit", unit, "Changes", len(c.Changes), "Added", len(c.Added), "Missing", len(c.Missing)))
	if c.Unit == "" {
		a.line(a.say("cmd.copy_whose", "File", c.File))
	}
	if c.Named != "" {
		a.line(a.say("cmd.copy_named", "Named", c.Named, "Unit", unit))
	}
	if c.Earlier {
		a.line(a.say("cmd.copy_earlier", "Unit", unit))
	}
	switch c.BaseBy {
	case "nearest":
		a.line(a.say("cmd.copy_nearest", "Revision", short(c.Base)))
	case "none":
		a.line(a.say("cmd.copy_none"))
	}
	a.asksText(s, c.Asks)
}

// anyReturned reports whether a copy was sent out or has come back: else none was
// asked for, and there is nothing to tick off.
func anyReturned(s *syncer.Snapshot) bool {
	return slices.ContainsFunc(s.Returned, func(u syncer.Returned) bool { return u.File != "" || !u.Sent.IsZero() })
}

// returnedText says who has returned a copy and who has not.
func (a *app) returnedText(s *syncer.Snapshot) {
	if !anyReturned(s) {
		return
	}
	var have, not []string
	for _, u := range s.Returned {
		switch name := u.Unit; {
		case u.File == "":
			not = append(not, name)
		case name == "":
			have = append(have, a.say("cmd.unit_unknown"))
		default:
			have = append(have, name)
		}
	}
	sep := a.say("cmd.list_separator")
	if len(have) > 0 {
		a.line(a.say("cmd.returned", "Count", len(have), "Units", strings.Join(have, sep)))
	}
	if len(not) > 0 {
		a.line(a.say("cmd.not_returned", "Count", len(not), "Units", strings.Join(not, sep)))
	}
}

func askDocs(list []syncer.Ask) []askDoc {
	out := make([]askDoc, 0, len(list))
	for _, q := range list {
		out = append(out, askDoc{q.ID, q.Sheet, q.Row, orEmpty(q.Candidates)})
	}
	return out
}

// asksText asks which task each of the rows is.
func (a *app) asksText(s *syncer.Snapshot, list []syncer.Ask) {
	for _, q := range list {
		a.line(a.say("cmd.copy_ask", "Sheet", q.Sheet, "Row", q.Row, "ID", q.ID))
		for _, id := range q.Candidates {
			if t := s.Ledger.Task(id); t != nil {
				a.line("    --answer " + q.ID + "=" + id + "  " + named(t.Number, t.Title))
			}
		}
		a.line("    --answer " + q.ID + "=" + merge.AnswerNew + "  " + a.say("cmd.ask_new"))
	}
}
