package main

import (
	"cmp"
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/evidence"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

// rules are the settings of supervision.
func (a *app) rules() supervise.Rules {
	s := a.settings.Supervision
	r := supervise.Rules{Feedback: s.Feedback, Score: supervise.DefaultScore()}
	for _, g := range s.Ladder {
		rung := supervise.Rung{Name: g.Name, Colour: supervise.Colour(g.Colour), Days: g.Days, Behind: g.Behind}
		r.Ladder = append(r.Ladder, rung)
	}
	if len(s.Score) > 0 { // rules that name what they count count nothing else
		r.Score = supervise.ScoreRules{Stated: true, Base: r.Score.Base}
	}
	to := map[string]*supervise.Points{
		"base": &r.Score.Base, "feedback": &r.Score.Feedback, "sent_back": &r.Score.SentBack,
		"overdue": &r.Score.Overdue, "late": &r.Score.Late,
		"register": &r.Score.Register, "extended": &r.Score.Extended, "refused": &r.Score.Refused,
		"early": &r.Score.Early,
	}
	for name, v := range s.Score {
		if name == "support" {
			r.Score.Support = v
		} else {
			*to[name] = supervise.PointsOf(v)
		}
	}
	return r
}

type reviewOptions struct {
	rows     []string
	verdict  ledger.ActKind // Accept or SendBack
	reason   string
	evidence []string // files, links or texts
	number   string
}

func newReview(a *app) *cobra.Command {
	var opt reviewOptions
	cmd := &cobra.Command{
		Use:   "review [ROW... [accept|return]]",
		Short: a.Say("cmd.review_short"),
		Long:  a.Say("cmd.review_long"),
		Example: "  taizhang review\n  taizhang review 3\n  taizhang review 3 accept --evidence 会议纪要.pdf\n" +
			"  taizhang review 3 5 return --reason 佐证材料不全",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.view(cmd.Context(), "", func(s *syncer.Snapshot) error { return a.Reviews(s.Ledger) })
			}
			switch last := args[len(args)-1]; last {
			case "accept", "销号":
				opt.verdict = ledger.Accept
			case "return", "退回":
				opt.verdict = ledger.SendBack
			default:
				if opt.reason != "" || len(opt.evidence) > 0 {
					return usage(msg.New("cmd.review_verdict", "Word", last), usageHint(cmd))
				}
				return a.runLives(cmd.Context(), args)
			}
			if opt.rows = args[:len(args)-1]; len(opt.rows) == 0 {
				return usage(msg.New("cmd.review_missing"), usageHint(cmd))
			}
			if opt.verdict == ledger.SendBack && strings.TrimSpace(opt.reason) == "" {
				return usage(msg.New("cmd.review_reason"), usageHint(cmd))
			}
			return a.runReview(cmd.Context(), opt)
		},
	}
	cmd.Flags().StringVar(&opt.reason, "reason", "", a.Say("cmd.flag_reason"))
	cmd.Flags().StringArrayVar(&opt.evidence, "evidence", nil, a.Say("cmd.flag_evidence"))
	cmd.Flags().StringVar(&opt.number, "number", "", a.Say("cmd.flag_number"))
	return cmd
}

// runReview accepts what was reported as done, or sends it back.
func (a *app) runReview(ctx context.Context, opt reviewOptions) error {
	return a.supervise(ctx, func(l *ledger.Ledger) (out []syncer.NewAct, edits []syncer.Edit, err error) {
		tasks, err := l.FindAll(opt.rows)
		if err != nil {
			return nil, nil, err
		}
		for _, t := range tasks { // before any file is kept
			if err := reviewable(t, opt); err != nil {
				return nil, nil, err
			}
		}
		for _, t := range tasks {
			proofs, err := a.proofs(opt.evidence, t.Source)
			if err != nil {
				return nil, nil, err
			}
			out = append(out, reviewActs(t, opt, proofs)...)
		}
		return out, nil, nil
	})
}

// reviewable is why a verdict on a task is refused, nil if it is not: only what was
// reported as done is reviewed, and only what is proven is accepted.
func reviewable(t *ledger.Task, opt reviewOptions) error {
	if t.Status.Kind != ledger.Done && t.Review != ledger.ReviewWaiting && t.Review != ledger.ReviewReturned {
		return &msg.Error{Class: ledger.ErrValue, Text: msg.New("cmd.review_not_done", "Title", t.Title),
			Hint: msg.New("cmd.review_not_done_hint", "Task", t.Number)}
	}
	if opt.verdict == ledger.Accept && len(opt.evidence) == 0 && !evidence.Of(t) {
		return &msg.Error{Class: ledger.ErrValue, Text: msg.New("cmd.review_no_evidence", "Title", t.Title),
			Hint: msg.New("cmd.review_no_evidence_hint")}
	}
	return nil
}

