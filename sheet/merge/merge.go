package merge

import (
	"slices"

	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Merge is the three-way merge of base, mine and theirs. Rows of base and mine
// carry ids; rows of theirs that carry none are aligned with the base. It is
// pure and deterministic, and modifies none of its arguments.
//
// The base must be what theirs once held: whatever of the base was never
// written into that workbook looks as if it had been deleted from it.
//
// Errors: ErrTooMany, ErrIdentity, both as *msg.Error.
func Merge(base, mine, theirs State, opt Options) (Result, error) {
	r := Result{Theirs: State{Tables: make([]*table.Table, len(theirs.Tables))}}
	merged := make(map[*table.Table]*table.Table) // by mine's table
	var added []*table.Table
	based := slices.ContainsFunc(base.Tables, func(t *table.Table) bool { return t != nil && len(t.Rows) > 0 })
	for _, kind := range kinds(mine, theirs, base) {
		k := &kindMerge{kind: kind, opt: opt, res: &r, based: based,
			base: newSide(base, kind), mine: newSide(mine, kind), theirs: newSide(theirs, kind)}
		if err := k.run(); err != nil {
			return Result{Missing: r.Missing}, err
		}
		for j, o := range k.outs {
			switch {
			case o.drop:
			case j < len(k.mine.tabs):
				merged[k.mine.tabs[j]] = o.Table
			default:
				added = append(added, o.Table)
			}
		}
	}
	for _, t := range mine.Tables {
		if m := merged[t]; m != nil {
			r.Merged.Tables = append(r.Merged.Tables, m)
		}
	}
	r.Merged.Tables = append(r.Merged.Tables, added...)
	r.Theirs.Tables = slices.DeleteFunc(r.Theirs.Tables, func(t *table.Table) bool { return t == nil })
	return r, nil
}

// kinds of tables in the order in which they first appear.
func kinds(states ...State) []string {
	var out []string
	for _, s := range states {
		for _, t := range s.Tables {
			if t != nil && !slices.Contains(out, t.Kind) {
				out = append(out, t.Kind)
			}
		}
	}
	return out
}

// kindMerge merges the tables of one kind.
type kindMerge struct {
	kind               string
	opt                Options
	res                *Result
	based              bool // the base has rows, if of other kinds
	base, mine, theirs *side

	cols      universe
	role      []role
	owner     []int // columns that say whose a row is
	hintOrder []int // columns of a hint
	hintBuf   []byte

	baseOf     []int // by table of theirs: its counterpart in base, -1 if there is none
	mineOf     []int // by table of theirs: its counterpart in mine
	mineOfBase []int // by table of base: its counterpart in mine

	match, taken []int32         // see aligner
	waiting      map[int32]bool  // rows of base that a row of theirs may be
	added        []int32         // by row of theirs: row of mine that was added as well, -1
	origin       map[int32]whose // of added pairs: who holds the row as it was added
	ids          []string        // by row of theirs, "" if asked about

	outs  []*out
	plans map[planKey]*plan

	mineDone  []done // by row of mine
	theirDone []done // by row of theirs, those that mine has not

	filled, cleared int // values of base; those of them that theirs emptied
}

func (k *kindMerge) run() error {
	for _, s := range []*side{k.base, k.mine} {
		if err := s.identify(true); err != nil {
			return err
		}
	}
	if err := k.theirs.identify(false); err != nil {
		return err
	}
	k.theirs.blank()
	k.cols = universe{byKey: map[string]int{}, byHead: map[string]int{}}
	sides := []*side{k.mine, k.base, k.theirs} // mine first: its keys are those of the merged state
	for _, s := range sides {
		for _, t := range s.tabs {
			s.of = append(s.of, k.cols.add(t))
		}
	}
	for _, s := range sides {
		s.places(len(k.cols.all))
	}
	k.role = k.roles(k.opt.Identity[k.kind])
	for _, key := range k.opt.Identity[k.kind].Owner {
		if u, ok := k.cols.byKey[key]; ok {
			k.owner = append(k.owner, u)
		}
	}
	k.align()
	k.matchTables()
	k.renames()
	k.alignAdded()
	k.nameRows()
	if err := k.tooManyRows(); err != nil {
		return err
	}
	k.layout()
	k.rows()
	if k.opt.Mode == Shared && !k.opt.Force && k.cleared >= fewValues && k.cleared*4 > k.filled {
		return k.tooMany(msg.New("merge.too_many_values", "Sheet", k.sheet(), "Gone", k.cleared, "All", k.filled))
	}
	k.finish()
	k.reportColumns()
	k.fillTheirs()
	return nil
}

// fewValues is how many values may always be emptied at once.
const fewValues = 20

// tooManyRows is the safety stop: more than a quarter of the rows are gone
// from the shared workbook. One row never is too many, unless it was the last.
func (k *kindMerge) tooManyRows() error {
	if k.opt.Mode != Shared {
		return nil
	}
	lost := 0
	for b := range k.base.rows {
		if _, kept := k.mine.byID[k.base.rows[b].ID]; kept && k.taken[b] < 0 && !k.waiting[int32(b)] {
			lost++
		}
	}
	n := len(k.base.rows)
	if k.opt.Force || lost*4 <= n || lost < 2 && lost < n {
		return nil
	}
	for b := range k.base.rows {
		if _, kept := k.mine.byID[k.base.rows[b].ID]; kept && k.taken[b] < 0 && !k.waiting[int32(b)] {
			k.res.Missing = append(k.res.Missing, k.base.rows[b].ID)
		}
	}
	return k.tooMany(msg.New("merge.too_many_rows", "Sheet", k.sheet(), "Gone", lost, "All", n))
}

func (k *kindMerge) tooMany(text msg.Text) error {
	return &msg.Error{Class: ErrTooMany, Text: text, Hint: msg.New("merge.too_many_hint")}
}

// sheet names the kind's first table in a message.
func (k *kindMerge) sheet() string {
	if len(k.base.tabs) == 0 {
		return k.kind
	}
	return k.base.tabs[0].Sheet
}

// align finds for every row of theirs its row of the base.
func (k *kindMerge) align() {
	a := newAligner(k.base, k.theirs, k.role)
	a.fuzzy = true
	a.owner, a.copied, a.partial = k.owner, k.opt.Mode == Copy, k.partial()
	var own []int32
	for t := range k.theirs.rows {
		id := k.theirs.rows[t].ID
		if i, ok := k.theirs.byID[id]; id == "" || !ok || i != int32(t) {
			continue
		}
		if b, ok := k.base.byID[id]; ok {
			a.pair(b, int32(t))
		} else {
			a.match[t] = asked // out of the way: it has an identity
			own = append(own, int32(t))
		}
	}
	questions := map[int32]string{}
	if len(k.opt.Answers) > 0 {
		own = append(own, k.answer(a, questions)...)
	}
	outside := k.outside(a)
	if slices.Contains(a.match, unmatched) {
		a.run()
	}
	a.release(outside)
	namesakes := map[int32]bool{}
	if k.opt.Mode == Copy {
		namesakes = k.namesakes(a)
	}
	for _, t := range own {
		a.match[t] = unmatched
	}
	k.match, k.taken = a.match, a.taken
	k.waiting = map[int32]bool{}
	for t := range k.match {
		if k.match[t] != asked {
			continue
		}
		var ids []string
		open := namesakes[int32(t)]
		for _, b := range a.asks[int32(t)] {
			ids = append(ids, k.base.rows[b].ID)
			if k.taken[b] == unmatched {
				k.waiting[b] = true
				open = true
			}
		}
		if !open {
			k.match[t] = unmatched
			continue
		}
		if len(questions) == 0 {
			k.questions(questions)
		}
		r := k.theirs.rows[t]
		k.res.Asks = append(k.res.Asks, Ask{ID: questions[int32(t)], Kind: k.kind, Sheet: k.theirs.tabs[r.tab].Sheet,
			Row:   r.Row.Row,
			Table: k.theirs.index[r.tab], Pos: t - k.theirs.first[r.tab], Candidates: ids})
	}
}

// questions names what could be asked about each row of theirs, by its content.
func (k *kindMerge) questions(names map[int32]string) {
	count := map[string]int{}
	for t := range k.theirs.rows {
		h := string(k.hint(k.theirs, t))
		count[h]++
		names[int32(t)] = digest(nth([]byte("?"+h), count[h]))
	}
}

// answer applies the answers of an earlier pass; it returns the rows that are
// new by them.
func (k *kindMerge) answer(a *aligner, questions map[int32]string) (fresh []int32) {
	k.questions(questions)
	for t := range k.theirs.rows {
		said, ok := k.opt.Answers[questions[int32(t)]]
		if !ok || a.match[t] != unmatched {
			continue
		}
		if said == AnswerNew {
			a.match[t] = asked
			fresh = append(fresh, int32(t))
		} else if b, ok := k.base.byID[said]; ok && a.taken[b] == unmatched {
			a.pair(b, int32(t))
		}
	}
	return fresh
}

// fillTheirs is theirs with ids and with the keys of the merged state.
func (k *kindMerge) fillTheirs() {
	for i, t := range k.theirs.tabs {
		c := *t
		c.Columns = slices.Clone(t.Columns)
		for n, u := range k.theirs.of[i] {
			c.Columns[n].Key = k.cols.all[u].key
		}
		c.Rows = slices.Clone(t.Rows)
		for n := range c.Rows {
			c.Rows[n].ID = k.ids[k.theirs.first[i]+n]
		}
		k.res.Theirs.Tables[k.theirs.index[i]] = &c
	}
}
