package print

import (
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/report/rollover"
)

type rolloverDoc struct {
	File     string            `json:"file"`
	Year     int               `json:"year"`
	Carried  int               `json:"carried"`
	Entries  int               `json:"entries"` // rows of registers that were carried over
	Left     []bulletinTaskDoc `json:"left"`
	LeftRows []entryRefDoc     `json:"left_rows"` // of registers
	Emptied  []entryRefDoc     `json:"emptied"`   // events
	Events   int               `json:"events"`    // rows that were emptied
	InReview []bulletinTaskDoc `json:"in_review"` // carried, for nobody has accepted yet that they are done
	Moved    int               `json:"moved"`     // deadlines
	Cleared  []string          `json:"cleared"`   // headings of columns that were cleared beside the usual ones
	Kept     []string          `json:"kept"`      // cells that could not be cleared or moved
	Sheets   []string          `json:"sheets"`    // whose names bear the old year
	Lost     []string          `json:"lost"`      // chart, macro, picture, pivot
	Waiting  int               `json:"waiting"`
}

// entryRefDoc names a row of a register, or an event, and says where it stands.
type entryRefDoc struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`
}

func entryRefs(entries []*ledger.Entry) []entryRefDoc {
	out := make([]entryRefDoc, 0, len(entries))
	for _, e := range entries {
		out = append(out, entryRefDoc{e.ID, e.Kind, e.Number, e.Title, e.Source.Sheet, e.Source.Row})
	}
	return out
}

// RolledOver shows what became next year's ledger. waiting are values that the
// old workbook does not hold yet.
func (p *Printer) RolledOver(file string, r *rollover.Result, waiting int) error {
	notes, lines := p.rolledOver(file, r, waiting)
	for _, s := range notes {
		p.Note(s)
	}
	if !p.AsJSON {
		for _, s := range lines {
			p.Line(s)
		}
		return nil
	}
	doc := rolloverDoc{File: file, Year: r.Year, Carried: r.Carried, Entries: r.Entries, Moved: r.Moved,
		Waiting: waiting,
		Left:    bulletinTasks(r.Left), InReview: bulletinTasks(r.InReview), LeftRows: entryRefs(r.LeftRows),
		Emptied: []entryRefDoc{},
		Events:  len(r.Events), Cleared: OrEmpty(r.Cleared), Kept: keptCells(r), Sheets: OrEmpty(r.Sheets),
		Lost: OrEmpty(r.Lost)}
	for _, e := range r.Events {
		doc.Emptied = append(doc.Emptied, entryRefDoc{e.ID, e.Kind, "", e.Topic, e.Source.Sheet, e.Source.Row})
	}
	return p.JSON(doc)
}

// RolloverList is what RolledOver shows, as a text to keep beside the new ledger.
func (p *Printer) RolloverList(file string, r *rollover.Result, waiting int) []byte {
	notes, lines := p.rolledOver(file, r, waiting)
	var b strings.Builder
	for _, s := range append(lines[:1:1], append(notes, lines[1:]...)...) {
		b.WriteString(p.Measure().Clean(s) + "\n")
	}
	return []byte(b.String())
}

func keptCells(r *rollover.Result) []string {
	kept := []string{}
	for _, c := range r.Kept {
		kept = append(kept, c.Sheet+"!"+c.At.String())
	}
	return kept
}

// rolledOver are what a person must know, and the lines that tell what was carried over,
// the first, and what was not.
func (p *Printer) rolledOver(file string, r *rollover.Result, waiting int) (notes, lines []string) {
	note := func(key string, pairs ...any) { notes = append(notes, p.Say(key, pairs...)) }
	line := func(key string, pairs ...any) { lines = append(lines, p.Say(key, pairs...)) }
	item := func(s string) { lines = append(lines, "  "+s) }
	if waiting > 0 {
		note("cmd.rollover_waiting", "Count", waiting)
	}
	if kept := keptCells(r); len(kept) > 0 {
		note("cmd.rollover_kept", "Cells", strings.Join(kept, ", "))
	}
	if len(r.Sheets) > 0 {
		note("cmd.rollover_sheets", "Sheets", strings.Join(r.Sheets, p.Say("remind.and")))
	}
	if n := len(r.InReview); n > 0 {
		note("cmd.rollover_in_review", "Count", n)
	}
	for _, kind := range r.Lost {
		note("cmd.rollover_lost", "Kind", kind)
	}
	line("cmd.rolled_over", "File", file, "Year", r.Year, "Carried", r.Carried, "Entries", r.Entries,
		"Moved", r.Moved, "Events", len(r.Events))
	if len(r.Cleared) > 0 {
		line("cmd.rollover_cleared", "Columns", strings.Join(r.Cleared, p.Say("remind.and")))
	}
	if len(r.Left) > 0 {
		line("cmd.rollover_left", "Count", len(r.Left))
		for _, t := range r.Left {
			item(named(t.Number, t.Title))
		}
	}
	count := map[string]int{} // by register
	for _, e := range r.LeftRows {
		count[e.Kind]++
	}
	kind := ""
	for _, e := range r.LeftRows {
		if e.Kind != kind {
			kind = e.Kind
			key := "cmd.rollover_left_rows"
			if kind == ledger.KindSupervision {
				key = "cmd.rollover_left_acts"
			}
			line(key, "Register", e.Def.Name, "Count", count[kind])
		}
		item(named(e.Number, e.Title))
	}
	if len(r.Events) > 0 {
		line("cmd.rollover_events", "Count", len(r.Events))
		for _, e := range r.Events {
			item(strings.TrimSpace(e.DateText + " " + e.Unit + " " + e.Topic))
		}
	}
	return notes, lines
}