// reviewActs are the entries of a verdict on one task.
func reviewActs(t *ledger.Task, opt reviewOptions, proofs []map[string]string) (out []syncer.NewAct) {
	for _, p := range proofs {
		p[ledger.ActTask] = t.ID
		out = append(out, syncer.NewAct{Values: p})
	}
	values := map[string]string{ledger.ActTask: t.ID, ledger.ActKindOf: string(opt.verdict)}
	if opt.reason != "" {
		values[ledger.ActContent] = opt.reason
	}
	if opt.number != "" {
		values[ledger.ActNumber] = opt.number
	}
	return append(out, syncer.NewAct{Values: values})
}

// beside is the workbook that what belongs to a row is kept beside.
func (a *app) beside(s ledger.Source) string { return cmp.Or(s.Workbook, a.path) }

// proofs are the entries of evidence, of no task yet: a file is kept beside the workbook
// with the row, anything else is a link or a text.
func (a *app) proofs(list []string, of ledger.Source) (out []map[string]string, err error) {
	for _, e := range list {
		if !isFile(e) {
			out = append(out, map[string]string{ledger.ActKindOf: string(ledger.Proof), ledger.ActContent: e})
			continue
		}
		kept, err := evidence.Keep(a.beside(of), e)
		if err != nil {
			return nil, err
		}
		out = append(out, kept.Values(""))
	}
	return out, nil
}

// isFile reports whether evidence is meant to be a file: it is there, or looks like the
// path of one. Keeping it says if it is not there.
func isFile(text string) bool {
	info, err := os.Stat(text)
	return err == nil && !info.IsDir() || looksLikeFile(text)
}

// looksLikeFile reports whether a text names a file that is not there: a mistyped path
// is no text that proves something.
func looksLikeFile(text string) bool {
	if strings.Contains(text, "://") || strings.ContainsAny(text, "。，；\n") {
		return false
	}
	lower := strings.ToLower(text)
	endings := []string{".pdf", ".doc", ".docx", ".xls", ".xlsx", ".jpg", ".jpeg", ".png", ".ofd", ".wps", ".zip",
		".rar", ".txt"}
	return slices.ContainsFunc(endings, func(ext string) bool { return strings.HasSuffix(lower, ext) })
}

func newEvidence(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "evidence ROW FILE...",
		Short:   a.Say("cmd.evidence_short"),
		Long:    a.Say("cmd.evidence_long"),
		Example: "  taizhang evidence 3 会议纪要.pdf 现场照片.jpg\n  taizhang evidence 3 https://www.example.gov.cn/art/1.html",
		Args:    atLeast(2, msg.New("cmd.evidence_missing")),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.supervise(cmd.Context(), func(l *ledger.Ledger) (out []syncer.NewAct, edits []syncer.Edit,
				err error) {
				n, err := l.FindLine(args[0])
				if err != nil {
					return nil, nil, err
				}
				proofs, err := a.proofs(args[1:], n.Source())
				for _, p := range proofs {
					p[ledger.ActTask] = n.ID
					out = append(out, syncer.NewAct{Values: p})
				}
				return out, nil, err
			})
		},
	}
}

type extendOptions struct {
	row, day, reason string
	write            bool // into the deadline cell, too
	refuse           bool
}

func newExtend(a *app) *cobra.Command {
	var opt extendOptions
	cmd := &cobra.Command{
		Use:               "extend ROW DATE",
		Short:             a.Say("cmd.extend_short"),
		Long:              a.Say("cmd.extend_long"),
		Example:           "  taizhang extend 3 2022-07-31 --reason 等待省级平台上线\n  taizhang extend 3 7月底 --write",
		Args:              exactly(2, msg.New("cmd.extend_missing")),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.row, opt.day = args[0], args[1]
			return a.runExtend(cmd.Context(), opt)
		},
	}
	cmd.Flags().StringVar(&opt.reason, "reason", "", a.Say("cmd.flag_reason"))
	cmd.Flags().BoolVar(&opt.write, "write", false, a.Say("cmd.flag_extend_write"))
	cmd.Flags().BoolVar(&opt.refuse, "refuse", false, a.Say("cmd.flag_extend_refuse"))
	return cmd
}

func (a *app) runExtend(ctx context.Context, opt extendOptions) error {
	return a.supervise(ctx, func(l *ledger.Ledger) (acts []syncer.NewAct, edits []syncer.Edit, err error) {
		t, err := l.Find(opt.row)
		if err != nil {
			return nil, nil, err
		}
		d := l.ReadDay(opt.day)
		if d.Kind != due.Dated {
			return nil, nil, &msg.Error{Class: ledger.ErrValue, Text: msg.New("ledger.not_a_date", "Value", opt.day),
				Hint: msg.New("ledger.not_a_date.hint")}
		}
		day := d.Due.Format(time.DateOnly)
		kind := ledger.Extension
		if opt.refuse {
			kind = ledger.Denial
		}
		values := map[string]string{ledger.ActTask: t.ID, ledger.ActKindOf: string(kind), ledger.ActNewDue: day,
			ledger.ActContent: opt.reason}
		if !t.DueNow.IsZero() {
			values[ledger.ActOldDue] = t.DueNow.Format(time.DateOnly)
		}
		if opt.write && !opt.refuse {
			edits = []syncer.Edit{{Task: t.ID, Field: ledger.FieldDeadline, Value: day, KeepBoth: true}}
		}
		return []syncer.NewAct{{Values: values}}, edits, nil
	})
}

