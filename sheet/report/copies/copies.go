// Package copies makes for each unit a workbook of its own out of the ledger's:
// its rows only, in the ledger's look, with a stamp by which it finds home.
package copies

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// ErrDiffers is the class of the error that a unit's copy could not be made so
// that it says what the ledger says.
var ErrDiffers = errors.New("copy would not say what the ledger says")

// Copy is a unit's own workbook.
type Copy struct {
	Unit     string
	Name     string // proposed file name
	Data     []byte
	Leads    int      // tasks that it leads, and may fill in
	Supports int      // tasks that it supports, for reading only
	Entries  int      // rows of registers that it handles, and may fill in
	Left     []string // sheets of the ledger that are not in it
}

// Units are the units that lead or support a task or handle a row of a register, in the directory's
// order, then as they first appear.
func Units(l *ledger.Ledger) []string {
	var units []string
	add := func(u string) {
		if u != "" && !l.Directory.Collective(u) && !slices.Contains(units, u) {
			units = append(units, u)
		}
	}
	for _, t := range l.Tasks {
		add(t.Lead)
		for _, s := range t.Support {
			for _, u := range l.Directory.Expand(s) {
				add(u)
			}
		}
	}
	for _, r := range l.Registers {
		for _, e := range r.Entries {
			if e.Kind == ledger.KindSupervision {
				continue // about tasks that are listed already
			}
			for _, u := range e.Units {
				add(u)
			}
		}
	}
	place := map[string]int{}
	for i, u := range l.Directory.Units() {
		place[u.Name] = i - len(l.Directory.Units())
	}
	slices.SortStableFunc(units, func(a, b string) int { return place[a] - place[b] })
	return units
}

// Make makes a unit's own workbook out of the ledger's: the tasks that it
// leads or supports under the ledger's own headings, its events, its own row of the
// directory and the annual requirements. Row order and numbers stay as they are. The unit may
// fill in what it reports on the tasks it leads; those that it supports are
// grey. names gives the file its name.
//
// Sheets of the ledger that are none of its tables come along only if they name
// no other unit, calculate nothing and no row refers to them, or if a drop-down
// list draws on them: then with the cells of the list alone. What else tells of
// another unit, by its name or by a name or number that the directory has of it, stays
// out too: cells around the tables, messages, names, headers (see secrets).
//
// Errors: those of ooxml.Workbook.Extract, ErrDiffers.
func Make(o syncer.Original, unit string, names *filename.Names) (*Copy, error) {
	wb, err := ooxml.Read(o.Path, o.Data, ooxml.Options{Password: o.Password})
	if err != nil {
		return nil, err
	}
	c := &copier{o: o, l: o.Ledger, unit: unit, wb: wb, keep: map[string]map[int]bool{},
		leads:  map[string]map[int]bool{},
		listed: map[string]bool{}, secret: secretsFor(o.Ledger, unit), out: &Copy{Unit: unit}}
	if err := c.choose(); err != nil {
		return nil, err
	}
	c.e.Properties = map[string]string{syncer.StampLedger: o.ID, syncer.StampRevision: o.Revision,
		syncer.StampScope: unit}
	if c.out.Data, err = wb.Extract(c.e); err != nil {
		return nil, err
	}
	if err := c.addRecord(); err != nil {
		return nil, err
	}
	if err := c.verify(); err != nil {
		return nil, err
	}
	ext := filepath.Ext(o.Path)
	c.out.Name = names.Name(strings.TrimSuffix(filepath.Base(o.Path), ext)+"-"+unit, strings.ToLower(ext))
	c.out.Left = slices.DeleteFunc(slices.Clone(c.e.Drop), func(sheet string) bool { return sheet == c.record })
	return c.out, nil
}

// copier decides what goes into one unit's copy.
type copier struct {
	o     syncer.Original
	l     *ledger.Ledger
	unit  string
	wb    *ooxml.Workbook
	keep  map[string]map[int]bool // rows of tasks and events that stay, by sheet
	leads map[string]map[int]bool // of these, tasks that the unit leads
	// listed are the sheets with a directory that has the unit's own row.
	listed map[string]bool
	secret *secrets
	// record is the sheet on which the unit's part of the supervision record stands; ""
	// if it gets none.
	record string
	e      ooxml.Extraction
	out    *Copy
}

func mark(m map[string]map[int]bool, at ledger.Source) {
	if m[at.Sheet] == nil {
		m[at.Sheet] = map[int]bool{}
	}
	m[at.Sheet][at.Row] = true
}

