package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/desk"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/annual"
	"taizhang/sheet/report/bulletin"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/report/notices"
	"taizhang/sheet/report/rollover"
	"taizhang/sheet/report/summary"
	"taizhang/sheet/safefile"
	"taizhang/sheet/syncer"
	"taizhang/tui"
)

// What the dashboard makes for a person who has named no file: it stands beside
// the ledger, under a name of its own, and overwrites nothing.

// exportBeside writes the consolidated workbook and returns its path.
func (a *app) exportBeside(ctx context.Context, open books, progress func(done, total int)) (string, error) {
	var sources []summary.Source
	for _, s := range sessions(open) {
		src, err := summary.From(ctx, s, a.rules())
		if err != nil {
			return "", err
		}
		if src.Bulletin, err = a.exportBulletin(ctx, s, src, exportOptions{}, msg.Text{}); err != nil {
			return "", print.Plain(err)
		}
		sources = append(sources, src)
	}
	src := sources[0]
	sources = underOneName(sources)
	base := strings.TrimSuffix(filepath.Base(src.File), filepath.Ext(src.File))
	path := fresh(filepath.Dir(src.File), a.Say("cmd.dash_export", "Ledger", base, "Day",
		src.Ledger.Today.Format("20060102")), ".xlsx")
	check := vacant
	err := summary.ExportFile(ctx, path, sources, summary.Options{Lang: a.Lang, Zone: time.Local, Progress: progress},
		check)
	if err != nil {
		return "", print.Plain(err)
	}
	return path, nil
}

// remindBeside writes a notice for each unit that owes something into a folder,
// and returns the folder and how many units are reminded.
func (a *app) remindBeside(ctx context.Context, s books) (string, int, error) {
	if err := a.climb(ctx, s, ""); err != nil {
		return "", 0, print.Plain(err)
	}
	snap := s.Snapshot()
	dir := fresh(filepath.Dir(snap.Path), a.Say("cmd.dash_remind", "Day", snap.Ledger.Today.Format("20060102")), "")
	doc, err := a.remindInto(snap.Ledger, dir, "")
	if err != nil {
		return "", 0, print.Plain(err)
	}
	return dir, len(doc.Notices), nil
}

// lettersBeside writes notices that a person read, and may have changed, as Word
// documents: one of them beside the ledger, several into a folder.
func (a *app) lettersBeside(s books, letters []tui.Letter) (string, error) {
	snap := s.Snapshot()
	l, home := snap.Ledger, filepath.Dir(snap.Path)
	day := l.Today.Format("20060102")
	var names filename.Names
	var files []outFile
	for _, letter := range letters {
		n := notices.For(l, letter.Unit)
		page := n.Paper(l, a.noticeOptions())
		if letter.Text != page.Plain() {
			page = page.Read(letter.Text)
		}
		word, err := page.Docx()
		if err != nil {
			return "", err
		}
		files = append(files, outFile{names.Name(a.Say("remind.file", "Unit", letter.Unit, "Day", day), ".docx"), word})
	}
	if len(files) == 1 {
		path := fresh(home, strings.TrimSuffix(files[0].name, ".docx"), ".docx")
		return path, writeBeside(path, files[0].data, snap.Path)
	}
	dir := fresh(home, a.Say("cmd.dash_remind", "Day", day), "")
	if err := writeNew(dir, files, snap.Path); err != nil {
		return "", print.Plain(err)
	}
	return dir, nil
}

// splitBeside writes a copy for each unit into a folder.
func (a *app) splitBeside(ctx context.Context, open books, progress func(done, total int)) (tui.Copies, error) {
	d, several := open.(*desk.Desk)
	if !several {
		return a.splitOneBeside(ctx, open.(*syncer.Session), progress)
	}
	first := d.Snapshot()
	out := tui.Copies{Folder: fresh(filepath.Dir(first.Path), a.Say("cmd.dash_split", "Day",
		first.Ledger.Today.Format("20060102")), "")}
	all, names := d.Sessions(), first.Ledger.Workbooks()
	for i, s := range all {
		progress(i, len(all))
		doc, refused, err := a.splitOneOf(ctx, s, filepath.Join(out.Folder, folderOf(names[i])), "")
		if err != nil {
			refused = append(refused, print.Plain(err))
		}
		for _, c := range doc.Copies {
			if !slices.Contains(out.Units, c.Unit) {
				out.Units = append(out.Units, c.Unit)
			}
		}
		out.Refused, out.Waiting = append(out.Refused, refused...), out.Waiting+doc.Waiting
	}
	if len(out.Units) == 0 && len(out.Refused) > 0 {
		return tui.Copies{}, out.Refused[0]
	}
	return out, nil
}

