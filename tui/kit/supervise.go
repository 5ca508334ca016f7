package kit

import (
	"taizhang/sheet/ledger"
	"taizhang/sheet/supervise"
)

// Quiet are the changes that nobody approved, newest first, as the sync screen lists them.
type Quiet struct {
	Seq    uint64 // of the snapshot that they were found for
	List   []supervise.Quieted
	Asking bool
}

// LifeOf is what the details of a task say of its supervision: where it stands in
// review, what happened to it as a line of dates, for how long nobody has answered.
// Nothing where the office does not supervise.
func (u *Kit) LifeOf(t *ledger.Task) (out []detail) {
	l := u.Index.Ledger
	if !l.Supervised() {
		return nil
	}
	entries, _ := u.History(t.ID)
	f := supervise.Gather(l, entries, u.Index.Snap.Returned, u.Index.Snap.Returned)
	if t.Review != ledger.NotReviewed {
		word := u.Say("supervise.review_" + string(t.Review))
		if a := t.Last(ledger.SendBack); a != nil && t.Review == ledger.ReviewReturned && a.Content != "" {
			word += u.Say("tui.supervise.reason", "Reason", u.Clean(a.Content))
		}
		out = append(out, detail{"", u.Say("tui.supervise.review"), word})
	}
	if line := supervise.Line(supervise.Life(l, t, f), u.Lang); line != "" {
		out = append(out, detail{"", u.Say("tui.supervise.life"), u.Clean(line)})
	}
	if n := supervise.Silent(l, t, f); n > 0 {
		out = append(out, detail{"", u.Say("tui.supervise.life"), u.Say("cmd.life_silent", "Days", n)})
	}
	if t.Extended > 0 {
		out = append(out, detail{"", u.Say("tui.supervise.extended"),
			u.Say("tui.supervise.extended_to", "N", t.Extended, "Date", u.Date(t.DueNow))})
	}
	if parts := u.Index.Parts(t); len(parts) > 0 {
		out = append(out, detail{"", u.Say("tui.supervise.parts"), u.Clean(supervise.PartsText(parts).In(u.Lang))})
	}
	if p := supervise.PaceOf(l, t); p.State != supervise.NoPace {
		out = append(out, detail{"", u.Say("tui.supervise.pace"), p.Text().In(u.Lang)})
	}
	return out
}
