package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"os/user"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
)

// app is what every command shares: the world outside, and what is in force.
type app struct {
	*print.Printer
	in, out, errs *os.File
	flags         globals
	settings      *config.Settings // set by load
	path          string           // of the ledger, as it was named; set by open and read
	waits         bool             // something waits for a person: exit code 3
	trouble       error            // that opening the ledger met, and that was told; nil if it met none
	damage        map[string]bool  // of the history, that was told
	later         bool             // the ledger is opened to do one thing, in one pass
	asOf          time.Time        // --as-of: the moment that is looked back to; zero: now
	agrees        bool             // --force: that most rows are gone is known

	assumed map[string]config.System // by settings key: what a command takes for granted unless told otherwise
}

// globals are the flags that every command has.
type globals struct {
	config string
	asOf   string
	set    *pflag.FlagSet
}

// flagKeys are the global flags that stand for settings.
var flagKeys = map[string]string{
	"ledger": "ledger", "today": "today", "lang": "lang", "readonly": "readonly", "password-file": "password_file",
	"no-color": "theme",
}

// ledgers are the workbooks that --ledger names.
func (g *globals) ledgers() []string {
	list, _ := g.set.GetStringArray("ledger") // there is that flag
	return list
}

// given are the flags that were given, by settings key.
func (g *globals) given() map[string]config.Flag {
	out := map[string]config.Flag{}
	g.set.VisitAll(func(f *pflag.Flag) {
		key, ok := flagKeys[f.Name]
		if !ok || !f.Changed {
			return
		}
		value := f.Value.String()
		if f.Name == "ledger" {
			list := g.ledgers()
			if len(list) != 1 {
				return // several are no setting
			}
			value = list[0]
		}
		if f.Name == "no-color" {
			if value != "true" {
				return
			}
			value = "none"
		}
		out[key] = config.Flag{Name: "--" + f.Name, Value: value}
	})
	return out
}

// newApp finds out the language before anything is said: help and complaints
// about flags must already be in it.
func newApp(args []string, in, out, errs *os.File) *app {
	a := &app{Printer: print.New(out, errs), in: in, out: out, errs: errs}
	var early globals
	early.define(pflag.NewFlagSet("", pflag.ContinueOnError), a)
	early.set.ParseErrorsAllowlist.UnknownFlags = true
	early.set.BoolP("help", "h", false, "")
	early.set.SetOutput(io.Discard)
	early.set.Parse(args) // what is wrong with the flags is told later
	src := a.sources(&early)
	s, _ := config.Load(src) // what is wrong with the settings is told by load
	a.Lang = langOf(s)
	return a
}

func langOf(s *config.Settings) msg.Lang {
	if s.Lang == "en" {
		return msg.EN
	}
	if s.Lang == "" && systemLang().Value == "en" {
		return msg.EN
	}
	return msg.ZH
}

func (a *app) sources(g *globals) config.Sources {
	src := config.Sources{
		Flags:   g.given(),
		File:    g.config,
		UserDir: config.UserDir(),
		System:  map[string]config.System{"lang": systemLang()},
		Words:   words(),
	}
	if u, err := user.Current(); err == nil {
		name := u.Name
		if name == "" {
			name = u.Username
		}
		src.System["author"] = config.System{Value: name, From: u.Username}
	}
	for key, v := range a.assumed {
		src.System[key] = v
	}
	if os.Getenv("NO_COLOR") != "" {
		src.System["theme"] = config.System{Value: "none", From: "NO_COLOR"}
	}
	return src
}

// load finds what is in force. argument is the LEDGER argument, "" if there is
// none.
func (a *app) load(argument string) error {
	src := a.sources(&a.flags)
	if argument != "" {
		if f, ok := src.Flags["ledger"]; ok && f.Value != argument {
			return usage(msg.New("cmd.two_ledgers", "Flag", f.Value, "Argument", argument),
				msg.New("cmd.two_ledgers_hint"))
		}
		src.Flags["ledger"] = config.Flag{Name: "LEDGER", Value: argument}
	}
	return a.loadFrom(src)
}

// loadFrom puts in force what the sources say, and the moment that is looked back to.
func (a *app) loadFrom(src config.Sources) error {
	at, failed := asOf(a.flags.asOf)
	if failed != nil {
		return failed
	}
	if a.asOf = at; !at.IsZero() && !at.Before(time.Now()) {
		a.asOf = time.Time{} // as it stands now
	}
	s, err := config.Load(src)
	a.settings = s
	a.Lang, a.Wide, a.Theme = langOf(s), s.AmbiguousWidth == "wide", s.Theme
	return err
}

