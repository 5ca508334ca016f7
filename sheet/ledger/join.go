package ledger

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/msg"
)

// Part is one ledger of several that are looked at as one.
type Part struct {
	Ledger   *Ledger
	Workbook string // its path: two parts have two
	Name     string // what it is called among the others; Join finds it
}

// Joint is several ledgers read as one. Its rows are copies of the parts' own: they
// name their workbook, bear ids that no other row bears, and call units by the names
// of one directory for all. Tables, columns and cells are the parts' own.
type Joint struct {
	*Ledger
	Names []string // what the workbooks are called, the shortest that tells them apart

	parts []*Ledger
	paths []string
	ids   []map[string]string // by part: own id of a row → its id here, where they differ
	owner map[string]Place
}

// Place is a row of a part: which part, and the row's id there.
type Place struct {
	Part int
	ID   string
}

// ID is the id here of a row of a part.
func (j *Joint) ID(part int, own string) string {
	if id, ok := j.ids[part][own]; ok {
		return id
	}
	return own
}

// Place is where the row with that id stands; ok is false if there is none.
func (j *Joint) Place(id string) (p Place, ok bool) {
	p, ok = j.owner[id]
	return p, ok
}

// Join reads several ledgers as one. Title, year and today are those of the first
// that has tasks. Annual requirements are those of the parts that state any, and
// bind the units of those parts; an event counts for its unit wherever it stands.
func Join(parts []Part) *Joint {
	j := &Joint{ids: make([]map[string]string, len(parts)), owner: map[string]Place{}, Names: shortNames(parts)}
	first := parts[0].Ledger
	for _, p := range parts {
		if len(p.Ledger.Tasks) > 0 {
			first = p.Ledger
			break
		}
	}
	l := &Ledger{Title: first.Title, Office: first.Office, Year: first.Year, YearStated: first.YearStated,
		Today: first.Today, Calendar: first.Calendar, opt: first.opt, lazy: &lazy{},
		byID: map[string]*Task{}, entries: map[string]*Entry{}, joint: j}
	j.Ledger = l
	l.opt.Registers = joinDefs(parts)
	l.Directory = joinDirectories(parts)
	called := map[string]string{}
	name := func(unit string) string {
		if unit == "" {
			return ""
		}
		known, ok := called[unit]
		if !ok {
			known = l.Directory.Canonical(unit)
			called[unit] = known
		}
		return known
	}
	all := func(units []string) (out []string) {
		for _, u := range units {
			if n := name(u); !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
		return out
	}
	for i, p := range parts {
		j.ids[i] = map[string]string{}
		own := p.Ledger
		j.parts, j.paths = append(j.parts, own), append(j.paths, p.Workbook)
		if l.Office == "" {
			l.Office = own.Office
		}
		l.silent = l.silent || own.silent
		tasks := make([]Task, len(own.Tasks))
		for n, t := range own.Tasks {
			c := &tasks[n]
			*c = *t
			c.ID, c.Lead, c.Support, c.Source.Workbook, c.Source.Name = j.claim(i, t.ID), name(t.Lead), all(t.Support),
				p.Workbook, j.Names[i]
			c.Leads = all(t.Leads)
			l.Tasks, l.byID[c.ID] = append(l.Tasks, c), c
		}
		for _, e := range own.Events {
			c := *e
			c.ID, c.units, c.Source.Workbook, c.Source.Name = j.claim(i, e.ID), all(e.units), p.Workbook, j.Names[i]
			if !strings.Contains(e.Unit, "、") {
				c.Unit = name(e.Unit)
			}
			l.Events = append(l.Events, &c)
		}
		for _, r := range own.Registers {
			l.joinRegister(r, func(e *Entry) {
				e.ID, e.Unit, e.Units, e.Source.Workbook, e.Source.Name = j.claim(i, e.ID), name(e.Unit), all(e.Units),
					p.Workbook, j.Names[i]
			})
		}
		j.joinActs(i, name)
		for _, t := range own.Tables { // rows that mean nothing by themselves are changed by name, too
			for r := range t.Rows {
				if id := t.Rows[r].ID; id != "" && j.owner[j.ID(i, id)] != (Place{i, id}) {
					j.claim(i, id)
				}
			}
		}
		l.Tables = append(l.Tables, own.Tables...)
		for _, problem := range own.Problems {
			problem.Sheet = "[" + j.Names[i] + "]" + problem.Sheet
			l.Problems = append(l.Problems, problem)
		}
	}
	slices.SortStableFunc(l.Acts, compareActs)
	l.count()
	l.joinRequirements(parts, name)
	return j
}

// claim gives a row of a part an id that no other row has: its own, else one with the
// workbook's name.
func (j *Joint) claim(part int, own string) string {
	id := own
	if _, taken := j.owner[id]; taken {
		id = own + "@" + j.Names[part]
		j.ids[part][own] = id
	}
	j.owner[id] = Place{part, own}
	return id
}

func (l *Ledger) joinRegister(r *Register, place func(*Entry)) {
	all := l.Register(r.Def.Kind)
	if all == nil {
		all = &Register{Def: r.Def}
		l.Registers = append(l.Registers, all)
	}
	entries := make([]Entry, len(r.Entries))
	for n, e := range r.Entries {
		entries[n] = *e
		place(&entries[n])
		all.Entries, l.entries[entries[n].ID] = append(all.Entries, &entries[n]), &entries[n]
	}
	all.Tables = append(all.Tables, r.Tables...)
	all.Counts = all.Counts.Plus(r.Counts)
}

// joinActs takes over what the supervision record of a part says, about the rows as they
// are called here.
func (j *Joint) joinActs(part int, name func(unit string) string) {
	l := j.Ledger
	for _, t := range j.parts[part].Tasks {
		l.byID[j.ID(part, t.ID)].Acts = nil
	}
	for _, own := range j.parts[part].Acts {
		a := *own
		a.ID, a.Unit = j.ID(part, own.ID), name(own.Unit)
		a.Entry = l.entries[a.ID]
		if own.Row != "" {
			a.Row = j.ID(part, own.Row)
			a.Task = l.byID[a.Row]
		}
		if a.Task != nil && a.Counts() {
			a.Task.Acts = append(a.Task.Acts, &a)
		}
		l.Acts = append(l.Acts, &a)
	}
}

// joinDefs are the kinds of registers of all parts; of one kind the definition of the
// part that has a table of it.
func joinDefs(parts []Part) (out []RegisterDef) {
	at := map[string]int{}
	for _, p := range parts {
		for _, d := range p.Ledger.RegisterDefs() {
			i, known := at[d.Kind]
			switch {
			case !known:
				at[d.Kind] = len(out)
				out = append(out, d)
			case p.Ledger.Register(d.Kind) != nil && !slices.ContainsFunc(parts,
				func(q Part) bool { return q.Ledger != p.Ledger && q.Ledger.Register(d.Kind) != nil }):
				out[i] = d
			}
		}
	}
	return out
}

// joinDirectories is one directory for all: the units that some part lists, with all
// their aliases and collectives, then those that the others merely name.
func joinDirectories(parts []Part) *Directory {
	var units []Unit
	add := func(u Unit) {
		i := slices.IndexFunc(units, func(o Unit) bool { return fold.Text(o.Name) == fold.Text(u.Name) })
		if i < 0 {
			u.Aliases, u.Groups = slices.Clone(u.Aliases), slices.Clone(u.Groups)
			units = append(units, u)
			return
		}
		o := &units[i]
		for _, a := range u.Aliases {
			if !slices.Contains(o.Aliases, a) {
				o.Aliases = append(o.Aliases, a)
			}
		}
		for _, g := range u.Groups {
			if !slices.Contains(o.Groups, g) {
				o.Groups = append(o.Groups, g)
			}
		}
		if o.Contact == "" {
			o.Contact, o.Phone = u.Contact, u.Phone
		}
	}
	explicit := false
	for _, p := range parts {
		if d := p.Ledger.Directory; d.explicit {
			explicit = true
			for _, u := range d.Units() {
				add(u)
			}
		}
	}
	listed := NewDirectory(units)
	var found []string
	for _, p := range parts {
		if d := p.Ledger.Directory; !d.explicit {
			for _, u := range d.Units() {
				if !listed.named(u.Name) {
					found = append(found, u.Name)
				}
			}
		}
	}
	units = append(units, foundDirectory(found).Units()...)
	d := NewDirectory(units)
	d.explicit = explicit
	d.others = map[string]string{}
	for _, p := range parts {
		for f, spelt := range p.Ledger.Directory.others {
			if d.others[f] == "" {
				d.others[f] = spelt
			}
		}
	}
	return d
}

// joinRequirements tells how the requirements of all parts stand.
func (l *Ledger) joinRequirements(parts []Part, name func(string) string) {
	from := slices.Clone(parts)
	if slices.ContainsFunc(from, func(p Part) bool { return p.Ledger.stated }) {
		from = slices.DeleteFunc(from, func(p Part) bool { return !p.Ledger.stated })
	}
	b := &builder{opt: l.opt, l: l, deadlines: map[string]due.Deadline{}, binds: map[string][]string{}}
	for _, p := range from {
		of := &builder{opt: p.Ledger.opt, l: p.Ledger, stated: p.Ledger.stated}
		b.stated = b.stated || of.stated
		for i := range p.Ledger.Rules {
			rule := &p.Ledger.Rules[i]
			if !slices.ContainsFunc(l.Rules, func(r RequirementRule) bool {
				return r.Kind == rule.Kind &&
					r.Name == rule.Name
			}) {
				l.Rules = append(l.Rules, *rule)
			}
			key := rule.Kind + "\x00" + rule.Name
			for _, u := range of.bound(rule) {
				if u = name(u); !slices.Contains(b.binds[key], u) {
					b.binds[key] = append(b.binds[key], u)
				}
			}
		}
	}
	l.stated = b.stated
	b.requirements()
}

// shortNames are the last elements of the parts' paths, with as much of the folders
// before them as tells the parts apart.
func shortNames(parts []Part) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = filepath.Base(p.Workbook)
	}
	for depth := 1; depth < 8; depth++ {
		uses := map[string]int{}
		for _, n := range out {
			uses[n]++
		}
		again := false
		for i, p := range parts {
			if uses[out[i]] > 1 {
				again = true
				elements := strings.Split(filepath.ToSlash(p.Workbook), "/")
				out[i] = strings.Join(elements[max(0, len(elements)-depth-1):], "/")
			}
		}
		if !again {
			break
		}
	}
	return out
}

