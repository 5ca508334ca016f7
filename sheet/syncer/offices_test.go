package syncer

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
)

// What offices do to the workbook and to their copies.

func (w *world) officeOpens(rt *rapid.T) {
	w.rt = rt
	f, err := excelize.OpenFile(w.path)
	if err != nil {
		rt.Fatal(err)
	}
	k := rapid.IntRange(0, 2).Draw(rt, "office")
	if k == w.holder {
		rt.Skip()
	}
	w.docs[k] = &document{f: f}
}

func (w *world) doc(rt *rapid.T) *document {
	w.rt = rt
	all := append(slices.Clone(w.docs[:]), w.copies...)
	all = slices.DeleteFunc(all, func(d *document) bool { return d == nil })
	if len(all) == 0 {
		rt.Skip()
	}
	return all[rapid.IntRange(0, len(all)-1).Draw(rt, "document")]
}

func (w *world) officeTypes(rt *rapid.T) {
	d, l := w.doc(rt), anyListing(rt)
	rows := l.rows(d)
	if len(rows) == 0 {
		rt.Skip()
	}
	r := rapid.IntRange(0, len(rows)-1).Draw(rt, "row")
	if !l.isRow(rows[r]) {
		rt.Skip() // a row that was emptied
	}
	c := rapid.SampledFrom(l.typed).Draw(rt, "column")
	old, at := "", l.cell(rows[r], c)
	if c < len(rows[r]) {
		old = rows[r][c]
	}
	v := w.fresh(at)
	formula, _ := d.f.GetCellFormula(l.sheet, cell(c+1, r+3))
	d.f.SetCellStr(l.sheet, cell(c+1, r+3), v)
	if strings.HasPrefix(old, "#") || formula != "" {
		old = d.hidden[at] // who breaks a value in their own document knows it
	}
	d.fresh, d.over = append(d.fresh, v), append(d.over, old)
}

// officeRenames gives the column of the progress another heading, as every month may.
func (w *world) officeRenames(rt *rapid.T) {
	d := w.doc(rt)
	d.f.SetCellStr("台账", "F2", rapid.SampledFrom([]string{"6月进展情况", "7月进展情况", "进展情况（截至目前）", "本月有关进展情况汇总",
		headings[5]}).Draw(rt, "heading"))
}

// valueBreaks leaves an error value where a text stood, as pasting values does whose
// formula fails. Nobody typed it, and nobody replaced anything.
func (w *world) valueBreaks(rt *rapid.T) {
	d := w.doc(rt)
	rows, _ := d.f.GetRows("台账")
	if len(rows) < 3 {
		rt.Skip()
	}
	r := rapid.IntRange(2, len(rows)-1).Draw(rt, "row")
	if c := rapid.SampledFrom([]int{4, 5, 6}).Draw(rt, "column"); c >= len(rows[r]) || w.values[rows[r][c]] == nil ||
		slices.Contains(d.fresh, rows[r][c]) {
		rt.Skip()
	} else {
		if d.hidden == nil {
			d.hidden = map[string]string{}
		}
		d.hidden[cellOf(rows[r][1], rows[r][2], headings[c])] = rows[r][c]
		d.f.SetCellDefault("台账", cell(c+1, r+1), rapid.SampledFrom([]string{"#N/A", "#VALUE!", "#REF!"}).Draw(rt,
			"error"))
	}
}

// noteBeside writes a note beside a row of a copy, in a column that has no heading.
func (w *world) noteBeside(rt *rapid.T) {
	w.rt = rt
	if len(w.copies) == 0 {
		rt.Skip()
	}
	d := rapid.SampledFrom(w.copies).Draw(rt, "copy")
	rows, _ := d.f.GetRows("台账")
	if len(rows) < 3 {
		rt.Skip()
	}
	w.n++
	d.f.SetCellStr("台账", cell(11, rapid.IntRange(3, len(rows)).Draw(rt, "row")), fmt.Sprintf("旁注%d", w.n))
}

