package main

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/rollover"
	"taizhang/sheet/safefile"
	"taizhang/sheet/syncer"
)

type rolloverOptions struct {
	out  string
	year int // 0: the one after the ledger's PastYear
}

func newRollover(a *app) *cobra.Command {
	var opt rolloverOptions
	cmd := &cobra.Command{
		Use:               "rollover NEW.xlsx",
		Short:             a.Say("cmd.rollover_short"),
		Long:              a.Say("cmd.rollover_long"),
		Example:           "  taizhang rollover 2023年台账.xlsx",
		Args:              exactly(1, msg.New("cmd.rollover_missing")),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkYear(cmd, opt.year); err != nil {
				return err
			}
			opt.out = args[0]
			return a.runRollover(cmd.Context(), opt)
		},
	}
	cmd.Flags().IntVar(&opt.year, "year", 0, a.Say("cmd.flag_rollover_year"))
	return cmd
}

func (a *app) runRollover(ctx context.Context, opt rolloverOptions) error {
	if err := vacant(opt.out); err != nil {
		return err
	}
	return a.within(ctx, "", func(s *syncer.Session) error {
		o, err := s.Original(ctx)
		if err != nil {
			return err
		}
		if want := filepath.Ext(o.Path); !strings.EqualFold(filepath.Ext(opt.out), want) {
			return usage(msg.New("cmd.rollover_ending", "File", opt.out, "Ending", want),
				msg.New("cmd.init_not_xlsx_hint"))
		}
		year, own := opt.year, o.Ledger.PastYear()
		if year == 0 {
			year = own + 1
		}
		if year <= own {
			return usage(msg.New("cmd.rollover_back", "Year", year, "Own", own), msg.Text{})
		}
		r, err := rollover.Make(o, year, a.ledgerOptions())
		if err != nil {
			return err
		}
		if err := safefile.Write(opt.out, r.Data, safefile.Options{Like: []string{o.Path}, Check: vacant}); err != nil {
			return err
		}
		a.waits = a.waits || o.Waiting > 0 || len(r.Kept) > 0
		return a.RolledOver(opt.out, r, o.Waiting)
	})
}