func (c *copier) choose() error {
	isGiven := c.l.GivenTo(c.unit) // the one rule, by which a copy that comes home is merged, too
	for _, t := range c.l.Tasks {
		switch {
		case t.Lead == c.unit:
			mark(c.keep, t.Source)
			mark(c.leads, t.Source)
			c.out.Leads++
		case isGiven(ledger.KindTasks, t.ID):
			mark(c.keep, t.Source)
			c.out.Supports++
		}
	}
	for _, ev := range c.l.Events {
		if isGiven(ledger.KindActivities, ev.ID) {
			mark(c.keep, ev.Source)
		}
	}
	for _, r := range c.l.Registers {
		for _, e := range r.Entries {
			if isGiven(r.Def.Kind, e.ID) && e.Kind != ledger.KindSupervision {
				mark(c.keep, e.Source)
				mark(c.leads, e.Source)
				c.out.Entries++
			}
		}
	}
	c.e.Remove, c.e.Empty = map[string][]int{}, map[string][]int{}
	c.e.Open, c.e.Shade = map[string][]a1.Range{}, map[string][]a1.Range{}
	c.e.Given, c.e.Clear, c.e.Tells = map[string][]a1.Range{}, map[string][]a1.Ref{}, c.secret.tells
	known := map[string]bool{}
	var stay []string
	for _, t := range c.l.Tables {
		switch t.Kind {
		case ledger.KindTasks:
			if err := c.tasks(t, given); err != nil {
				return err
			}
		case ledger.KindActivities:
			c.events(t)
		case ledger.KindUnits:
			c.directory(t)
		case ledger.KindRequirements:
			c.requirements(t)
		default:
			if def := c.l.RegisterDef(t.Kind); def != nil {
				if err := c.tasks(t, givenOf(def)); err != nil {
					return err
				}
			}
		}
		if !known[t.Sheet] {
			known[t.Sheet] = true
			stay = append(stay, t.Sheet)
		}
	}
	for _, sheet := range stay {
		if c.onlyRecord(sheet) || c.hasTasks(sheet) && len(c.keep[sheet]) == 0 || c.onlyDirectory(sheet) &&
			!c.listed[sheet] {
			c.e.Drop = append(c.e.Drop, sheet)
			delete(c.e.Remove, sheet)
			delete(c.e.Empty, sheet)
			continue
		}
		c.e.Protect = append(c.e.Protect, sheet)
		if err := c.around(sheet); err != nil {
			return err
		}
	}
	return c.others(known)
}

func (c *copier) hasTasks(sheet string) bool {
	return slices.ContainsFunc(c.l.Tables, func(t *table.Table) bool { return c.isOwn(t.Kind) && t.Sheet == sheet })
}

// isOwn reports whether rows of a kind of table belong to units: tasks, and rows of
// registers.
func (c *copier) isOwn(kind string) bool {
	return kind == ledger.KindTasks || c.l.RegisterDef(kind) != nil && kind != ledger.KindSupervision
}

// givenOf are the fields of a register that the coordinator sets: what a row is
// called, whose it is, and when its clocks begin and end.
func givenOf(def *ledger.RegisterDef) map[string]bool {
	out := map[string]bool{def.Number: true, def.Unit: true}
	for _, f := range def.Title {
		out[f] = true
	}
	for _, c := range def.Clocks {
		for _, f := range c.From {
			out[f] = true
		}
		out[c.Due] = true
	}
	return out
}

// given are the fields that the coordinator sets; a unit reports in the others.
var given = map[string]bool{
	ledger.FieldNumber: true, ledger.FieldCode: true, ledger.FieldSection: true, ledger.FieldTitle: true,
	ledger.FieldRequirement: true,
	ledger.FieldLead:        true, ledger.FieldSupport: true, ledger.FieldLeader: true, ledger.FieldDeadline: true,
}

