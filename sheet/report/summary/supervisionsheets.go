package summary

import (
	"fmt"
	"strconv"
	"strings"

	"taizhang/sheet/evidence"
	"taizhang/sheet/ledger"
	"taizhang/sheet/supervise"
)

// The sheets of supervision: 督办记录 as it was written, 领导关注 for whoever ordered the
// tasks, 考核得分 and the points that it is the sum of. There is none of them where there is
// nothing to put on it.

// hasScores reports whether the settings say what an appraisal counts.
func (m *model) hasScores() bool {
	for _, src := range m.in {
		if src.Rules.Score.Stated {
			return true
		}
	}
	return false
}

// recordRows are the entries of a ledger's supervision record, in the order of time.
func (b *book) recordRows(src int) (rows [][]any) {
	for _, a := range b.in[src].Ledger.Acts {
		number, title := "", clean(a.Entry.Get(ledger.ActTask))
		if n := b.in[src].Ledger.Line(a.Row); n != nil {
			number, title = n.Number, clean(n.Title)
		}
		word := a.Word
		if a.Void {
			word = b.say("report.act_void", "What", word)
		} else if a.Powerless {
			word = b.say("report.act_powerless", "What", word)
		}
		rows = append(rows, []any{b.dayOf(a.Day), b.labels[src], figure(number), title, clean(a.Unit), clean(word),
			clean(a.Number), clean(a.Content),
			b.dayOf(a.OldDue), b.dayOf(a.NewDue), clean(a.Result), clean(a.Handler)})
	}
	return rows
}

func (b *book) recordSheet(k registerKind) {
	var rows [][]any
	for i := range b.in {
		rows = append(rows, b.recordRows(i)...)
	}
	field := func(name string) string { return k.def.Field(name).Heading() }
	b.listing(listing{
		sheet: k.sheet, title: b.say("report.register_title", "Title", b.title(), "Register", k.def.Name),
		empty:    b.say("report.no_entries"),
		subtitle: b.say("report.record_line", "Rows", len(rows)),
		heads: []string{field(ledger.ActDate), b.say("report.col.ledger"), b.say("report.col.number"),
			field(ledger.ActTask), field(ledger.ActUnit),
			field(ledger.ActKindOf), field(ledger.ActNumber), field(ledger.ActContent), field(ledger.ActOldDue),
			field(ledger.ActNewDue),
			field(ledger.ActResult), field(ledger.ActHandler)},
		widths: []float64{12, 20, 6, 30, 18, 12, 18, 36, 12, 12, 14, 10},
		left:   []bool{false, true, false, true, true, false, true, true, false, false, true, false},
		rows:   rows, tab: "2E75B6",
	})
}

// attentionSheet is what goes back to whoever ordered the tasks: how each was carried out.
func (b *book) attentionSheet() {
	if !b.hasAttention {
		return
	}
	var rows [][]any
	for i, src := range b.in {
		for _, t := range b.attention[i] {
			source, words := supervise.SourceOf(t)
			status := clean(t.Status.Text)
			if status == "" || t.Status.Kind == ledger.InProgress {
				status = b.statusKind(t.Status.Kind)
			}
			for _, more := range []string{b.timing(t), b.standing(t)} {
				if more != "" {
					status += b.say("report.comma") + more
				}
			}
			rows = append(rows, []any{figure(t.Number), b.labels[i], source.Text().In(b.opt.Lang), clean(words),
				clean(t.Title), b.unitName(clean(t.Lead)),
				b.dayOf(t.DueNow), status, clean(t.Progress), supervise.Line(supervise.Life(src.Ledger, t, src.Facts),
					b.opt.Lang)})
		}
	}
	b.listing(listing{
		sheet: b.names.attention, title: b.say("report.attention_title", "Title", b.title()),
		empty:    b.say("report.no_tasks"),
		subtitle: b.say("report.attention_line", "Date", b.date(b.today), "Count", len(rows)),
		heads: b.heads("report.col.number", "report.col.ledger", "report.col.source", "report.col.order",
			"report.col.task", "report.col.lead",
			"report.col.due", "report.col.state", "report.col.progress", "report.col.life"),
		widths: []float64{6, 20, 10, 30, 30, 18, 12, 16, 44, 40},
		left:   []bool{false, true, false, true, true, true, false, false, true, true},
		rows:   rows, tab: "C00000",
	})
}

