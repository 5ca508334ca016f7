package main

import (
	"strings"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
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
}

func newLog(a *app) *cobra.Command {
	var task string
	var max int
	cmd := &cobra.Command{
		Use:               "log [LEDGER]",
		Short:             a.say("cmd.log_short"),
		Long:              a.say("cmd.log_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if max < 0 {
				return usage(msg.New("cmd.flag_value", "Flag", "--max", "Value", max, "Want", msg.New("cmd.want_count")), usageHint(cmd))
			}
			return a.runLog(cmd, first(args), task, max)
		},
	}
	cmd.Flags().StringVar(&task, "task", "", a.say("cmd.flag_log_task"))
	cmd.Flags().IntVar(&max, "max", 0, a.say("cmd.flag_log_max"))
	return cmd
}

func (a *app) runLog(cmd *cobra.Command, argument, task string, max int) error {
	return a.look(cmd, argument, func(s *syncer.Session) error {
		opt := syncer.LogOptions{Max: max}
		if task != "" {
			t, err := s.Snapshot().Ledger.Find(task)
			if err != nil {
				return err
			}
			opt.Task = t.ID
		}
		entries, err := s.Log(cmd.Context(), opt)
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(entryDocs(entries))
		}
		a.logText(s.Snapshot(), entries)
		return nil
	})
}

func newUndo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "undo [LEDGER]",
		Short:             a.say("cmd.undo_short"),
		Long:              a.say("cmd.undo_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd, first(args), func(s *syncer.Session) error {
				r, err := s.Undo(cmd.Context())
				if err == nil {
					a.headline("cmd.undone", r)
				}
				return a.done(s, "", r, err)
			})
		},
	}
}

func newRestore(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "restore REV",
		Short:             a.say("cmd.restore_short"),
		Long:              a.say("cmd.restore_long"),
		Args:              exactly(1, msg.New("cmd.restore_missing")),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd, "", func(s *syncer.Session) error {
				r, err := s.Restore(cmd.Context(), args[0])
				return a.done(s, "", r, err)
			})
		},
	}
}

func entryDocs(list []syncer.Entry) []entryDoc {
	out := make([]entryDoc, 0, len(list))
	for _, e := range list {
		out = append(out, entryDoc{e.Revision, orEmpty(e.Parents), moment(e.Time), e.Author, e.Source, e.Note, changeDocs(e.Changes)})
	}
	return out
}

func (a *app) logText(s *syncer.Snapshot, list []syncer.Entry) {
	if len(list) == 0 {
		a.line(a.say("cmd.no_history"))
		return
	}
	for _, e := range list {
		head := []string{short(e.Revision), clock(e.Time)}
		for _, part := range []string{e.Author, e.SourceText().In(a.lang), a.noteText(e.Note)} {
			if part != "" {
				head = append(head, part)
			}
		}
		a.line(strings.Join(head, "  "))
		if len(e.Parents) == 0 {
			a.line("  " + a.say("cmd.first_revision"))
		}
		a.changeLines(s, "  ", e.Changes)
	}
}

// noteText is what kind of change a revision is, if not an ordinary one.
func (a *app) noteText(note string) string {
	what, revision, _ := strings.Cut(note, " ")
	switch what {
	case "undo":
		return a.say("cmd.note_undo", "Revision", short(revision))
	case "restore":
		return a.say("cmd.note_restore", "Revision", short(revision))
	case "resolve":
		return a.say("cmd.note_resolve", "ID", revision)
	case "salvage":
		return a.say("cmd.note_salvage")
	}
	return note
}
