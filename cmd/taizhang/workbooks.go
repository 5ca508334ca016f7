package main

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/desk"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/bulletin"
	"taizhang/sheet/report/summary"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// books is one open ledger, or several that are open as one.
type books interface {
	Snapshot() *syncer.Snapshot
	SinceOpened() syncer.Report
	Sync(ctx context.Context) (syncer.Report, error)
	Force(ctx context.Context) (syncer.Report, error)
	Watch(ctx context.Context, notify func(*syncer.Snapshot)) error
	Change(ctx context.Context, edits []syncer.Edit) (syncer.Report, error)
	Add(ctx context.Context, values map[string]string) (task string, r syncer.Report, err error)
	Record(ctx context.Context, kind string, values map[string]string) (event string, r syncer.Report, err error)
	Resolve(ctx context.Context, decisions ...syncer.Decision) (syncer.Report, error)
	Answer(ctx context.Context, ask, task string) (syncer.Report, error)
	Merge(ctx context.Context, copies []string, opt syncer.MergeOptions) (syncer.Report, error)
	Undo(ctx context.Context) (syncer.Report, error)
	Redo(ctx context.Context) (syncer.Report, error)
	Restore(ctx context.Context, revision string) (syncer.Report, error)
	Supervise(ctx context.Context, decide func(*ledger.Ledger) ([]syncer.NewAct, error)) (acts []string,
		r syncer.Report, err error)
	Sendings() []syncer.Returned
	bulletin.History
	Close() error
}

var (
	_ books = (*syncer.Session)(nil)
	_ books = (*desk.Desk)(nil)
)

// workbooks are the workbooks that a command is about: the arguments, else those of
// --ledger, else what the settings name, else the only one in the folder. A folder
// stands for the workbooks in it. The settings in force afterwards are those of the
// first. under is the settings file that named them, "" if none did.
func (a *app) workbooks(arguments []string) (paths []string, under string, err error) {
	named := spread(arguments)
	flagged := a.flags.ledgers()
	switch {
	case len(named) > 0 && len(flagged) > 0 && !slices.Equal(named, flagged):
		text := msg.New("cmd.two_ledgers", "Flag", strings.Join(flagged, " "), "Argument", strings.Join(named, " "))
		return nil, "", usage(text, msg.New("cmd.two_ledgers_hint"))
	case len(named) == 0:
		named = flagged
	}
	if len(named) == 0 {
		if err := a.load(""); err != nil {
			return nil, "", err
		}
		if a.settings.Origin("ledger").Source == config.FromEnv || len(a.settings.Workbooks) == 0 {
			path, err := a.ledger()
			return []string{path}, "", err
		}
		named = spread(a.settings.Workbooks)
		under = a.settings.Origin("workbooks").File
	}
	for _, name := range named {
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			paths = append(paths, name)
			continue
		}
		found, err := a.ledgersIn(name)
		if err != nil {
			return nil, "", print.Plain(err)
		}
		if len(found) == 0 {
			return nil, "", usage(msg.New("cmd.no_ledger_in", "Folder", name), msg.New("cmd.no_ledger_in_hint"))
		}
		paths = append(paths, found...)
	}
	paths = onlyOnce(paths)
	err = a.loadUnder(paths[0], under)
	return paths, under, err
}

// eachOf yields workbooks one after the other and has the settings of each in force
// meanwhile; the error is that of reading them. Those of the first are in force already.
func (a *app) eachOf(paths []string, under string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for i, path := range paths {
			var err error
			if i > 0 {
				err = a.loadUnder(path, under)
			}
			if !yield(path, err) {
				return
			}
		}
	}
}

// onlyOnce leaves out files that were named before by another path.
func onlyOnce(paths []string) (out []string) {
	for _, p := range paths {
		if !slices.ContainsFunc(out, func(q string) bool { return p == q || sameFile(p, q) }) {
			out = append(out, p)
		}
	}
	return out
}

// ledgersIn are the ledgers in a folder.
func (a *app) ledgersIn(dir string) (out []string, err error) {
	found, err := candidates(dir)
	for _, name := range a.notMade(dir, slices.DeleteFunc(found, syncer.IsConflictCopy)) {
		out = append(out, filepath.Join(dir, name))
	}
	return out, err
}

// loadUnder is load of the settings of a workbook that a settings file names.
func (a *app) loadUnder(path, under string) error {
	return a.loadFrom(a.sourcesOf(path, under))
}

func (a *app) sourcesOf(path, under string) config.Sources {
	src := a.sources(&a.flags)
	src.Under = under
	if src.Flags["ledger"].Value != path {
		src.Flags["ledger"] = config.Flag{Name: "LEDGER", Value: path}
	}
	return src
}