// Workbooks are what the workbooks of the ledger are called, nil where it is one.
func (l *Ledger) Workbooks() []string {
	if l.joint == nil {
		return nil
	}
	return l.joint.Names
}

// Called is what papers call the ledger; of several workbooks it is the first that holds
// tasks, and how many do.
func (l *Ledger) Called(lang msg.Lang) string {
	title, books := l.Title, l.TaskBooks()
	if l.joint != nil && len(books) > 0 {
		title = books[0]
	}
	if title == "" {
		title = msg.Say(lang, "remind.the_ledger", "Year", l.Year)
	}
	if len(books) > 1 {
		return msg.Say(lang, "remind.ledgers", "Ledger", title, "Count", len(books))
	}
	return title
}

// TaskBooks are the titles of the workbooks that hold tasks, what the workbook is called
// where it has none; of one workbook it is its title alone.
func (l *Ledger) TaskBooks() (out []string) {
	for _, p := range l.Parts() {
		if len(p.Ledger.Tasks) > 0 {
			out = append(out, cmp.Or(p.Ledger.Title, p.Name))
		}
	}
	return out
}

// Parts are the ledgers of the single workbooks; of one it is the ledger itself.
func (l *Ledger) Parts() (out []Part) {
	if l.joint == nil {
		return []Part{{Ledger: l}}
	}
	for i, p := range l.joint.parts {
		out = append(out, Part{p, l.joint.paths[i], l.joint.Names[i]})
	}
	return out
}