// officeNotes writes a note beside a row of the shared workbook, in a column that has no
// heading, over the one that stands there.
func (w *world) officeNotes(rt *rapid.T) {
	w.rt = rt
	d := w.docs[rapid.IntRange(0, 2).Draw(rt, "office")]
	if d == nil {
		rt.Skip()
	}
	w.n++
	note := fmt.Sprintf("批示%d", w.n)
	at := cell(13, rapid.IntRange(3, 8).Draw(rt, "row"))
	old, _ := d.f.GetCellValue("台账", at)
	d.notes = slices.DeleteFunc(d.notes, func(n string) bool { return n == old }) // never saved
	d.f.SetCellStr("台账", at, note)
	d.notes = append(d.notes, note)
}

// formulaOver types a formula over a text of a copy, with a program that keeps no
// results. The text stays in the ledger.
func (w *world) formulaOver(rt *rapid.T) {
	w.rt = rt
	if len(w.copies) == 0 {
		rt.Skip()
	}
	d := rapid.SampledFrom(w.copies).Draw(rt, "copy")
	rows, _ := d.f.GetRows("台账")
	if len(rows) < 3 {
		rt.Skip()
	}
	r, c := rapid.IntRange(2, len(rows)-1).Draw(rt, "row"), rapid.SampledFrom([]int{5, 6}).Draw(rt, "column")
	if c >= len(rows[r]) || w.values[rows[r][c]] == nil || slices.Contains(d.fresh, rows[r][c]) {
		rt.Skip()
	}
	if d.hidden == nil {
		d.hidden = map[string]string{}
	}
	d.hidden[cellOf(rows[r][1], rows[r][2], headings[c])] = rows[r][c]
	d.formulas = true
	d.f.SetCellValue("台账", cell(c+1, r+1), nil)
	d.f.SetCellFormula("台账", cell(c+1, r+1), `LEFT("甲",1)`)
}

// officeShuffles sorts the rows another way and numbers them anew.
func (w *world) officeShuffles(rt *rapid.T) {
	d, l := w.doc(rt), anyListing(rt)
	if d.formulas {
		rt.Skip() // the rows are moved as values
	}
	rows := l.rows(d)
	if len(rows) == 0 {
		rt.Skip()
	}
	l.fill(d, rapid.Permutation(rows).Draw(rt, "order"))
}

func (l *listing) fill(d *document, data [][]string) {
	for i, row := range data {
		for c := range l.headings {
			v := ""
			if c < len(row) {
				v = row[c]
			}
			if c == 0 && l.numbered {
				v = fmt.Sprint(i + 1)
			}
			d.f.SetCellStr(l.sheet, cell(c+1, i+3), v)
		}
	}
}

func (w *world) officeInserts(rt *rapid.T) {
	d, l := w.doc(rt), anyListing(rt)
	if d.formulas {
		rt.Skip() // the rows are moved as values
	}
	rows := l.rows(d)
	if len(rows) == 0 || len(rows) > bookRows+4 {
		rt.Skip()
	}
	w.n++
	title, unit := fmt.Sprintf("新任务%d号%s", w.n, strings.Repeat(string(rune(0x4e00+w.n*37)), 4)), units[w.n%4]
	if d.unit != "" {
		unit = d.unit
		// A unit adds to its own copy a task of the title of another unit's.
		like := rapid.SampledFrom(titles[:bookRows]).Draw(rt, "like")
		if l.kind == ledger.KindTasks && rapid.Bool().Draw(rt, "titled alike") {
			if i := slices.Index(titles, like); units[i%len(units)] == unit || w.alike[like+unit] {
				rt.Skip()
			}
			title = like
			w.alike[like+unit] = true
		}
	}
	v := w.fresh(l.named(title, unit, l.headings[5]))
	at := rapid.IntRange(0, len(rows)).Draw(rt, "at")
	l.fill(d, slices.Insert(slices.Clone(rows), at, l.insert(title, unit, v, w.n)))
	d.fresh = append(d.fresh, v)
}