// openDesk opens several workbooks as one, each with the settings beside it. typed is
// a password that a person typed, "" if none did.
func (a *app) openDesk(ctx context.Context, paths []string, under, typed string, onlyLooks bool) (*desk.Desk, error) {
	options := map[string]syncer.Options{}
	refused := map[string]error{}
	given := map[string]string{} // by password file: standard input can be read once
	for _, path := range paths {
		opt, err := a.optionsOf(path, under, typed, given)
		if err != nil {
			refused[path] = err
			continue
		}
		opt.ReadOnly, opt.Later = opt.ReadOnly || onlyLooks, a.later
		options[path] = opt
	}
	return desk.Open(ctx, paths, func(ctx context.Context, path string) (*syncer.Session, error) {
		if err := refused[path]; err != nil {
			return nil, err
		}
		if err := mustExist(path); err != nil {
			return nil, err
		}
		s, err := syncer.Open(ctx, path, options[path])
		if err != nil {
			return nil, print.Plain(err)
		}
		return s, nil
	})
}

func (a *app) optionsOf(path, under, typed string, given map[string]string) (syncer.Options, error) {
	s, err := config.Load(a.sourcesOf(path, under))
	if err != nil {
		return syncer.Options{}, firstMistake(err)
	}
	of := *a
	of.settings, of.path = s, path
	password, ok := given[s.PasswordFile]
	if !ok {
		if password, err = of.passwordFromFile(); err != nil {
			return syncer.Options{}, err
		}
		given[s.PasswordFile] = password
	}
	if password == "" {
		password = typed
	}
	return of.syncOptions(password), nil
}

// openAll opens the workbooks that a command is about, as one where they are several.
func (a *app) openAll(ctx context.Context, arguments []string, onlyLooks bool) (books, error) {
	paths, under, err := a.workbooks(arguments)
	if err != nil {
		return nil, err
	}
	if len(paths) == 1 {
		return a.openOne(ctx, paths[0], onlyLooks)
	}
	d, err := a.openDesk(ctx, paths, under, "", onlyLooks)
	if err != nil {
		return nil, err
	}
	a.path = paths[0]
	if len(d.Refused()) > 0 {
		a.waits = true
	}
	if a.later {
		return d, nil
	}
	if a.trouble = d.Snapshot().Trouble; a.trouble != nil {
		if !a.agrees || !errors.Is(a.trouble, syncer.ErrMass) {
			a.Warn(a.trouble)
		}
	}
	return d, nil
}

// withinAll opens the workbooks, lets do work on them and closes them.
func (a *app) withinAll(ctx context.Context, arguments []string, do func(books) error) error {
	return a.duringAll(ctx, arguments, false, do)
}

// lookAll is withinAll for a command that only looks.
func (a *app) lookAll(ctx context.Context, arguments []string, do func(books) error) error {
	return a.duringAll(ctx, arguments, true, do)
}

func (a *app) duringAll(ctx context.Context, arguments []string, onlyLooks bool, do func(books) error) error {
	b, err := a.openAll(ctx, arguments, onlyLooks)
	if err != nil {
		return err
	}
	return a.around(b, func() error { return do(b) })
}

// called is what the ledger is called: the path of one workbook, the names of several.
func (a *app) called(s *syncer.Snapshot) string {
	if len(s.Workbooks) == 0 {
		return a.path
	}
	var names []string
	for _, w := range s.Workbooks {
		if w.Open {
			names = append(names, w.Name)
		}
	}
	return strings.Join(names, a.Say("cmd.comma"))
}

// sessions are those of the workbooks that are open.
func sessions(open books) []*syncer.Session {
	if d, several := open.(*desk.Desk); several {
		return d.Sessions()
	}
	return []*syncer.Session{open.(*syncer.Session)}
}

// sessionWith is that of the workbook which has a table of that kind, else of the first.
func sessionWith(open books, kind string) *syncer.Session {
	all := sessions(open)
	for _, s := range all {
		if slices.ContainsFunc(s.Snapshot().Ledger.Tables, func(t *table.Table) bool { return t.Kind == kind }) {
			return s
		}
	}
	return all[0]
}

// underOneName has several ledgers call each unit by one name.
func underOneName(sources []summary.Source) []summary.Source {
	if len(sources) < 2 {
		return sources
	}
	var parts []ledger.Part
	for _, s := range sources {
		parts = append(parts, ledger.Part{Ledger: s.Ledger, Workbook: s.File})
	}
	j := ledger.Join(parts)
	for i := range sources {
		sources[i].Ledger = j.Renamed(i)
	}
	return sources
}