// open opens the ledger of a command that works on one. argument is the LEDGER argument, "" if there is none.
// A command that only looks leaves nothing behind: no history is begun or
// continued, nothing that waits is written.
func (a *app) open(ctx context.Context, argument string, onlyLooks bool) (*syncer.Session, error) {
	var arguments []string
	if argument != "" {
		arguments = []string{argument}
	}
	paths, _, err := a.workbooks(arguments)
	if err != nil {
		return nil, err
	}
	if len(paths) > 1 {
		return nil, usage(msg.New("cmd.one_workbook", "Count", len(paths)),
			msg.New("cmd.one_workbook_hint", "File", paths[0]))
	}
	return a.openOne(ctx, paths[0], onlyLooks)
}

// openOne opens the workbook whose settings are in force.
func (a *app) openOne(ctx context.Context, path string, onlyLooks bool) (*syncer.Session, error) {
	if !a.asOf.IsZero() && !onlyLooks {
		return nil, usage(msg.New("cmd.as_of_writes"), msg.New("cmd.as_of_hint"))
	}
	if err := mustExist(path); err != nil {
		return nil, err
	}
	a.path = path
	var s *syncer.Session
	err := a.withPassword(func(password string) (err error) {
		opt := a.syncOptions(password)
		opt.ReadOnly, opt.Later = opt.ReadOnly || onlyLooks, a.later && a.asOf.IsZero()
		s, err = syncer.Open(ctx, path, opt)
		return err
	})
	if err != nil {
		return nil, err
	}
	if a.later {
		return s, nil
	}
	if trouble := s.Snapshot().Trouble; trouble != nil && !a.asOf.IsZero() {
		s.Close()
		return nil, trouble // what it holds now is not what was asked for
	}
	if a.trouble = s.Snapshot().Trouble; a.trouble != nil {
		if !a.agrees || !errors.Is(a.trouble, syncer.ErrMass) {
			a.Warn(a.trouble)
		}
	}
	return s, nil
}

// within opens the ledger, lets do work on it and closes it.
func (a *app) within(ctx context.Context, argument string, do func(*syncer.Session) error) error {
	s, err := a.open(ctx, argument, false)
	if err != nil {
		return err
	}
	return a.around(s, func() error { return do(s) })
}

// around lets do work on what is open, warns of damage to the history before and after,
// and closes it.
func (a *app) around(open books, do func() error) error {
	if !a.later {
		a.warnDamage(open.Snapshot())
	}
	err := do()
	a.warnDamage(open.Snapshot())
	if err != nil {
		open.Close() // what failed first is what people must know
		return err
	}
	return open.Close()
}

// view opens the ledger to look at it, hands over its state and closes it.
func (a *app) view(ctx context.Context, argument string, do func(*syncer.Snapshot) error) error {
	var arguments []string
	if argument != "" {
		arguments = []string{argument}
	}
	return a.viewAll(ctx, arguments, do)
}

// viewAll is view for a command whose arguments are workbooks.
func (a *app) viewAll(ctx context.Context, arguments []string, do func(*syncer.Snapshot) error) error {
	return a.lookAll(ctx, arguments, func(b books) error { return do(b.Snapshot()) })
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// settle turns a report into the exit code.
func (a *app) settle(r syncer.Report) {
	if r.Waiting || r.Conflicts > 0 || len(r.Asks) > 0 || len(r.Untyped) > 0 {
		a.waits = true
	}
	for _, c := range r.Copies {
		if c.Err != nil || len(c.Asks) > 0 || len(c.Untyped) > 0 || len(c.Beside) > 0 {
			a.waits = true
		}
	}
}

// left turns the state in which a session ends into the exit code.
func (a *app) left(s *syncer.Snapshot) {
	a.waits = len(s.Waiting) > 0 || len(s.Conflicts) > 0 || len(s.Asks) > 0
}

// today is the day that overdue is measured against.
func (a *app) today() time.Time {
	if !a.asOf.IsZero() && a.settings.Origin("today").Source != config.FromFlag {
		y, m, d := a.asOf.Local().Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	if t := a.settings.Today; !t.IsZero() {
		return t
	}
	y, m, d := time.Now().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

// workbook opens the workbook itself, for what must be known before it is a
// ledger.
func (a *app) workbook(path string) (*ooxml.Workbook, error) {
	var wb *ooxml.Workbook
	err := a.withPassword(func(password string) (err error) {
		wb, err = ooxml.Open(path, ooxml.Options{Password: password})
		return err
	})
	return wb, err
}

// mustExist says plainly that a file is missing, before anybody tries to read it.
func mustExist(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &msg.Error{Class: fs.ErrNotExist, Text: msg.New("cmd.no_file", "File", path),
			Hint: msg.New("cmd.no_file_hint")}
	case err == nil && info.IsDir():
		return usage(msg.New("cmd.is_folder", "File", path), msg.New("cmd.is_folder_hint"))
	}
	return nil // any other trouble is told by whoever reads it
}