// officeDeletes removes a row from the shared workbook; what the office saw in
// it is knowingly gone.
func (w *world) officeDeletes(rt *rapid.T) {
	w.rt = rt
	d, l := w.docs[rapid.IntRange(0, 2).Draw(rt, "office")], anyListing(rt)
	if d == nil {
		rt.Skip()
	}
	rows := l.rows(d)
	if len(rows) <= l.fewest {
		rt.Skip()
	}
	r := rapid.IntRange(0, len(rows)-1).Draw(rt, "row")
	d.over = append(d.over, rows[r]...)
	for c := range l.headings {
		if l.isRow(rows[r]) {
			d.over = append(d.over, d.hidden[l.cell(rows[r], c)])
		}
	}
	note, _ := d.f.GetCellValue(l.sheet, cell(13, r+3)) // goes with the row, before it was saved
	d.notes = slices.DeleteFunc(d.notes, func(n string) bool { return n == note })
	d.f.RemoveRow(l.sheet, r+3)
}

// officeSaves saves an open document, of whatever age; a coordinator's watch
// sees it. While it is taken in, another office may save and the other
// coordinator's watch be faster.
func (w *world) officeSaves(rt *rapid.T) {
	w.rt = rt
	k, then := rapid.IntRange(0, 2).Draw(rt, "office"), rapid.IntRange(-3, 2).Draw(rt, "office that overtakes")
	if !w.maySave(k) {
		rt.Skip()
	}
	i := w.who(rt)
	w.writes(k, rapid.Bool().Draw(rt, "beside"))
	s := w.sessions[i]
	s.step = func(what string) {
		if what == "pulling" && then >= 0 && w.maySave(then) {
			k, then = then, -1
			rt.Logf("overtaken by %d", k)
			if w.naming != own { // two saves that bear one name count as one after the other
				clear(w.justNoted)
			}
			w.writes(k, true)
			w.sync(1 - i)
		}
	}
	w.sync(i)
	w.noted()
	s.step = func(string) {}
}

// noted says that the notes of the last save were taken in.
func (w *world) noted() {
	maps.Copy(w.notes, w.justNoted)
	clear(w.justNoted)
}

func (w *world) maySave(k int) bool {
	return w.docs[k] != nil && (w.holder < 0 || w.holder == k || w.heedless)
}

// writes is office k's program writing its document, beside and renamed over or
// into the file itself.
func (w *world) writes(k int, beside bool) {
	d := w.docs[k]
	d.f.SetDocProps(&excelize.DocProperties{LastModifiedBy: w.naming.of(k)})
	to := w.path
	if beside {
		to += ".tmp"
	}
	out, err := os.Create(to)
	if err != nil {
		w.rt.Fatal(err)
	}
	d.f.Write(out)
	out.Close()
	if beside {
		os.Rename(to, w.path)
	}
	w.rt.Logf("office %d saves", k)
	w.noted()
	for _, n := range d.notes {
		w.justNoted[n] = true
	}
	w.excuses(d)
	w.save(d)
}

func (w *world) copyTaken(rt *rapid.T) {
	w.rt = rt
	if rapid.Bool().Draw(rt, "of one unit") {
		w.copies = append(w.copies, w.unitsOwn(rapid.SampledFrom(units).Draw(rt, "unit")))
		return
	}
	f, err := excelize.OpenFile(w.path)
	if err != nil {
		rt.Fatal(err)
	}
	w.copies = append(w.copies, &document{f: f})
}