// tasks chooses the rows and cells of a task table or a register; given are the
// fields that the coordinator sets.
func (c *copier) tasks(t *table.Table, given map[string]bool) error {
	keep := c.keep[t.Sheet]
	for i := range t.Rows {
		r := &t.Rows[i]
		if !keep[r.Row] {
			c.e.Remove[t.Sheet] = append(c.e.Remove[t.Sheet], r.Row)
			continue
		}
		c.e.Given[t.Sheet] = append(c.e.Given[t.Sheet], rowOf(t, r.Row))
		for k := range t.Columns {
			at := a1.Ref{Row: r.Row, Col: t.Columns[k].Col}
			cell := a1.Range{First: at, Last: at}
			switch {
			case !c.leads[t.Sheet][r.Row]:
				c.e.Shade[t.Sheet] = append(c.e.Shade[t.Sheet], cell)
			case !given[t.Columns[k].Field]:
				c.e.Open[t.Sheet] = append(c.e.Open[t.Sheet], cell)
			}
		}
	}
	stays, err := c.categories(t)
	if err != nil {
		return err
	}
	for _, s := range t.Place.Skipped {
		// A subtotal tells of others' tasks, a repeated header of pages that are gone.
		if s.Why == "subtotal" || s.Why == "header" || s.Why == "category" && !stays[s.Row] {
			c.e.Remove[t.Sheet] = append(c.e.Remove[t.Sheet], s.Row)
		}
	}
	c.e.Remove[t.Sheet] = append(c.e.Remove[t.Sheet], t.Place.Sums...)
	return nil
}

// categories are the category rows that a row which stays stands under.
func (c *copier) categories(t *table.Table) (map[int]bool, error) {
	sheet, err := c.wb.Sheet(t.Sheet)
	if err != nil {
		return nil, err
	}
	var rows []int
	texts := map[int][]string{}
	for _, s := range t.Place.Skipped {
		if s.Why != "category" {
			continue
		}
		rows = append(rows, s.Row)
		for _, cell := range sheet.Row(s.Row) {
			if cell.Kind == ooxml.Text && strings.TrimSpace(cell.Value) != "" {
				texts[s.Row] = append(texts[s.Row], strings.Join(strings.Fields(cell.Value), " "))
			}
		}
	}
	stays := map[int]bool{}
	for i := range t.Rows {
		r := &t.Rows[i]
		if !c.keep[t.Sheet][r.Row] || r.Section == "" {
			continue
		}
		levels := strings.Split(r.Section, " / ")
		for _, row := range slices.Backward(rows) {
			if row > r.Row || len(levels) == 0 {
				continue
			}
			level := strings.Join(strings.Fields(levels[len(levels)-1]), " ")
			if slices.ContainsFunc(texts[row], func(s string) bool {
				return strings.Contains(level, s) ||
					strings.Contains(s, level)
			}) {
				stays[row] = true
				levels = levels[:len(levels)-1]
			}
		}
	}
	return stays, nil
}

// eventRoom is how many rows a copy has for further events, where others' rows
// make room for so many.
const eventRoom = 5

// events keeps the unit's own events, and room for more: prepared rows, and
// those of others, emptied, behind its own. An Excel table could not even be
// without a row.
func (c *copier) events(t *table.Table) {
	room := slices.Clone(t.Place.Blank)
	last := 0
	for i := range t.Rows {
		if row := t.Rows[i].Row; c.keep[t.Sheet][row] {
			last = row
		}
	}
	for i := range t.Rows {
		switch row := t.Rows[i].Row; {
		case c.keep[t.Sheet][row]:
			room = append(room, row)
			c.e.Given[t.Sheet] = append(c.e.Given[t.Sheet], rowOf(t, row))
		case row > last && len(t.Place.Blank)+len(c.e.Empty[t.Sheet]) < eventRoom:
			c.e.Empty[t.Sheet] = append(c.e.Empty[t.Sheet], row)
			room = append(room, row)
		default:
			c.e.Remove[t.Sheet] = append(c.e.Remove[t.Sheet], row)
		}
	}
	for _, row := range room {
		for k := range t.Columns {
			at := a1.Ref{Row: row, Col: t.Columns[k].Col}
			c.e.Open[t.Sheet] = append(c.e.Open[t.Sheet], a1.Range{First: at, Last: at})
		}
	}
}

// directory keeps the unit's own row of the directory: the persons and phones of
// others are theirs. A drop-down list that draws on it shrinks to what stays. On a
// sheet with other tables one row stays, empty if need be.
func (c *copier) directory(t *table.Table) {
	var gone []int
	own := false
	for i := range t.Rows {
		r := &t.Rows[i]
		switch {
		case c.l.Directory.Canonical(strings.TrimSpace(t.Get(r, ledger.UnitName))) == c.unit:
			own = true
			c.e.Given[t.Sheet] = append(c.e.Given[t.Sheet], rowOf(t, r.Row))
		case !c.keep[t.Sheet][r.Row]:
			gone = append(gone, r.Row)
		}
	}
	if own {
		c.listed[t.Sheet] = true
	} else if len(gone) > 0 && !c.onlyDirectory(t.Sheet) {
		c.e.Empty[t.Sheet] = append(c.e.Empty[t.Sheet], gone[0])
		gone = gone[1:]
	}
	c.e.Remove[t.Sheet] = append(c.e.Remove[t.Sheet], gone...)
}

