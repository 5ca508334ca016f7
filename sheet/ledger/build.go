package ledger

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/table"
)

// builder holds what Build needs while it reads. Texts repeat in ledgers, so
// each is understood once.
type builder struct {
	opt       Options
	l         *Ledger
	words     words
	deadlines map[string]due.Deadline
	statuses  map[string]Status
	// byProgress counts the tasks of the table at hand whose state the progress says.
	byProgress int
	cells      map[string][]party
	stated     bool // the workbook or the settings state the annual requirements
	units      map[[2]string]unitsOf
	asked      map[string]bool // names already looked for in the directory
	entryUnit  map[string]unitsOf
	cycles     map[string]due.Term
	meant      map[*RegisterField]map[string]string // what the texts of a choice mean
	log        problemLog

	binds map[string][]string // of several workbooks: whom a rule binds, by its kind and name; nil: of one
}

type unitsOf struct {
	lead    string
	leads   []string // all that lead, where several do
	support []string
}

// Build reads tables as a ledger. It does no I/O and never fails: what it
// cannot read is in Problems. Rows without an ID get a provisional one derived
// from their code, or their title and lead.
func Build(tables []*table.Table, opt Options) *Ledger {
	if opt.DueSoonDays <= 0 {
		opt.DueSoonDays = 30
	}
	if opt.StaleDays <= 0 {
		opt.StaleDays = 45
	}
	b := newBuilder(&Ledger{Today: opt.Today, Tables: tables, opt: opt, lazy: &lazy{}}, opt)
	b.l.Title, b.l.Year = titleAndYear(tables, opt)
	stated := opt
	stated.Today = time.Time{}
	_, year := titleAndYear(tables, stated)
	b.l.YearStated = year != 0
	b.l.Office = cmp.Or(opt.Office, officeOf(tables))
	b.l.Directory = b.directory(tables)
	n := 0
	for _, t := range b.kind(KindTasks) {
		n += len(t.Rows)
	}
	b.l.Tasks = make([]*Task, 0, n)
	b.l.byID = make(map[string]*Task, n)
	for _, t := range b.kind(KindTasks) {
		b.tasks(t)
	}
	b.identify()
	b.l.Calendar = b.calendar()
	b.registers()
	b.supervise()
	for _, task := range b.l.Tasks {
		b.judge(task)
	}
	b.l.count()
	b.l.Rules = b.rules()
	for _, t := range b.kind(KindActivities) {
		b.events(t)
	}
	b.requirements()
	for _, t := range tables {
		b.doubtColumns(t)
	}
	b.l.Problems = b.log.list()
	return b.l
}

func newBuilder(l *Ledger, opt Options) *builder {
	return &builder{
		opt:       opt,
		l:         l,
		words:     statusWords(opt),
		deadlines: map[string]due.Deadline{},
		statuses:  map[string]Status{},
		cells:     map[string][]party{},
		units:     map[[2]string]unitsOf{},
		asked:     map[string]bool{},
		entryUnit: map[string]unitsOf{},
		cycles:    map[string]due.Term{},
		meant:     map[*RegisterField]map[string]string{},
	}
}

func (b *builder) kind(kind string) (out []*table.Table) {
	for _, t := range b.l.Tables {
		if t.Kind == kind {
			out = append(out, t)
		}
	}
	return out
}

var (
	reTitleYear = regexp.MustCompile(`(?:^|\D)((?:19|20|21)\d{2})(?:年|\D|$)`)
	reNoTitle   = regexp.MustCompile(`^(?:附件|附表|附)\s*\d*\s*[:.]?$|^(?:填报|填表|制表|编制|统计|更新|截至|截止|单位|日期|联系|报送|审核)`)
)

// titleAndYear reads the ledger's title, and its year from the title, else from
// any other text above a header, else from a sheet's name, else from the
// options, else from today. Where no deadline falls in today's year, the year in which most do
// is taken instead: it is an old ledger.
func titleAndYear(tables []*table.Table, opt Options) (title string, year int) {
	var texts, names []string
	for _, t := range tables {
		if t.Kind != KindTasks {
			continue
		}
		for _, text := range t.Place.Title {
			line := strings.TrimSpace(text)
			if title == "" && line != "" && !reNoTitle.MatchString(fold.Text(line)) {
				title = line
				texts = slices.Insert(texts, 0, line)
				continue
			}
			texts = append(texts, line)
		}
		names = append(names, t.Sheet)
	}
	for _, text := range append(texts, names...) {
		if y := YearOf(text); y != 0 {
			return title, y
		}
	}
	switch {
	case opt.Year != 0:
		return title, opt.Year
	case !opt.Today.IsZero():
		if y := yearOfDeadlines(tables, opt.Today.Year()); y != 0 {
			return title, y
		}
		return title, opt.Today.Year()
	}
	return title, 0
}

