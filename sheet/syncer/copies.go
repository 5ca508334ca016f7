package syncer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/safefile"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// foreign is the error for a copy that belongs to another ledger.
func (s *subject) foreign(file string) error {
	return &msg.Error{Class: ErrForeign, Text: msg.New("syncer.foreign", "File", filepath.Base(file), "Ledger",
		filepath.Base(s.path)), Hint: msg.New("syncer.foreign.hint")}
}

// Merge merges returned copies, each in its own CopyReport of Report.Copies; a
// copy that is refused does not stop the others.
func (s *Session) Merge(ctx context.Context, files []string, opt MergeOptions) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	var copies []CopyReport
	r, err := s.pass(ctx, passOptions{}, func() error {
		for _, f := range files {
			c, err := s.inbox.takeCopy(f, opt)
			if err != nil {
				c.Err = err
			}
			copies = append(copies, c)
		}
		return nil
	})
	r.Copies = copies
	return r, err
}

// takeCopy merges one returned copy into head as one revision.
func (s *inbox) takeCopy(file string, opt MergeOptions) (CopyReport, error) {
	c := CopyReport{File: file, Unit: opt.Unit}
	if info, err := os.Stat(file); err == nil && s.isWorkbook(info) {
		return c, &msg.Error{Class: ErrForeign, Text: msg.New("syncer.own", "File", filepath.Base(file)),
			Hint: msg.New("syncer.own.hint")}
	}
	b, err := readCopy(file, Options{Ledger: s.opt.Ledger, Password: s.opt.Password})
	if err != nil {
		return c, err
	}
	if c.Unit == "" {
		c.Unit = s.unitOf(b)
		if named := s.unitNamed(b); named != c.Unit {
			c.Named = named
		}
	}
	old := s.graph.Merged(s.head.ID, b.sum)
	if old != nil && len(old.Asked) == 0 {
		c.Before, c.Unit, c.Base, c.BaseBy = true, old.Unit, old.Base, old.By
		if opt.Unit == "" || opt.Unit == old.Unit {
			return c, nil
		}
		// Whose it is could not be told when it was merged, or was told wrongly.
		again := *old
		again.Unit, c.Unit = opt.Unit, opt.Unit
		return c, s.commit(s.head.state, store.Revision{Author: s.opt.Author, Source: again.File,
			Copies: []store.Copy{again}})
	}
	said := saidBefore(old)
	opt.Answers = join(said, opt.Answers)
	if !b.isLedger() {
		return c, b.noTable(s.opt.Ledger)
	}
	if b.stamp.Ledger != "" && !s.hist.Knows(b.stamp.Ledger) {
		if id, _ := s.previousStamp(); id == b.stamp.Ledger {
			return c, s.ofLastYear(file)
		}
		return c, s.foreign(file)
	}
	if err := s.withoutNotes(b); err != nil {
		return c, err
	}
	given := s.given(b, c.Unit)
	base, oldest, by, err := s.baseOfCopy(b, opt, given)
	if err != nil {
		return c, err
	}
	c.Base, c.BaseBy = base, by
	from, err := s.graph.Content(base)
	if err != nil {
		return c, err
	}
	mopt := merge.Options{Mode: merge.Copy, Identity: history.Identity, Answers: opt.Answers, Within: given(from)}
	scope := ""
	if !b.stamp.Whole() {
		scope = scopeOf(b, c.Unit, ledger.Build(from.Tables, s.opt.Ledger))
	}
	from = unrecorded(from)
	theirs := signedBy(b.state(), scope)
	res, err := merge.Merge(from, s.head.state, theirs, mopt)
	if err != nil {
		return c, err
	}
	if old != nil {
		mopt.Answers = said
		before, err := merge.Merge(from, s.head.state, theirs, mopt)
		if err != nil {
			return c, err
		}
		if len(before.Asks) == len(res.Asks) {
			c.Asks = asksOf(res) // nothing was answered
			return c, nil
		}
		s.onlyAnswered(&res, before.Asks)
	}
	c.Untyped = s.untyped(res.Theirs, true)
	s.graph.Unseen(&res, base, oldest, b.by)
	history.KeepFormulas(&res, s.book.aligned, nil, true)
	now := history.After(s.now(), s.head.Time)
	who := c.Unit
	if who == "" {
		who = b.by
	}
	if who == "" {
		who = filepath.Base(file) // nothing else tells whose values they are; they are not the author's of here
	}
	side := history.Side{By: who, At: b.time}
	opened := s.graph.ConflictsOf(res, []string{base}, s.head.ID, side, now)
	done := store.Copy{File: filepath.Base(file), Sum: b.sum, Unit: c.Unit, Base: base, By: by, Stamp: b.stamp.Revision,
		Answers: opt.Answers}
	for _, a := range res.Asks {
		done.Asked = append(done.Asked, a.ID)
	}
	c.Beside = s.besideOf(b, res, c.Unit)
	for _, k := range c.Beside {
		done.Beside = append(done.Beside, store.Beside(k))
	}
	err = s.commit(res.Merged, store.Revision{Author: who, Source: filepath.Base(file), Opened: opened,
		Copies: []store.Copy{done}})
	if err != nil {
		return c, err
	}
	s.fillCopy(&c, res, scope)
	d := s.build().ledger
	if round, sent := s.lastRounds(d)[d.Directory.Canonical(c.Unit)]; sent {
		c.Earlier = s.earlier(b.stamp.Revision, round)
	}
	return c, nil
}