// Renamed is the ledger of one part with the units under the names that they have
// here. Ids, figures and requirements are its own.
func (j *Joint) Renamed(part int) *Ledger {
	own := *j.parts[part]
	own.Directory, own.ByUnit, own.Totals = j.Directory, nil, Counts{}
	own.Tasks, own.Events, own.Registers = slices.Clone(own.Tasks), slices.Clone(own.Events), nil
	for i, t := range own.Tasks {
		c, known := *t, j.byID[j.ID(part, t.ID)]
		c.Lead, c.Support = known.Lead, known.Support
		own.Tasks[i] = &c
	}
	for _, r := range j.parts[part].Registers {
		c := *r
		c.Entries = slices.Clone(r.Entries)
		for i, e := range c.Entries {
			n, known := *e, j.entries[j.ID(part, e.ID)]
			n.Unit, n.Units = known.Unit, known.Units
			c.Entries[i] = &n
		}
		own.Registers = append(own.Registers, &c)
	}
	own.Acts = slices.Clone(own.Acts)
	for i, a := range own.Acts {
		c := *a
		c.Unit = j.Directory.Canonical(a.Unit)
		own.Acts[i] = &c
	}
	for _, list := range []*[]Requirement{&own.Requirements, &own.Unasked} {
		*list = slices.Clone(*list)
		for i := range *list {
			if u := (*list)[i].Unit; u != "" {
				(*list)[i].Unit = j.Directory.Canonical(u)
			}
		}
	}
	own.count()
	return &own
}

// jointEvent is an event of one of the parts.
func (j *Joint) jointEvent(id string) *Line {
	p, ok := j.owner[id]
	if !ok {
		return nil
	}
	n := j.parts[p.Part].eventLine(p.ID)
	if n != nil {
		n.ID = id
	}
	return n
}
