package print

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
	Earlier bool            `json:"earlier"`           // it is of an earlier round
	Named   string          `json:"named"`             // the unit that the file's name speaks of, if it is another
	Untyped []string        `json:"untyped,omitempty"` // cells with an error value or a picture, in words
	Beside  []besideDoc     `json:"beside,omitempty"`  // texts that stand in no table
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

// Merged shows what became of returned copies.
func (p *Printer) Merged(s *syncer.Snapshot, r syncer.Report) error {
	if p.AsJSON {
		return p.JSON(p.passDoc(s, r))
	}
	p.reportText(s, r)
	p.returnedText(s)
	return nil
}

// Synced shows what a pass did; ledger is the workbook as it was named.
func (p *Printer) Synced(ledger string, s *syncer.Snapshot, r syncer.Report) error {
	if p.AsJSON {
		return p.JSON(p.passDoc(s, r))
	}
	p.syncText(ledger, s, r)
	return nil
}

func (p *Printer) passDoc(s *syncer.Snapshot, r syncer.Report) passDoc {
	d := passDoc{Revision: r.Revision, Changes: changeDocs(r.Changes), Copies: []copyDoc{}, Conflicts: r.Conflicts,
		Waiting: r.Waiting, Asks: askDocs(r.Asks),
		Returned: []returnedDoc{}}
	if anyReturned(s) {
		for _, u := range s.Returned {
			d.Returned = append(d.Returned, returnedDoc{u.Unit, u.File, moment(u.At), moment(u.Sent)})
		}
	}
	for _, c := range r.Copies {
		doc := copyDoc{
			File: c.File, Unit: c.Unit, Base: c.Base, BaseBy: c.BaseBy, Before: c.Before, Earlier: c.Earlier,
			Named:   c.Named,
			Changes: []copyChangeDoc{}, Added: OrEmpty(c.Added), Missing: OrEmpty(c.Missing), Asks: askDocs(c.Asks),
		}
		for _, u := range c.Untyped {
			doc.Untyped = append(doc.Untyped, u.Text().In(p.Lang))
		}
		doc.Beside = besideDocs(c.Beside)
		for _, v := range c.Changes {
			doc.Changes = append(doc.Changes, copyChangeDoc{v.Task, v.Number, v.Field, v.Base, v.Mine, v.Theirs,
				v.Outcome})
		}
		if c.Err != nil {
			doc.Error, _ = msg.Explain(p.Lang, Plain(c.Err))
		}
		d.Copies = append(d.Copies, doc)
	}
	return d
}

// CopyText says what became of one returned copy; a refusal goes to standard
// error.
func (p *Printer) CopyText(s *syncer.Snapshot, c syncer.CopyReport) {
	unit := c.Unit
	if unit == "" {
		unit = p.Say("cmd.unit_unknown")
	}
	switch {
	case c.Err != nil:
		p.Warn(c.Err)
		return
	case c.Before:
		p.Line(p.Say("cmd.copy_before", "File", c.File, "Unit", unit))
		return
	}
	p.Line(p.Say("cmd.copy_merged", "File", c.File, "Unit", unit, "Changes", len(c.Changes), "Added", len(c.Added),
		"Missing", len(c.Missing)))
	if c.Unit == "" {
		p.Line(p.Say("cmd.copy_whose", "File", c.File))
	}
	if c.Named != "" {
		p.Line(p.Say("cmd.copy_named", "Named", c.Named, "Unit", unit))
	}
	if c.Earlier {
		p.Line(p.Say("cmd.copy_earlier", "Unit", unit))
	}
	switch c.BaseBy {
	case "nearest":
		p.Line(p.Say("cmd.copy_nearest", "Revision", Short(c.Base)))
	case "none":
		p.Line(p.Say("cmd.copy_none"))
	}
	p.untypedText("  ", c.Untyped)
	p.besideText("  ", c.Beside)
	p.AsksText(s, c.Asks)
}

// untypedText names the cells whose error value or picture was not read.
func (p *Printer) untypedText(indent string, list []syncer.Untyped) {
	for _, u := range list {
		p.Line(indent + u.Text().In(p.Lang))
	}
}

