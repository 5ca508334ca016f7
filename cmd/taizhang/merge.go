package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

type mergeOptions struct {
	copies  []string
	unit    string            // whose they are, where neither stamp nor name tells
	answers map[string]string // by question: the row's id, or "new"
}

func newMerge(a *app) *cobra.Command {
	var opt mergeOptions
	var answers []string
	cmd := &cobra.Command{
		Use:               "merge COPY...",
		Short:             a.Say("cmd.merge_short"),
		Long:              a.Say("cmd.merge_long"),
		Example:           "  taizhang merge --ledger 台账.xlsx 回收/*.xlsx",
		Args:              atLeast(1, msg.New("cmd.merge_missing")),
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if opt.answers, err = asAnswers(cmd, answers); err != nil {
				return err
			}
			opt.copies = spread(args)
			return a.runMerge(cmd.Context(), opt)
		},
	}
	cmd.Flags().StringVar(&opt.unit, "unit", "", a.Say("cmd.flag_merge_unit"))
	cmd.Flags().StringArrayVar(&answers, "answer", nil, a.Say("cmd.flag_merge_answer"))
	return cmd
}

func (a *app) runMerge(ctx context.Context, opt mergeOptions) error {
	for _, file := range opt.copies {
		if err := mustExist(file); err != nil {
			return err
		}
	}
	return a.withinAll(ctx, nil, func(s books) error {
		how := syncer.MergeOptions{Answers: opt.answers}
		if opt.unit != "" {
			var err error
			if how.Unit, err = unitNamed(s.Snapshot().Ledger, opt.unit); err != nil {
				return err
			}
		}
		r, failed := s.Merge(ctx, opt.copies, how)
		if failed != nil && len(r.Copies) == 0 {
			return failed
		}
		a.settle(r)
		if err := a.Merged(s.Snapshot(), r); err != nil {
			return err
		}
		if failed != nil { // the copies are in the history; the workbook has to wait
			a.warnOnce(failed)
			a.waits = true
		}
		return nil
	})
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