// onlyDirectory reports whether a sheet has no table but the directory.
func (c *copier) onlyDirectory(sheet string) bool {
	return !slices.ContainsFunc(c.l.Tables, func(t *table.Table) bool {
		return t.Sheet == sheet &&
			t.Kind != ledger.KindUnits
	})
}

// others leaves out the sheets that could tell of other units. What the rows of a
// table lead to or read belongs to rows, those of others among them.
func (c *copier) others(known map[string]bool) error {
	lists, cells, drawn := map[string]bool{}, map[string]bool{}, map[string][]a1.Range{}
	vague := map[string]bool{} // sheets whose lists draw on unknown cells
	read := map[string][]a1.Range{}
	for _, sheet := range c.e.Protect {
		sources, err := c.wb.Sources(sheet)
		if err != nil {
			return err
		}
		for _, s := range sources.Lists {
			lists[s] = true
			drawn[s] = append(drawn[s], sources.Drawn[s]...)
			vague[s] = vague[s] || sources.Drawn[s] == nil
		}
		for _, s := range sources.Cells {
			cells[s] = true
			read[s] = append(read[s], sources.Read[s]...)
		}
	}
	for _, info := range c.wb.Sheets() {
		if known[info.Name] {
			continue
		}
		if lists[info.Name] {
			if vague[info.Name] {
				drawn[info.Name] = nil
			}
			if err := c.besideLists(info.Name, drawn[info.Name], read[info.Name]); err != nil {
				return err
			}
			continue
		}
		tells := !info.Worksheet
		if info.Worksheet {
			sheet, err := c.wb.Sheet(info.Name)
			if err != nil {
				return err
			}
			tells = cells[info.Name] || c.tells(sheet)
		}
		if tells {
			c.e.Drop = append(c.e.Drop, info.Name)
		}
	}
	return nil
}

// tells reports whether a sheet tells of another unit, in its own name too, or
// calculates.
func (c *copier) tells(sheet *ooxml.Sheet) bool {
	if c.secret.tells(sheet.Name) {
		return true
	}
	for i := range sheet.Cells {
		cell := &sheet.Cells[i]
		if cell.Formula || c.cellTells(cell) {
			return true
		}
	}
	return false
}

// verify reads the copy and holds it against the ledger: it must have the rows
// chosen, in their order, and each must say what it says there.
func (c *copier) verify() error {
	wb, err := ooxml.Read(c.o.Path, c.out.Data, ooxml.Options{Password: c.o.Password})
	if err != nil {
		return err
	}
	found, err := table.Find(wb, ledger.Schemas(c.l.Options()))
	if err != nil {
		return err
	}
	rows := func(list []*table.Table, all bool) (out []line) {
		for _, t := range list {
			if !c.isOwn(t.Kind) {
				continue
			}
			for i := range t.Rows {
				r := &t.Rows[i]
				if !all && !c.keep[t.Sheet][r.Row] {
					continue
				}
				row := line{place: t.Sheet + "\x00" + r.Section}
				for k := range min(len(t.Columns), len(r.Values)) {
					at := a1.Ref{Row: r.Row, Col: t.Columns[k].Col}
					row.cells = append(row.cells, cell{t.Columns[k].Key, r.Values[k], t.Place.Formulas[at]})
				}
				out = append(out, row)
			}
		}
		return out
	}
	want, got := rows(c.l.Tables, false), rows(found.Tables, true)
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || !want[i].same(got[i]) {
			return &msg.Error{Class: ErrDiffers, Text: msg.New("split.differs", "File", filepath.Base(c.o.Path), "Unit",
				c.unit, "Row", i+1), Hint: msg.New("split.differs_hint")}
		}
	}
	return nil
}

// line is a row of a table as verify holds it against another.
type line struct {
	place string // sheet and section
	cells []cell
}

type cell struct {
	key, value string
	formula    bool
}

// same reports whether two rows say the same. What a formula results in may differ,
// and it may have become a value.
func (l line) same(other line) bool {
	return l.place == other.place && slices.EqualFunc(l.cells, other.cells, func(a, b cell) bool {
		return a.key == b.key && (a.formula || b.formula || a.value == b.value)
	})
}
