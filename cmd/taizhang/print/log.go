package print

import (
	"strings"
	"taizhang/sheet/syncer"
)

type entryDoc struct {
	Revision string      `json:"revision"`
	Parents  []string    `json:"parents"`
	Time     string      `json:"time"`
	Author   string      `json:"author"`
	Source   string      `json:"source"`
	Note     string      `json:"note"`
	Changes  []changeDoc `json:"changes"`
	Beside   []besideDoc `json:"beside,omitempty"`   // texts of a copy that stand in no table
	Workbook string      `json:"workbook,omitempty"` // which of several

	Notes   []noteDoc       `json:"notes,omitempty"`   // texts beside the workbook's tables that came or went
	Opened  []conflictDoc   `json:"opened,omitempty"`  // conflicts that it opened
	Settled []settlementDoc `json:"settled,omitempty"` // conflicts that ended with it
}

// noteDoc is a text that came, or went.
type noteDoc struct {
	besideDoc
	Gone bool `json:"gone"`
}

// settlementDoc is a conflict as it was opened, and what the ledger holds since it ended.
type settlementDoc struct {
	conflictDoc
	Kept    string `json:"kept"`
	RowGone bool   `json:"row_gone,omitempty"`
}

// Log shows entries of the history.
func (p *Printer) Log(s *syncer.Snapshot, list []syncer.Entry) error {
	if p.AsJSON {
		return p.JSON(entryDocs(list))
	}
	p.LogText(s, list)
	return nil
}

func entryDocs(list []syncer.Entry) []entryDoc {
	out := make([]entryDoc, 0, len(list))
	for _, e := range list {
		out = append(out, entryDoc{e.Revision, OrEmpty(e.Parents), moment(e.Time), e.Author, e.Source, e.Note,
			changeDocs(e.Changes), besideDocs(e.Beside), e.Workbook, noteDocs(e.Notes), conflictDocs(e.Opened),
			settlementDocs(e.Settled)})
	}
	return out
}

func noteDocs(list []syncer.Note) []noteDoc {
	var out []noteDoc
	for _, n := range list {
		out = append(out, noteDoc{besideDocs([]syncer.Beside{syncer.Beside(n.Beside)})[0], n.Gone})
	}
	return out
}

func settlementDocs(list []syncer.Settlement) []settlementDoc {
	var out []settlementDoc
	for _, e := range list {
		out = append(out, settlementDoc{conflictDocs([]syncer.Conflict{e.Conflict})[0], e.Kept, e.RowGone})
	}
	return out
}

// LogText says who changed what, when and from where.
func (p *Printer) LogText(s *syncer.Snapshot, list []syncer.Entry) {
	if len(list) == 0 {
		p.Line(p.Say("cmd.no_history"))
		return
	}
	for _, e := range list {
		head := []string{Short(e.Revision), Clock(e.Time)}
		for _, part := range []string{e.Author, e.SourceText().In(p.Lang), p.noteText(e.Note), e.Workbook} {
			if part != "" {
				head = append(head, part)
			}
		}
		p.Line(strings.Join(head, "  "))
		if len(e.Parents) == 0 {
			p.Line("  " + p.Say("cmd.first_revision"))
		}
		p.changeLines(s, "  ", e.Changes)
		p.besideText("  ", e.Beside)
		for _, n := range e.Notes {
			p.Line("  " + n.Text().In(p.Lang))
		}
		for _, c := range e.Opened {
			p.Line("  " + c.Text().In(p.Lang))
		}
		for _, c := range e.Settled {
			p.Line("  " + c.Text().In(p.Lang))
		}
	}
}

// noteText is what kind of change a revision is, if not an ordinary one.
func (p *Printer) noteText(note string) string {
	what, revision, _ := strings.Cut(note, " ")
	switch what {
	case "undo":
		return p.Say("cmd.note_undo", "Revision", Short(revision))
	case "restore":
		return p.Say("cmd.note_restore", "Revision", Short(revision))
	case "resolve":
		return p.Say("cmd.note_resolve", "ID", revision)
	case "salvage":
		return p.Say("cmd.note_salvage")
	}
	return note
}
