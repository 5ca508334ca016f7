package main

import (
	"strings"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

func newMerge(a *app) *cobra.Command {
	var unit string
	var answers []string
	cmd := &cobra.Command{
		Use:               "merge COPY...",
		Short:             a.say("cmd.merge_short"),
		Long:              a.say("cmd.merge_long"),
		Example:           "  taizhang merge --ledger 台账.xlsx 回收/*.xlsx",
		Args:              atLeast(1, msg.New("cmd.merge_missing")),
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			byAsk, err := asAnswers(cmd, answers)
			if err != nil {
				return err
			}
			opt := syncer.MergeOptions{Unit: unit, Answers: byAsk}
			copies := spread(args)
			for _, file := range copies {
				if err := mustExist(file); err != nil {
					return err
				}
			}
			return a.within(cmd, "", func(s *syncer.Session) error {
				if unit != "" {
					if opt.Unit, err = unitNamed(s.Snapshot().Ledger, unit); err != nil {
						return err
					}
				}
				r, err := s.Merge(cmd.Context(), copies, opt)
				if err != nil && len(r.Copies) == 0 {
					return err
				}
				a.settle(r)
				if a.flags.json {
					if err := a.printJSON(a.passDoc(s.Snapshot(), r)); err != nil {
						return err
					}
				} else {
					a.reportText(s.Snapshot(), r)
					a.returnedText(s.Snapshot())
				}
				if err != nil { // the copies are in the history; the workbook has to wait
					a.warnOnce(err)
					a.waits = true
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&unit, "unit", "", a.say("cmd.flag_merge_unit"))
	cmd.Flags().StringArrayVar(&answers, "answer", nil, a.say("cmd.flag_merge_answer"))
	return cmd
}

// asAnswers reads ASK=TASK arguments.
func asAnswers(cmd *cobra.Command, list []string) (map[string]string, error) {
	out := map[string]string{}
	for _, text := range list {
		ask, task, ok := strings.Cut(text, "=")
		if !ok || ask == "" || task == "" {
			return nil, usage(msg.New("cmd.not_answer", "Argument", text), usageHint(cmd))
		}
		out[ask] = task
	}
	return out, nil
}
