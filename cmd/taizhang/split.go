package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/desk"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/report/copies"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/syncer"
)

func newSplit(a *app) *cobra.Command {
	var opt outOptions
	cmd := &cobra.Command{
		Use:     "split --out DIR",
		Short:   a.Say("cmd.split_short"),
		Long:    a.Say("cmd.split_long"),
		Example: "  taizhang split --out 分发\n  taizhang split --out 分发 --unit 财政局",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opt.given(cmd); err != nil {
				return err
			}
			return a.runSplit(cmd.Context(), opt)
		},
	}
	opt.flags(a, cmd)
	return cmd
}

func (a *app) runSplit(ctx context.Context, opt outOptions) error {
	return a.withinAll(ctx, nil, func(b books) error {
		if d, several := b.(*desk.Desk); several {
			return a.splitAll(ctx, d, opt)
		}
		s := b.(*syncer.Session)
		if _, err := copyUnits(s.Snapshot().Ledger, opt.unit); err != nil {
			return err
		}
		o, err := s.Original(ctx)
		if err != nil {
			return err
		}
		return a.split(ctx, s, o, opt)
	})
}

// splitAll makes the copies of each of several workbooks in a folder of its own. A
// workbook that has nothing for a unit that was named makes none.
func (a *app) splitAll(ctx context.Context, d *desk.Desk, opt outOptions) error {
	if opt.unit != "" {
		if _, err := unitNamed(d.Snapshot().Ledger, opt.unit); err != nil {
			return err
		}
	}
	var docs []print.SplitDoc
	var failed []error
	sessions := d.Sessions()
	names := d.Snapshot().Ledger.Workbooks()
	for i, s := range sessions {
		a.path = s.Snapshot().Path
		doc, refused, err := a.splitOneOf(ctx, s, filepath.Join(opt.dir, folderOf(names[i])), opt.unit)
		failed = append(failed, refused...)
		switch {
		case errors.Is(err, errUsage) && opt.unit != "": // it has no such unit
		case err != nil:
			failed = append(failed, err)
		default:
			docs = append(docs, doc)
			a.waits = a.waits || doc.Waiting > 0
		}
	}
	if len(docs) == 0 && len(failed) > 0 {
		return a.failedSome(failed, len(failed))
	}
	if err := a.failedSome(failed, len(failed)+1); err != nil {
		return err
	}
	return a.AllCopies(docs, opt.unit)
}

func (a *app) splitOneOf(ctx context.Context, s *syncer.Session, dir, unit string) (doc print.SplitDoc, refused []error,
	err error) {
	if _, err := copyUnits(s.Snapshot().Ledger, unit); err != nil {
		return doc, nil, err
	}
	o, err := s.Original(ctx)
	if err != nil {
		return doc, nil, err
	}
	return a.splitInto(ctx, s, o, dir, unit, nil)
}

// folderOf is a folder's name for what is made of a workbook.
func folderOf(name string) string {
	return strings.NewReplacer("/", "-").Replace(strings.TrimSuffix(name, filepath.Ext(name)))
}

// split makes the copies of what the workbook holds, and says which.
func (a *app) split(ctx context.Context, s *syncer.Session, o syncer.Original, opt outOptions) error {
	defer a.EndProgress()
	doc, refused, err := a.splitInto(ctx, s, o, opt.dir, opt.unit, a.Progress(a.Say("cmd.splitting")))
	a.EndProgress()
	for _, r := range refused {
		a.Warn(r)
	}
	if err != nil {
		return err
	}
	a.waits = a.waits || len(refused) > 0 || o.Waiting > 0
	return a.Copies(doc, opt.unit)
}

// splitInto writes the copies into a folder; unit is "" for those of all units.
// refused tells of the units whose copy cannot be made, which keeps the others
// from nothing; progress may be nil.
func (a *app) splitInto(ctx context.Context, s *syncer.Session, o syncer.Original, dir, unit string,
	progress func(done, total int)) (doc print.SplitDoc, refused []error, err error) {
	units, err := copyUnits(o.Ledger, unit)
	if err != nil {
		return doc, nil, err
	}
	if len(units) == 0 {
		return doc, nil, &msg.Error{Text: msg.New("cmd.split_no_units", "File", filepath.Base(o.Path)),
			Hint: msg.New("cmd.split_no_units_hint")}
	}
	doc = print.SplitDoc{Ledger: a.path, Revision: o.Revision, Copies: []print.UnitCopyDoc{}, Waiting: o.Waiting}
	for _, t := range o.Ledger.Tasks {
		if t.Lead == "" {
			doc.Unled++
		}
	}
	var files []outFile
	var names filename.Names
	for i, u := range units {
		if progress != nil {
			progress(i, len(units))
		}
		if err := ctx.Err(); err != nil {
			return doc, refused, err
		}
		c, err := copies.Make(o, u, &names)
		if errors.Is(err, copies.ErrDiffers) || errors.Is(err, ooxml.ErrUnsafe) {
			refused = append(refused, err)
			continue
		}
		if err != nil {
			return doc, refused, err
		}
		files = append(files, outFile{c.Name, c.Data})
		doc.Copies = append(doc.Copies, print.UnitCopyDoc{Unit: u, File: filepath.Join(dir, c.Name), Leads: c.Leads,
			Supports: c.Supports, LeftOut: print.OrEmpty(c.Left)})
	}
	if err := writeNew(dir, files, o.Path); err != nil {
		return doc, refused, err
	}
	var sent []string
	for _, c := range doc.Copies {
		sent = append(sent, c.Unit)
	}
	return doc, refused, s.Sent(ctx, o, sent)
}

// copyUnits are the units that get a copy; unit is "" for all.
func copyUnits(l *ledger.Ledger, unit string) ([]string, error) {
	units := copies.Units(l)
	if unit == "" {
		return units, nil
	}
	known := map[string]bool{}
	for _, u := range units {
		known[u] = true
	}
	name := l.Directory.Canonical(unit)
	if !known[name] {
		return nil, noUnit(unit, known)
	}
	return []string{name}, nil
}