// baseOfCopy is the revision that a copy was taken from: the one of its stamp,
// or of what was pulled under that stamp the nearest; without a stamp the
// nearest of all. oldest is the first that it may have been taken from.
func (s *inbox) baseOfCopy(b *book, opt MergeOptions, given func(merge.State) func(kind, id string) bool) (id, oldest,
	by string, err error) {
	mopt := history.Options{Options: merge.Options{Mode: merge.Copy, Identity: history.Identity, Answers: opt.Answers},
		Within: given}
	save := b.save()
	save.State = unrecorded(save.State) // what a unit says there is new, whatever the copy was taken from
	candidates, byStamp := s.graph.CopyBases(save)
	by = "nearest"
	if byStamp {
		by = "stamp"
	}
	id, res, _, err := s.graph.Nearest(save, candidates, "", mopt)
	if err != nil {
		return "", "", "", err
	}
	if by == "nearest" {
		if err := s.sameYear(b); err != nil {
			return "", "", "", err
		}
		// Rows that mostly belong nowhere are another ledger's.
		rows := 0
		for _, t := range b.found.Tables {
			if t.Kind == ledger.KindTasks {
				rows += len(t.Rows)
			}
		}
		if len(res.Added)*2 > rows {
			return "", "", "", s.foreign(b.path)
		}
	}
	return id, candidates[0], by, nil
}

// sameYear refuses a copy that says that it is another year's: much of a plan
// comes again every year in the same words.
func (s *replica) sameYear(b *book) error {
	own, theirs := ledger.YearOf(s.build().ledger.Title), ledger.YearOf(ledger.Build(b.found.Tables,
		s.opt.Ledger).Title)
	if own == 0 || theirs == 0 || own == theirs {
		return nil
	}
	return &msg.Error{Class: ErrForeign, Text: msg.New("syncer.other_year", "File", filepath.Base(b.path), "Year",
		theirs, "Own", own), Hint: msg.New("syncer.other_year.hint")}
}

func (s *inbox) fillCopy(c *CopyReport, res merge.Result, scope string) {
	for _, x := range res.Changes {
		if x.Outcome != merge.Applied && x.Outcome != merge.Same && x.Outcome != merge.Conflict || x.RowAdded {
			continue
		}
		k := CopyChange{Task: x.Row, Field: x.Key, Base: x.Base, Mine: x.Mine, Theirs: x.Theirs,
			Outcome: string(x.Outcome)}
		k.Number, k.Title = s.name(x.Row)
		c.Changes = append(c.Changes, k)
	}
	c.Added = res.Added
	c.Asks = asksOf(res)
	d := s.build().ledger
	scope = d.Directory.Canonical(scope)
	for _, id := range res.Missing {
		t, e := d.Task(id), d.Entry(id)
		if t != nil && (scope == "" || t.Lead == scope) || e != nil &&
			(scope == "" || slices.Contains(e.Units, scope)) {
			c.Missing = append(c.Missing, id)
		}
	}
}

// unitOf is whose copy it is: by its scope, by who saved it, by its name; "" if
// none of them tells.
func (s *inbox) unitOf(b *book) string {
	if b.stamp.Scope != "" {
		return b.stamp.Scope
	}
	units := s.build().ledger.Directory.Units()
	if b.by != "" {
		for _, u := range units {
			if b.by == u.Name || b.by == u.Contact {
				return u.Name
			}
			for _, a := range u.Aliases {
				if a == b.by {
					return u.Name
				}
			}
		}
	}
	return s.unitNamed(b)
}

// unitNamed is the unit that the file's name speaks of, the name of the ledger
// aside; "" if it speaks of none. Of several it is the copy's own, else the one with
// the longest name.
func (s *inbox) unitNamed(b *book) string {
	own := strings.TrimSuffix(filepath.Base(s.path), filepath.Ext(s.path))
	name, best, unit := strings.ReplaceAll(filepath.Base(b.path), own, ""), 0, ""
	for _, u := range s.build().ledger.Directory.Units() {
		for _, n := range append([]string{u.Name}, u.Aliases...) {
			if !strings.Contains(name, n) || n == "" {
				continue
			}
			if u.Name == b.stamp.Scope {
				return u.Name
			}
			if len(n) > best {
				best, unit = len(n), u.Name
			}
		}
	}
	return unit
}

// passing reports whether a refusal may pass by itself: the file is still being
// copied into the inbox.
func passing(err error) bool {
	return unready(err) || errors.Is(err, safefile.ErrOpen)
}

// unrecorded is a state without the supervision record. The record is only ever added
// to: whatever stands in a copy is an entry that the ledger has word for word, or a new
// one. So a unit takes nothing back and changes nothing in its copy.
func unrecorded(st merge.State) merge.State {
	return merge.State{Tables: slices.DeleteFunc(slices.Clone(st.Tables),
		func(t *table.Table) bool { return t.Kind == ledger.KindSupervision })}
}

// signedBy is the state of a copy in which the entries of the supervision record that
// name no unit name the one whose copy it is: two units may write the same words.
func signedBy(st merge.State, unit string) merge.State {
	if unit == "" {
		return st
	}
	out := merge.State{Tables: slices.Clone(st.Tables)}
	for i, t := range out.Tables {
		c := t.Index(ledger.ActUnit)
		if t.Kind != ledger.KindSupervision || c < 0 {
			continue
		}
		signed := *t
		signed.Rows = slices.Clone(t.Rows)
		for r := range signed.Rows {
			row := &signed.Rows[r]
			if c < len(row.Values) && strings.TrimSpace(row.Values[c]) == "" {
				row.Values = slices.Clone(row.Values)
				row.Values[c] = unit
			}
		}
		out.Tables[i] = &signed
	}
	return out
}
