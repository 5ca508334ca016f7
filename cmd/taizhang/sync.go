package main

import (
	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

func newSync(a *app) *cobra.Command {
	var watch, force bool
	var answers []string
	cmd := &cobra.Command{
		Use:               "sync [LEDGER]",
		Short:             a.say("cmd.sync_short"),
		Long:              a.say("cmd.sync_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if watch && a.flags.json {
				return usage(msg.New("cmd.watch_json"), usageHint(cmd))
			}
			byAsk, err := asAnswers(cmd, answers)
			if err != nil {
				return err
			}
			return a.runSync(cmd, first(args), watch, force, byAsk)
		},
	}
	cmd.Flags().BoolVar(&watch, "watch", false, a.say("cmd.flag_watch"))
	cmd.Flags().BoolVar(&force, "force", false, a.say("cmd.flag_force"))
	cmd.Flags().StringArrayVar(&answers, "answer", nil, a.say("cmd.flag_merge_answer"))
	return cmd
}

func (a *app) runSync(cmd *cobra.Command, argument string, watch, force bool, answers map[string]string) error {
	ctx := cmd.Context()
	a.agrees = force
	return a.within(cmd, argument, func(s *syncer.Session) error {
		pass := s.Sync
		if force {
			pass = s.Force
		}
		for ask, task := range answers {
			if _, err := s.Answer(ctx, ask, task); err != nil {
				return err
			}
		}
		if _, err := pass(ctx); err != nil {
			return err
		}
		r := s.SinceOpened()
		a.settle(r)
		if a.flags.json {
			return a.printJSON(a.passDoc(s.Snapshot(), r))
		}
		a.syncText(s.Snapshot(), r)
		if watch {
			return a.watch(ctx, s)
		}
		return nil
	})
}

// syncText says what was done, and where that is nothing, what was done last.
func (a *app) syncText(s *syncer.Snapshot, r syncer.Report) {
	if !r.Waiting && len(r.Asks) == 0 {
		key := "cmd.in_step"
		if r.Conflicts > 0 { // the workbook may hold what the other side typed
			key = "cmd.in_step_disputed"
		}
		a.line(a.say(key, "File", a.path, "Revision", short(s.Revision)))
	}
	if len(r.Changes) > 0 || len(r.Copies) > 0 || len(r.Asks) > 0 || r.Waiting {
		a.reportText(s, r)
		a.returnedText(s)
		return
	}
	if r.Conflicts > 0 {
		a.line(a.say("cmd.conflict_count", "Count", r.Conflicts))
	}
	a.returnedText(s)
	if len(s.Latest) > 0 {
		a.line(a.say("cmd.latest"))
		a.logText(s, s.Latest[:1])
	}
}

// short is a revision as people are shown it.
func short(revision string) string {
	if len(revision) > 10 {
		return revision[:10]
	}
	return revision
}