var reDateYear = regexp.MustCompile(`((?:19|20|21)\d{2})[-/.年]\d`)

// yearOfDeadlines is the year that most deadlines name, of two the later one; 0 if none or
// fewer than two name one, or if some name this one.
func yearOfDeadlines(tables []*table.Table, this int) (year int) {
	named, n := map[int]int{}, 0
	for _, t := range tables {
		i := t.Index(FieldDeadline)
		if t.Kind != KindTasks || i < 0 {
			continue
		}
		for r := range t.Rows {
			all := reDateYear.FindAllStringSubmatch(t.Live(&t.Rows[r], i), -1)
			if len(all) == 0 {
				continue
			}
			y := number(all[len(all)-1][1])
			if named[y]++; y == this {
				return 0
			}
			n++
		}
	}
	if n < 2 {
		return 0
	}
	for y, k := range named {
		if k > named[year] || k == named[year] && y > year {
			year = y
		}
	}
	return year
}

// directory is that of the units sheet, else of the options, else of the names
// found in the tasks.
func (b *builder) directory(tables []*table.Table) *Directory {
	var units []Unit
	for _, t := range b.kind(KindUnits) {
		units = append(units, b.unitRows(t)...)
	}
	if len(units) == 0 {
		units = b.opt.Units
	}
	inTasks := unitsNamed(tables, true)
	d := NewDirectory(units)
	if len(units) == 0 {
		d = foundDirectory(inTasks)
	}
	d.others = map[string]string{}
	for _, n := range append(inTasks, unitsNamed(tables, false)...) {
		if f := fold.Text(n); d.others[f] == "" {
			d.others[f] = tidy(n)
		}
	}
	return d
}

func (b *builder) unitRows(t *table.Table) (units []Unit) {
	seen := map[string]bool{}
	for i := range t.Rows {
		r := &t.Rows[i]
		u := Unit{
			Name:    tidy(t.Get(r, UnitName)),
			Aliases: names(t.Get(r, UnitAliases)),
			Groups:  names(t.Get(r, UnitGroups)),
			Contact: strings.TrimSpace(t.Get(r, UnitContact)),
			Phone:   strings.TrimSpace(t.Get(r, UnitPhone)),
		}
		if u.Name == "" {
			continue
		}
		for i, n := range append([]string{u.Name}, u.Aliases...) {
			if seen[fold.Text(n)] {
				key := UnitAliases
				if i == 0 {
					key = UnitName
				}
				b.log.warn(t, r, key, n, "ledger.unit_twice", "Unit", n)
			}
			seen[fold.Text(n)] = true
		}
		units = append(units, u)
	}
	return units
}

// names are the entries of a cell that lists names.
func names(cell string) (out []string) {
	for _, n := range cutOutside(strings.TrimSpace(cell), "、，,;；/|\r\n") {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// unitsNamed is every unit that the tasks name, or the other tables but the directory
// itself, in the spelling in which it stands first.
func unitsNamed(tables []*table.Table, inTasks bool) (found []string) {
	none := &Directory{}
	seen, cells := map[string]bool{}, map[string]bool{}
	for _, t := range tables {
		if (t.Kind == KindTasks) != inTasks || t.Kind == KindUnits {
			continue
		}
		for _, key := range []string{FieldLead, FieldSupport, EventUnit} {
			col := t.Index(key)
			if col < 0 {
				continue
			}
			for i := range t.Rows {
				if col >= len(t.Rows[i].Values) || cells[t.Rows[i].Values[col]] {
					continue
				}
				cells[t.Rows[i].Values[col]] = true
				for _, p := range none.splitUnits(t.Rows[i].Values[col]) {
					if f := fold.Text(p.name); f != "" && !seen[f] && !none.Collective(p.name) {
						seen[f] = true
						found = append(found, p.name)
					}
				}
			}
		}
	}
	return found
}

// foundDirectory lists the units that the tasks name. A name that is the short
// form of another one found is that one.
func foundDirectory(found []string) *Directory {
	short := map[string]bool{}
	for _, n := range found {
		for _, s := range shortForms(fold.Text(n)) {
			short[s] = true
		}
	}
	var units []Unit
	for _, n := range found {
		if !short[fold.Text(n)] {
			units = append(units, Unit{Name: tidy(n)})
		}
	}
	d := NewDirectory(units)
	d.explicit = false
	return d
}