// standing is where a task stands in review and how often it was extended; "" if that says
// nothing.
func (m *model) standing(t *ledger.Task) string {
	var out []string
	if t.Review != ledger.NotReviewed {
		out = append(out, m.say("supervise.review_"+string(t.Review)))
	}
	if t.Extended > 0 {
		out = append(out, m.say("supervise.extended_times", "N", t.Extended))
	}
	return strings.Join(out, m.say("report.comma"))
}

// scoreSheets are the appraisal and its points. A score is the base and the sum of the
// unit's points by formula, so that who corrects a point sees the score follow.
func (b *book) scoreSheets() {
	if !b.hasScores() {
		return
	}
	var scores, points [][]any
	all := 0
	var units [][]supervise.UnitScore
	for _, src := range b.in {
		var list []supervise.UnitScore
		if src.Rules.Score.Stated {
			list = supervise.Score(src.Ledger, src.Rules, src.Facts)
		}
		units = append(units, list)
		for _, u := range list {
			all += len(u.Points)
		}
	}
	shift := btoi(b.many)           // of the columns behind that of the ledger
	ofPoint := func(n int) string { // a column of 考核明细
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(b.names.points), colName(n), headRow+1, colName(n),
			headRow+max(all, 1))
	}
	for i, list := range units {
		ranks := supervise.Ranks(list)
		for n, u := range list {
			row := headRow + 1 + len(scores)
			at := func(n int) string { return colName(n+shift) + strconv.Itoa(row) }
			mine := fmt.Sprintf("EXACT(%s,%s)", ofPoint(1), at(2))
			if b.many {
				mine += fmt.Sprintf("*EXACT(%s,B%d)", ofPoint(2), row)
			}
			sum := fmt.Sprintf("SUMPRODUCT(%s*%s)", mine, ofPoint(2+shift))
			scores = append(scores, []any{ranks[n], b.labels[i], clean(u.Unit), u.Base.Float(),
				cell{value: (u.Score - u.Base).Float(), formula: sum},
				cell{value: u.Score.Float(), formula: at(3) + "+" + at(4)}})
			for _, p := range u.Points {
				points = append(points, []any{clean(u.Unit), b.labels[i], p.Points.Float(), clean(p.Why.In(b.opt.Lang)),
					figure(p.Number),
					clean(p.Title), cutUTF16(p.Entry, 10)})
			}
		}
	}
	b.listing(listing{
		sheet: b.names.scores, title: b.say("report.scores_title", "Title", b.title()),
		empty:    b.say("report.no_scores"),
		subtitle: b.say("report.scores_line", "Date", b.date(b.today), "Points", b.names.points),
		heads: b.heads("bulletin.col_rank", "report.col.ledger", "report.col.unit", "report.col.base_score",
			"report.col.points_sum",
			"report.col.score"),
		widths: []float64{8, 24, 36, 14, 14, 14}, left: []bool{false, true, true, false, false, false}, rows: scores,
		tab: "548235",
	})
	b.listing(listing{
		sheet: b.names.points, title: b.say("report.points_title", "Title", b.title()),
		empty:    b.say("report.no_points"),
		subtitle: b.say("report.points_line", "Count", len(points)),
		heads: b.heads("report.col.unit", "report.col.ledger", "report.col.points", "report.col.why",
			"report.col.number", "report.col.task",
			"report.col.entry"),
		widths: []float64{24, 20, 8, 40, 8, 36, 14}, left: []bool{true, true, false, true, false, true, false},
		rows: points, tab: "548235",
	})
}

// proofs are the files, links and texts that the record keeps as evidence of a task.
func (m *model) proofs(t *ledger.Task) string {
	return strings.Join(evidence.Named(t, nil), m.say("report.comma"))
}