// besideDoc is a text of a copy that stands in no table of it.
type besideDoc struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Text  string `json:"text"`
	What  string `json:"what"` // comment, shape, formula or heading; "" for the text of a cell
}

func besideDocs(list []syncer.Beside) (out []besideDoc) {
	for _, b := range list {
		out = append(out, besideDoc{b.Sheet, b.Cell, b.Said, b.What})
	}
	return out
}

// besideText names the texts that stand in no table and were not merged.
func (p *Printer) besideText(indent string, list []syncer.Beside) {
	const most = 20 // of a sheet that somebody added
	for i, b := range list {
		if i == most {
			p.Line(indent + p.Say("cmd.beside_more", "Count", len(list)-most))
			break
		}
		p.Line(indent + b.Text().In(p.Lang))
	}
}

// anyReturned reports whether a copy was sent out or has come back: else none was
// asked for, and there is nothing to tick off.
func anyReturned(s *syncer.Snapshot) bool {
	return slices.ContainsFunc(s.Returned, func(u syncer.Returned) bool { return u.File != "" || !u.Sent.IsZero() })
}

// returnedText says who has returned a copy and who has not.
func (p *Printer) returnedText(s *syncer.Snapshot) {
	if !anyReturned(s) {
		return
	}
	var have, not []string
	for _, u := range s.Returned {
		switch name := u.Unit; {
		case u.File == "":
			not = append(not, name)
		case name == "":
			have = append(have, p.Say("cmd.unit_unknown"))
		default:
			have = append(have, name)
		}
	}
	sep := p.Say("cmd.list_separator")
	if len(have) > 0 {
		p.Line(p.Say("cmd.returned", "Count", len(have), "Units", strings.Join(have, sep)))
	}
	if len(not) > 0 {
		p.Line(p.Say("cmd.not_returned", "Count", len(not), "Units", strings.Join(not, sep)))
	}
}

func askDocs(list []syncer.Ask) []askDoc {
	out := make([]askDoc, 0, len(list))
	for _, q := range list {
		out = append(out, askDoc{q.ID, q.Sheet, q.Row, OrEmpty(q.Candidates)})
	}
	return out
}

// AsksText asks which task each of the rows is.
func (p *Printer) AsksText(s *syncer.Snapshot, list []syncer.Ask) {
	for _, q := range list {
		p.Line(p.Say("cmd.copy_ask", "Sheet", q.Sheet, "Row", q.Row, "ID", q.ID))
		for _, id := range q.Candidates {
			if number, title := s.Name(id); number+title != "" {
				p.Line("    --answer " + q.ID + "=" + id + "  " + named(number, title))
			}
		}
		p.Line("    --answer " + q.ID + "=" + merge.AnswerNew + "  " + p.Say("cmd.ask_new"))
	}
}

// syncText says what was done, and where that is nothing, what was done last.
func (p *Printer) syncText(ledger string, s *syncer.Snapshot, r syncer.Report) {
	if !r.Waiting && len(r.Asks) == 0 {
		key := "cmd.in_step"
		if r.Conflicts > 0 { // the workbook may hold what the other side typed
			key = "cmd.in_step_disputed"
		}
		p.Line(p.Say(key, "File", ledger, "Revision", Short(s.Revision)))
	}
	if len(r.Changes) > 0 || len(r.Copies) > 0 || len(r.Asks) > 0 || len(r.Untyped) > 0 || r.Waiting {
		p.reportText(s, r)
		p.returnedText(s)
		return
	}
	if r.Conflicts > 0 {
		p.Line(p.Say("cmd.conflict_count", "Count", r.Conflicts))
	}
	p.returnedText(s)
	if len(s.Latest) > 0 {
		p.Line(p.Say("cmd.latest"))
		p.LogText(s, s.Latest[:1])
	}
}

// Short is a revision, or the id of a row, as people are shown it.
func Short(id string) string {
	if len(id) > 10 {
		return id[:10]
	}
	return id
}