// supervise opens the ledger, adds to the supervision record the entries that decide
// returns, and then makes its edits of tasks.
func (a *app) supervise(ctx context.Context, decide func(*ledger.Ledger) ([]syncer.NewAct, []syncer.Edit,
	error)) error {
	a.later = true
	return a.withinAll(ctx, nil, func(s books) error {
		var edits []syncer.Edit
		acts, r, err := s.Supervise(ctx, func(l *ledger.Ledger) (acts []syncer.NewAct, err error) {
			acts, edits, err = decide(l)
			return acts, err
		})
		id := ""
		if len(acts) == 1 {
			id = acts[0]
		}
		if err == nil && len(edits) > 0 {
			var more syncer.Report
			more, err = s.Change(ctx, edits)
			more.Changes = append(r.Changes, more.Changes...)
			r = more
		}
		return a.done(s, id, r, err)
	})
}

// runLives shows the lives of tasks.
func (a *app) runLives(ctx context.Context, rows []string) error {
	return a.lookAll(ctx, nil, func(s books) error {
		l := s.Snapshot().Ledger
		tasks, err := l.FindAll(rows)
		if err != nil {
			return err
		}
		f, err := supervise.From(ctx, s)
		if err != nil {
			return err
		}
		return a.Lives(l, tasks, f, a.rules())
	})
}

func newScore(a *app) *cobra.Command {
	var csv bool
	cmd := &cobra.Command{
		Use:   "score [LEDGER...]",
		Short: a.Say("cmd.score_short"),
		Long:  a.Say("cmd.score_long"),
		Example: "  taizhang score\n  taizhang score --json\n  taizhang --config 新办法.yaml --as-of " +
			"2022-12-31 score",
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.lookAll(cmd.Context(), args, func(s books) error {
				f, err := supervise.From(cmd.Context(), s)
				if err != nil {
					return err
				}
				return a.Scores(supervise.Score(s.Snapshot().Ledger, a.rules(), f), csv)
			})
		},
	}
	cmd.Flags().BoolVar(&csv, "csv", false, a.Say("cmd.flag_csv"))
	return cmd
}

func newChanges(a *app) *cobra.Command {
	var quiet, csv bool
	cmd := &cobra.Command{
		Use:               "changes [LEDGER...]",
		Short:             a.Say("cmd.changes_short"),
		Long:              a.Say("cmd.changes_long"),
		Example:           "  taizhang changes --quiet\n  taizhang changes --json",
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.lookAll(cmd.Context(), args, func(s books) error {
				return a.changes(cmd.Context(), s, quiet, csv)
			})
		},
	}
	cmd.Flags().BoolVar(&quiet, "quiet", false, a.Say("cmd.flag_quiet"))
	cmd.Flags().BoolVar(&csv, "csv", false, a.Say("cmd.flag_csv"))
	return cmd
}

func (a *app) changes(ctx context.Context, s books, quiet, csv bool) error {
	f, err := supervise.From(ctx, s)
	if err != nil {
		return err
	}
	l := s.Snapshot().Ledger
	list := supervise.Quiet(l, f, a.rules())
	if !quiet {
		list = supervise.Changes(l, f, a.rules())
	}
	return a.Changed(l, list, csv)
}

// asOf reads --as-of: a day means its end, a day and a time that moment. The zero time:
// it was not given.
func asOf(text string) (at time.Time, err error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, time.Local); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Nanosecond), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05",
		"2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return at, nil
		}
	}
	return time.Time{}, usage(msg.New("cmd.flag_value", "Flag", "--as-of", "Value", text, "Want",
		msg.New("cmd.want_moment")), msg.New("cmd.as_of_hint"))
}

// evidenceProblems are the files of evidence that are missing or were changed.
func (a *app) evidenceProblems(l *ledger.Ledger) (out []evidence.File) {
	return slices.DeleteFunc(evidence.Files(l, a.path), func(f evidence.File) bool { return f.State == evidence.Whole })
}

// keepEvidence keeps the file that an entry of evidence names beside the workbook with the
// row that it is about.
func (a *app) keepEvidence(l *ledger.Ledger, values map[string]string) (map[string]string, error) {
	file := strings.Trim(strings.TrimSpace(values[ledger.ActContent]), `"'`)
	if !isFile(file) {
		return values, nil
	}
	var of ledger.Source
	if row, _ := l.ActRow(values); row != "" {
		of = l.Line(row).Source()
	}
	kept, err := evidence.Keep(a.beside(of), file)
	if err != nil {
		return nil, print.Plain(err)
	}
	out := maps.Clone(values)
	maps.Copy(out, kept.Values(values[ledger.ActTask]))
	return out, nil
}
