package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/copies"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/syncer"
)

// splitDoc is what split wrote.
type splitDoc struct {
	Ledger   string        `json:"ledger"`
	Revision string        `json:"revision"`
	Copies   []unitCopyDoc `json:"copies"`
	Waiting  int           `json:"waiting"`
	Unled    int           `json:"unled"`
}

type unitCopyDoc struct {
	Unit     string   `json:"unit"`
	File     string   `json:"file"`
	Leads    int      `json:"leads"`
	Supports int      `json:"supports"`
	LeftOut  []string `json:"left_out"`
}

func newSplit(a *app) *cobra.Command {
	var out, unit string
	cmd := &cobra.Command{
		Use:     "split --out DIR",
		Short:   a.say("cmd.split_short"),
		Long:    a.say("cmd.split_long"),
		Example: "  taizhang split --out 分发\n  taizhang split --out 分发 --unit 财政局",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usage(msg.New("cmd.out_missing"), usageHint(cmd))
			}
			return a.within(cmd, "", func(s *syncer.Session) error {
				if _, err := copyUnits(s.Snapshot().Ledger, unit); err != nil {
					return err
				}
				o, err := s.Original(cmd.Context())
				if err != nil {
					return err
				}
				return a.runSplit(cmd, s, o, out, unit)
			})
		},
	}
	cmd.Flags().StringVar(&out, "out", "", a.say("cmd.flag_out_dir"))
	cmd.MarkFlagDirname("out")
	cmd.Flags().StringVar(&unit, "unit", "", a.say("cmd.flag_one_unit"))
	return cmd
}

func (a *app) runSplit(cmd *cobra.Command, s *syncer.Session, o syncer.Original, dir, unit string) error {
	defer a.endProgress()
	doc, refused, err := a.splitInto(cmd.Context(), s, o, dir, unit, a.progress(a.say("cmd.splitting")))
	a.endProgress()
	for _, r := range refused {
		a.warn(r)
	}
	if err != nil {
		return err
	}
	a.waits = a.waits || len(refused) > 0 || o.Waiting > 0
	return a.printSplit(doc, unit)
}

// splitInto writes the copies into a folder; unit is "" for those of all units.
// refused tells of the units whose copy cannot be made, which keeps the others
// from nothing; progress may be nil.
func (a *app) splitInto(ctx context.Context, s *syncer.Session, o syncer.Original, dir, unit string, progress func(done, total int)) (doc splitDoc, refused []error, err error) {
	units, err := copyUnits(o.Ledger, unit)
	if err != nil {
		return doc, nil, err
	}
	if len(units) == 0 {
		return doc, nil, &msg.Error{Text: msg.New("cmd.split_no_units", "File", filepath.Base(o.Path)), Hint: msg.New("cmd.split_no_units_hint")}
	}
	doc = splitDoc{Ledger: a.path, Revision: o.Revision, Copies: []unitCopyDoc{}, Waiting: o.Waiting}
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
		if errors.Is(err, copies.ErrDiffers) {
			refused = append(refused, err)
			continue
		}
		if err != nil {
			return doc, refused, err
		}
		files = append(files, outFile{c.Name, c.Data})
		doc.Copies = append(doc.Copies, unitCopyDoc{Unit: u, File: filepath.Join(dir, c.Name), Leads: c.Leads, Supports: c.Supports, LeftOut: orEmpty(c.Left)})
	}
	if err := writeNew(dir, files, a.path); err != nil {
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

func (a *app) printSplit(doc splitDoc, unit string) error {
	if doc.Waiting > 0 {
		a.note(a.say("cmd.split_waiting", "Count", doc.Waiting))
	}
	if doc.Unled > 0 && unit == "" {
		a.note(a.say("cmd.split_unled", "Count", doc.Unled))
	}
	if a.flags.json {
		return a.printJSON(doc)
	}
	left := ""
	for _, c := range doc.Copies {
		a.line(a.say("cmd.split_copy", "Unit", c.Unit, "Leads", c.Leads, "Supports", c.Supports, "File", c.File))
		if names := strings.Join(c.LeftOut, "、"); names != "" && names != left {
			left = names
			a.line(a.say("cmd.split_left", "Sheets", names))
		}
	}
	return nil
}