func (a *app) splitOneBeside(ctx context.Context, s *syncer.Session, progress func(done, total int)) (tui.Copies,
	error) {
	o, err := s.Original(ctx)
	if err != nil {
		return tui.Copies{}, print.Plain(err)
	}
	out := tui.Copies{Folder: fresh(filepath.Dir(o.Path), a.Say("cmd.dash_split", "Day",
		o.Ledger.Today.Format("20060102")), ""), Waiting: o.Waiting}
	doc, refused, err := a.splitInto(ctx, s, o, out.Folder, "", progress)
	if err != nil {
		return tui.Copies{}, print.Plain(err)
	}
	for _, c := range doc.Copies {
		out.Units = append(out.Units, c.Unit)
	}
	out.Refused = refused
	return out, nil
}

// bulletinBeside writes the bulletin of the last month.
func (a *app) bulletinBeside(ctx context.Context, s books) (string, error) {
	b, err := bulletin.From(ctx, s, bulletin.LastMonth(a.today()), a.rules())
	if err != nil {
		return "", print.Plain(err)
	}
	data, err := b.Paper(a.bulletinSignature()).Docx()
	if err != nil {
		return "", print.Plain(err)
	}
	snap := s.Snapshot()
	file := fresh(filepath.Dir(snap.Path), a.Say("cmd.dash_bulletin", "Period", b.Period.Name(a.Lang)), ".docx")
	return file, writeBeside(file, data, snap.Path)
}

// annualBeside writes the yearly report and its tables, and returns the report's
// path and how many of its sums do not hold.
func (a *app) annualBeside(ctx context.Context, open books) (string, int, error) {
	s := sessionWith(open, "requests") // of several workbooks it gets 年报数据
	year := open.Snapshot().Ledger.PastYear()
	if !a.settings.ReadOnly {
		if _, err := annual.Prepare(ctx, s, year); err != nil {
			return "", 0, print.Plain(err)
		}
	}
	r, err := annual.From(ctx, s, open.Snapshot().Ledger, year, nil)
	if err != nil {
		return "", 0, print.Plain(err)
	}
	snap := s.Snapshot()
	file := fresh(filepath.Dir(snap.Path), a.Say("cmd.dash_annual", "Year", year), ".docx")
	for _, path := range []string{file, strings.TrimSuffix(file, ".docx") + ".xlsx"} {
		data, err := a.annualData(r, path)
		if err != nil {
			return "", 0, print.Plain(err)
		}
		if err := writeBeside(path, data, snap.Path); err != nil {
			return "", 0, err
		}
	}
	return file, len(r.Breaches()), nil
}

// rolloverBeside makes next year's ledger, and a text that tells what was not carried
// over.
func (a *app) rolloverBeside(ctx context.Context, s *syncer.Session) (file, list string, err error) {
	o, err := s.Original(ctx)
	if err != nil {
		return "", "", print.Plain(err)
	}
	year := o.Ledger.PastYear() + 1
	r, err := rollover.Make(o, year, a.ledgerOptions())
	if err != nil {
		return "", "", print.Plain(err)
	}
	ext := filepath.Ext(o.Path)
	file = fresh(filepath.Dir(o.Path), a.Say("cmd.dash_rollover", "Year", year), ext)
	if err := writeBeside(file, r.Data, o.Path); err != nil {
		return "", "", err
	}
	list = a.Say("cmd.dash_rollover_list", "Name", strings.TrimSuffix(filepath.Base(file), ext))
	list = fresh(filepath.Dir(file), list, ".txt")
	return file, filepath.Base(list), writeBeside(list, a.RolloverList(filepath.Base(file), r, o.Waiting), o.Path)
}

// writeBeside writes a new file that who may read the ledger may read.
func writeBeside(file string, data []byte, ledger string) error {
	if err := safefile.Write(file, data, safefile.Options{Like: []string{ledger}, Check: vacant}); err != nil {
		return print.Plain(err)
	}
	return nil
}

// fresh is a path in dir at which nothing stands: of that name, else with the
// time of day behind it.
func fresh(dir, name, ext string) string {
	path := filepath.Join(dir, name+ext)
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return path
	}
	return filepath.Join(dir, name+time.Now().Format("-150405")+ext)
}
