package main

import (
	"context"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/bulletin"
	"taizhang/sheet/safefile"
)

// periodOptions name the period; where all are empty it is the last whole month.
type periodOptions struct {
	month, quarter, from, to string
}

// flags defines --month, --quarter, --from and --to.
func (o *periodOptions) flags(a *app, cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringVar(&o.month, "month", "", a.Say("cmd.flag_month"))
	fl.StringVar(&o.quarter, "quarter", "", a.Say("cmd.flag_quarter"))
	fl.StringVar(&o.from, "from", "", a.Say("cmd.flag_from"))
	fl.StringVar(&o.to, "to", "", a.Say("cmd.flag_to"))
}

// isSet reports whether a period was named.
func (o *periodOptions) isSet() bool { return *o != periodOptions{} }

// period is the one that is meant. A month or quarter without a year is the last
// one of that number that has begun on the day.
func (o *periodOptions) period(today time.Time, hint msg.Text) (bulletin.Period, error) {
	wrong := func(flag, value, want string) (bulletin.Period, error) {
		return bulletin.Period{}, usage(msg.New("cmd.flag_value", "Flag", flag, "Value", value, "Want", msg.New(want)),
			hint)
	}
	var p bulletin.Period
	given := 0
	for _, s := range []string{o.month, o.quarter, o.from + o.to} {
		if s != "" {
			given++
		}
	}
	switch {
	case given > 1:
		return p, usage(msg.New("cmd.two_periods"), hint)
	case o.month != "":
		year, n, ok := yearAnd(o.month, `(\d{4})[-.年/]?(\d{1,2})月?|(\d{1,2})月?`, today,
			func(n int) time.Month { return time.Month(n) }, 12)
		if !ok {
			return wrong("--month", o.month, "cmd.want_month")
		}
		p = bulletin.Month(year, n)
	case o.quarter != "":
		year, n, ok := yearAnd(o.quarter, `(\d{4})[-.年/]?[qQ第]?(\d)(?:季度)?|[qQ第]?(\d)(?:季度)?`, today,
			func(n int) time.Month { return time.Month(3*n - 2) }, 4)
		if !ok {
			return wrong("--quarter", o.quarter, "cmd.want_quarter")
		}
		p = bulletin.Quarter(year, n)
	case o.from+o.to != "":
		from, err := time.Parse(time.DateOnly, o.from)
		if err != nil {
			return wrong("--from", o.from, "config.want_date")
		}
		to := today
		if o.to != "" {
			if to, err = time.Parse(time.DateOnly, o.to); err != nil || to.Before(from) {
				return wrong("--to", o.to, "cmd.want_to")
			}
		}
		p = bulletin.Days(from, to)
	default:
		p = bulletin.LastMonth(today)
	}
	if p.From.After(today) {
		return p, usage(msg.New("cmd.period_ahead", "Day", p.From.Format(time.DateOnly)), hint)
	}
	return p, nil
}

// yearAnd reads 2022-09 or 9. Where no year is written it is the last in which
// that month had begun.
func yearAnd(s, pattern string, today time.Time, begins func(n int) time.Month, most int) (year, n int, ok bool) {
	m := regexp.MustCompile(`^(?:` + pattern + `)$`).FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, 0, false
	}
	year, _ = strconv.Atoi(m[1])
	n, _ = strconv.Atoi(m[2] + m[3])
	if n < 1 || n > most || year != 0 && (year < 1900 || year > 2199) {
		return 0, 0, false
	}
	if year == 0 {
		if year = today.Year(); begins(n) > today.Month() {
			year--
		}
	}
	return year, n, true
}

type bulletinOptions struct {
	out     string // noFile: none
	ledgers []string
	period  periodOptions
	force   bool
}

func newBulletin(a *app) *cobra.Command {
	var opt bulletinOptions
	cmd := &cobra.Command{
		Use:   "bulletin OUT.docx [LEDGER...]",
		Short: a.Say("cmd.bulletin_short"),
		Long:  a.Say("cmd.bulletin_long"),
		Example: "  taizhang bulletin 通报.docx\n  taizhang bulletin 三季度通报.docx --quarter 3\n" +
			"  taizhang bulletin - --from 2022-09-01 --to 2022-09-15 --json",
		Args:              atLeast(1, msg.New("cmd.bulletin_missing")),
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.out, opt.ledgers = args[0], spread(args[1:])
			if opt.out != noFile && strings.ToLower(filepath.Ext(opt.out)) != ".docx" {
				return usage(msg.New("cmd.not_docx", "File", opt.out), usageHint(cmd))
			}
			return a.runBulletin(cmd.Context(), opt, usageHint(cmd))
		},
	}
	opt.period.flags(a, cmd)
	cmd.Flags().BoolVar(&opt.force, "force", false, a.Say("cmd.flag_export_force"))
	return cmd
}

// runBulletin writes the bulletin; hint tells how the command is used.
func (a *app) runBulletin(ctx context.Context, opt bulletinOptions, hint msg.Text) error {
	return a.lookAll(ctx, opt.ledgers, func(s books) error {
		p, err := opt.period.period(a.today(), hint)
		if err != nil {
			return err
		}
		b, err := bulletin.From(ctx, s, p, a.rules())
		if err != nil {
			return err
		}
		page := b.Paper(a.bulletinSignature())
		if opt.out == noFile {
			return a.Bulletin("", b, page.Plain())
		}
		data, err := page.Docx()
		if err != nil {
			return err
		}
		if err := a.writePaper(opt.out, data, opt.force); err != nil {
			return err
		}
		return a.Bulletin(opt.out, b, "")
	})
}

// bulletinSignature says how a bulletin is signed.
func (a *app) bulletinSignature() bulletin.Options {
	return bulletin.Options{Lang: a.Lang, Date: a.today(), Sealed: a.settings.Papers.Seal,
		Chinese: a.settings.Papers.ChineseDate}
}

// writePaper writes one file that the user named; who may not read the ledger
// may not read it. What is there is replaced only if force says so.
func (a *app) writePaper(path string, data []byte, force bool) error {
	check := unexported
	if force {
		check = nil
	}
	if check != nil {
		if err := check(path); err != nil {
			return err
		}
	}
	return safefile.Write(path, data, safefile.Options{Like: []string{a.path}, Check: check})
}
