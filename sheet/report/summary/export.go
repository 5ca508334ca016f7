package summary

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/bulletin"
	"taizhang/sheet/safefile"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

// Source is one ledger that goes into the consolidated workbook.
type Source struct {
	File      string // path of the workbook; its base name tells ledgers of the same title apart
	Revision  string // of the head; "" if it has no history
	Ledger    *ledger.Ledger
	Log       []syncer.Entry     // newest first
	Conflicts []syncer.Conflict  // open ones
	Bulletin  *bulletin.Bulletin // nil: there is no sheet for it
	Rules     supervise.Rules    // how the office supervises
	Facts     *supervise.Facts   // nil: the history tells nothing of supervision
}

// From is the source that an open ledger is; rules are how the office supervises.
func From(ctx context.Context, s *syncer.Session, rules supervise.Rules) (Source, error) {
	log, err := s.Log(ctx, syncer.LogOptions{})
	if err != nil {
		return Source{}, err
	}
	snap := s.Snapshot()
	src := Source{File: snap.Path, Revision: snap.Revision, Ledger: snap.Ledger, Log: log, Conflicts: snap.Conflicts,
		Rules: rules}
	if rules.Score.Stated || len(supervise.Attention(snap.Ledger)) > 0 {
		src.Facts, err = supervise.From(ctx, s)
	}
	return src, err
}

// Options say how the workbook is made. The zero value is Chinese and shows
// times in UTC.
type Options struct {
	Lang     msg.Lang
	Zone     *time.Location        // in which the times of changes are shown; nil: UTC
	Progress func(done, total int) // called now and then, in rows; nil: nobody wants to know
}

// Limits of the workbook. What lies beyond them is left out with a sentence
// that says so; only tasks are never left out.
const (
	maxRows      = 1<<20 - 16 // of a sheet, headings apart
	maxUnitSheet = 200        // sheets for lead units, those with most tasks first
	maxChanges   = 2000       // lines of the change log, newest first
	maxText      = 32767      // UTF-16 units in a cell
)

// Export writes the consolidated workbook of the ledgers to w. Nothing is
// written to w before the whole workbook is made. Errors: ErrTooMany, ctx's,
// and w's.
func Export(ctx context.Context, w io.Writer, in []Source, opt Options) error {
	m := gather(in, opt)
	if len(m.items) > maxRows {
		return &msg.Error{Class: ErrTooMany, Text: msg.New("report.too_many", "Count", len(m.items), "Max", maxRows),
			Hint: msg.New("report.too_many_hint")}
	}
	b := makeBook(ctx, m, opt)
	defer b.Close()
	b.taskSheet()
	b.unitSheets()
	b.overdueSheet()
	b.yearSheet()
	b.attentionSheet()
	b.registerSheets()
	b.scoreSheets()
	b.bulletinSheet()
	b.changeSheet()
	b.conflictSheet()
	b.annualSheet()
	b.summarySheet() // last, since it refers to all the others; it is the first tab all the same
	return b.writeTo(w)
}

// ExportFile is Export into a file, which is either written whole or left as it
// was; nobody may read a new one who may not read all the ledgers. check, if not
// nil, is that of ooxml.WriteOptions.
func ExportFile(ctx context.Context, path string, in []Source, opt Options, check func(path string) error) error {
	var data bytes.Buffer
	if err := Export(ctx, &data, in, opt); err != nil {
		return err
	}
	wopt := safefile.Options{Check: func(path string) error {
		if err := ctx.Err(); err != nil || check == nil {
			return err
		}
		return check(path)
	}}
	for _, s := range in {
		wopt.Like = append(wopt.Like, s.File)
	}
	return safefile.Write(path, data.Bytes(), wopt)
}

// sheetNamesOf are the names of the workbook's sheets, in order.
func sheetNamesOf(m *model) []string {
	out := []string{m.names.summary, m.names.tasks}
	for _, u := range m.sheets() {
		out = append(out, u.sheet)
	}
	out = append(out, m.names.overdue, m.names.year)
	if m.hasAttention {
		out = append(out, m.names.attention)
	}
	for _, k := range m.registers {
		out = append(out, k.sheet)
	}
	if m.hasScores() {
		out = append(out, m.names.scores, m.names.points)
	}
	if m.hasBulletin() {
		out = append(out, m.names.bulletin)
	}
	return append(out, m.names.changes, m.names.conflicts, m.names.annual)
}

// labels are what the ledgers are called in the workbook: their titles, with
// the file's name where two have the same, and a number where that is no help.
func labels(in []Source) []string {
	out := make([]string, len(in))
	seen := map[string]int{}
	for i, s := range in {
		base := filepath.Base(s.File)
		out[i] = clean(s.Ledger.Title)
		if out[i] == "" {
			out[i] = strings.TrimSuffix(base, filepath.Ext(base))
		}
		seen[out[i]]++
	}
	taken := map[string]bool{}
	for i, s := range in {
		if seen[out[i]] > 1 {
			out[i] += " (" + filepath.Base(s.File) + ")"
		}
		name := out[i]
		for n := 2; taken[out[i]]; n++ {
			out[i] = name + " " + strconv.Itoa(n)
		}
		taken[out[i]] = true
	}
	return out
}
