package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/dialog"
)

// superviseActions are those of an office that supervises; they are in the palette only,
// so that who does not use them meets no key of theirs.
func superviseActions() []*action {
	return []*action{
		{id: "supervise", title: "tui.act.supervise", on: taskScreens, why: canSupervise, run: func(r *root) tea.Cmd {
			if d := dialog.SuperviseForm(r.ui, r.lookedAt()); d != nil {
				r.push(d)
			}
			return nil
		}},
	}
}

func canSupervise(r *root) string {
	if why := canChange(r); why != "" {
		return why
	}
	if r.current().Looked() == nil && len(r.current().Target().Tasks) == 0 { // a row of a register is none
		return r.ui.Say("tui.why.no_task")
	}
	return ""
}

// provesWithFile reports whether an entry of the supervision record may name a file that
// proves something, which is then kept beside the ledger.
func (r *root) provesWithFile(kind string, values map[string]string) bool {
	if kind != ledger.KindSupervision || r.opt.Evidence == nil {
		return false
	}
	def := r.ui.Index.Ledger.RegisterDef(kind)
	return def != nil && def.Field(ledger.ActKindOf).Value(values[ledger.ActKindOf]) == string(ledger.Proof)
}