// unitsOwn is a unit's own copy as split makes it.
func (w *world) unitsOwn(unit string) *document {
	w.sync(0)
	o, err := w.sessions[0].Original(context.Background())
	if err != nil {
		w.rt.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(w.path), "分送-"+unit+".xlsx")
	defer os.Remove(path)
	if err := os.WriteFile(path, o.Data, 0o644); err != nil {
		w.rt.Fatal(err)
	}
	wb, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		w.rt.Fatal(err)
	}
	for k, v := range map[string]string{StampLedger: o.ID, StampRevision: o.Revision, StampScope: unit} {
		if err := wb.SetProperty(k, v); err != nil {
			w.rt.Fatal(err)
		}
	}
	if err := wb.Save(); err != nil {
		w.rt.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		w.rt.Fatal(err)
	}
	d := &document{f: f, unit: unit}
	for _, l := range listings {
		rows, left := l.rows(d), 0
		for r := len(rows) - 1; r >= 0; r-- {
			if !l.isRow(rows[r]) || rows[r][l.unit] != unit {
				f.RemoveRow(l.sheet, r+3)
			} else {
				left++
			}
		}
		if left == 0 && l.kind != ledger.KindActivities {
			w.rt.Skip()
		}
	}
	return d
}

func (w *world) copyReturns(rt *rapid.T) {
	w.rt = rt
	if len(w.copies) == 0 {
		rt.Skip()
	}
	k := rapid.IntRange(0, len(w.copies)-1).Draw(rt, "copy")
	d := w.copies[k]
	w.n++
	byMail := w.inbox != "" && rapid.Bool().Draw(rt, "into the inbox")
	file := filepath.Join(filepath.Dir(w.path), fmt.Sprintf("回传%d.xlsx", w.n))
	if byMail {
		file = filepath.Join(w.inbox, filepath.Base(file))
	}
	i := w.who(rt)
	w.sync(i)
	if err := d.f.SaveAs(file); err != nil {
		rt.Fatal(err)
	}
	c := w.takesIn(i, file, byMail)
	for _, k := range c.Beside {
		w.told[k.Said] = true
	}
	rows, _ := d.f.GetRows("台账")
	for _, row := range rows {
		if len(row) > 10 && row[10] != "" && !w.told[row[10]] {
			rt.Fatalf("%s, written beside the table of a copy, is not told", row[10])
		}
	}
	w.rt.Logf("%s merged against %.8s", filepath.Base(file), c.Base)
	for _, v := range d.fresh {
		w.values[v].kept = !slices.Contains(d.over, v) // typed over in the copy before anybody else saw it
	}
	w.save(d)
	w.note(i)
	if rapid.Bool().Draw(rt, "gone") {
		w.copies = slices.Delete(w.copies, k, k+1)
	}
	if !byMail { // what came by mail stays where it is, for everybody who looks there
		os.Remove(file)
	}
}

// takesIn is coordinator i merging a returned copy, by hand or out of the inbox, and
// answering what is asked of it.
func (w *world) takesIn(i int, file string, byMail bool) CopyReport {
	s := w.sessions[i]
	merge := func(said map[string]string) CopyReport {
		r, err := s.Merge(context.Background(), []string{file}, MergeOptions{Answers: said})
		if err != nil {
			w.rt.Fatal(err)
		}
		return r.Copies[0]
	}
	if byMail {
		merge = func(said map[string]string) CopyReport {
			_, err := s.Sync(context.Background())
			for id, answer := range said {
				if err == nil {
					_, err = s.Answer(context.Background(), id, answer)
				}
			}
			if err != nil {
				w.rt.Fatal(err)
			}
			for _, c := range slices.Backward(s.Snapshot().Inbox) {
				if c.File == file {
					return c
				}
			}
			// The pass says nothing of a file that was merged before.
			return CopyReport{File: file, Before: true}
		}
	}
	c := merge(nil)
	if len(c.Asks) > 0 {
		said := map[string]string{}
		for _, a := range c.Asks {
			said[a.ID] = w.known(i, a)
		}
		beside := c.Beside
		if c = merge(said); len(c.Asks) > 0 {
			w.rt.Fatalf("answered, and asked again: %+v", c.Asks)
		}
		c.Beside = append(c.Beside, beside...)
	}
	if c.Err != nil {
		w.rt.Fatal(c.Err)
	}
	return c
}
