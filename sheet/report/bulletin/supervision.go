package bulletin

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/report/paper"
	"taizhang/sheet/supervise"
)

// Supervision is what a bulletin tells of the supervision record. Entries that no unit may
// see (批示, 考核) count in no figure and stand in no list.
type Supervision struct {
	Now, Before        supervise.Tally
	InReview, Returned int           // tasks, at the period's end
	SentBack, Extended []*ledger.Act // in the period
	// Scores are the appraisal at the period's end, the best first; nil where the settings
	// do not say what counts.
	Scores []supervise.UnitScore
}

// supervision gathers it; nothing where the office does not supervise.
func (b *Bulletin) supervision(in Input) {
	l := in.End
	if !l.Supervised() {
		return
	}
	s := &Supervision{Now: supervise.TallyOf(l, "", b.Period.has), InReview: l.Totals.InReview,
		Returned: l.Totals.Returned}
	if b.KnownBefore {
		s.Before = supervise.TallyOf(l, "", b.Before.has)
	}
	for _, a := range l.Acts {
		if !a.Counts() || a.Task == nil || !b.Period.has(a.Day) {
			continue
		}
		switch {
		case a.Kind == ledger.SendBack:
			s.SentBack = append(s.SentBack, a)
		case a.Kind == ledger.Extension && !a.NewDue.IsZero():
			s.Extended = append(s.Extended, a)
		}
	}
	if in.Rules.Score.Stated {
		s.Scores = supervise.Score(l, in.Rules, in.Facts)
	}
	b.Supervision = s
}

// supervised tells what was assigned, extended, returned and accepted, and how the units
// are appraised.
func (w *writer) supervised() {
	s := w.Supervision
	if s == nil {
		return
	}
	w.heading("bulletin.supervision")
	n, p := s.Now, s.Before
	w.out.Text(w.say("bulletin.supervision_text", "Assigned", n.Assigned, "Notices", n.Notices, "NoticesThan",
		w.than(n.Notices, p.Notices),
		"Extended", n.Extended, "ExtendedThan", w.than(n.Extended, p.Extended), "Denied", n.Denied, "Refused",
		n.Refused,
		"SentBack", n.SentBack, "SentBackThan", w.than(n.SentBack, p.SentBack), "Accepted", n.Accepted, "AcceptedThan",
		w.than(n.Accepted, p.Accepted)))
	if s.InReview+s.Returned > 0 {
		w.out.Text(w.say("bulletin.supervision_waits", "InReview", s.InReview, "Returned", s.Returned))
	}
	w.acts("bulletin.sent_back", s.SentBack, func(a *ledger.Act) string {
		return w.say("bulletin.sent_back_task", "Task", w.name(a.Task), "Day", paper.Day(a.Day, w.lang), "Reason",
			strings.TrimRight(a.Content, "。. "),
			"Accepted", a.Task.Review == ledger.ReviewAccepted)
	})
	w.acts("bulletin.extended", s.Extended, func(a *ledger.Act) string {
		old := ""
		if !a.OldDue.IsZero() {
			old = paper.Day(a.OldDue, w.lang)
		}
		return w.say("bulletin.extended_task", "Task", w.name(a.Task), "From", old, "To", paper.Day(a.NewDue, w.lang),
			"Reason", strings.TrimRight(a.Content, "。. "))
	})
	if len(s.Scores) > 0 {
		w.out.Flush(w.say("bulletin.scores", "Day", paper.Day(w.Ledger.Today, w.lang)))
		rows := [][]paper.Cell{paper.Row(w.say("bulletin.col_rank"), w.say("bulletin.col_unit"),
			w.say("bulletin.col_score"), w.say("bulletin.col_why"))}
		ranks := supervise.Ranks(s.Scores)
		for i, u := range s.Scores {
			row := paper.Row(strconv.Itoa(ranks[i]), u.Unit, u.Score.String(), w.whys(u))
			row[1].Left, row[3].Left = true, true
			rows = append(rows, row)
		}
		w.out.Table(paper.Table{Head: 1, Rows: rows, Size: 21})
	}
}

// acts is a list of entries in sentences, under a line of its own.
func (w *writer) acts(title string, acts []*ledger.Act, say func(*ledger.Act) string) {
	if len(acts) == 0 {
		return
	}
	w.out.Flush(w.say(title, "Count", len(acts)))
	for i, a := range acts[:min(len(acts), most)] {
		w.out.Text(w.say("remind.item", "Number", i+1, "Text", say(a)))
	}
	if more := len(acts) - most; more > 0 {
		w.out.Text(w.say("bulletin.and_more", "Count", more))
	}
}

// mostWhys is how many reasons stand beside a score.
const mostWhys = 3

// whys are the reasons of a score, those that cost most first.
func (w *writer) whys(u supervise.UnitScore) string {
	list := slices.Clone(u.Points)
	slices.SortStableFunc(list, func(a, b supervise.Point) int { return int(a.Points - b.Points) })
	var out []string
	for _, p := range list[:min(len(list), mostWhys)] {
		out = append(out, w.say("bulletin.why", "Title", p.Title, "Why", p.Why.In(w.lang), "Points", p.Points.String()))
	}
	if more := len(list) - mostWhys; more > 0 {
		out = append(out, w.say("bulletin.whys_more", "Count", len(list)))
	}
	return strings.Join(out, w.say("remind.semicolon"))
}
