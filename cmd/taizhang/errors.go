package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"taizhang/config"
	"taizhang/sheet/msg"
	"taizhang/sheet/safefile"
	"taizhang/sheet/syncer"
	"taizhang/tui/text"
)

// errUsage is the class of errors that are the caller's: exit code 2.
var errUsage = errors.New("wrong usage")

func usage(text, hint msg.Text) error { return &msg.Error{Class: errUsage, Text: text, Hint: hint} }

// report says on standard error what went wrong, and returns the exit code.
func (a *app) report(err error) int {
	var mistakes config.Errors
	switch {
	case errors.As(err, &mistakes):
		for _, m := range mistakes {
			a.warn(mistake(m))
		}
		return exitUsage
	case errors.Is(err, errUsage):
		a.warn(err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.errs, a.say("cmd.interrupted"))
	default:
		a.warnOnce(err)
	}
	return exitFailed
}

// warn prints a sentence and what to do about it.
func (a *app) warn(err error) {
	sentence, hint := msg.Explain(a.lang, plain(err))
	a.note(sentence)
	if hint != "" {
		a.note(a.say("cmd.hint", "Hint", hint))
	}
}

// warnOnce is warn for what may have been said when the ledger was opened.
func (a *app) warnOnce(err error) {
	var now, before *msg.Error
	if errors.As(err, &now) && errors.As(a.trouble, &before) && now.Text.Key == before.Text.Key && errors.Is(now.Class, before.Class) {
		return
	}
	if a.trouble == nil || a.trouble.Error() != err.Error() {
		a.warn(err)
	}
}

// warnDamage says what is damaged in the history and was worked around: each
// kind of damage once, with how many files more have it.
func (a *app) warnDamage(s *syncer.Snapshot) {
	byKind := map[string][]error{}
	for _, err := range s.Damage {
		kind := err.Error()
		if said := (*msg.Error)(nil); errors.As(err, &said) {
			kind = said.Text.Key
		}
		byKind[kind] = append(byKind[kind], err)
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		if a.damage[kind] {
			continue
		}
		if a.damage == nil {
			a.damage = map[string]bool{}
		}
		a.damage[kind] = true
		a.warn(byKind[kind][0])
		if n := len(byKind[kind]) - 1; n > 0 {
			a.note(a.say("cmd.damage_more", "Count", n))
		}
	}
}

// note prints a sentence for people on standard error.
func (a *app) note(sentence string) { printLine(a.errs, a.measure(), sentence) }

func printLine(w io.Writer, m text.Measure, s string) {
	fmt.Fprintln(w, strings.TrimRight(m.Clean(s), " "))
}

// plain puts errors of the system into words; those that have some already
// come back as they are.
func plain(err error) error {
	var said *msg.Error
	if errors.As(err, &said) {
		return err
	}
	var path *fs.PathError
	name := ""
	if safefile.IsFull(err) {
		return &msg.Error{Text: msg.New("cmd.disk_full"), Hint: msg.New("cmd.disk_full_hint"), Err: err}
	}
	if errors.As(err, &path) {
		name = path.Path
	}
	switch {
	case name != "" && errors.Is(err, fs.ErrNotExist):
		return &msg.Error{Text: msg.New("cmd.no_file", "File", name), Err: err}
	case name != "" && errors.Is(err, fs.ErrPermission):
		return &msg.Error{Text: msg.New("cmd.no_permission", "File", name), Hint: msg.New("cmd.no_permission_hint"), Err: err}
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return &msg.Error{Text: msg.New("cmd.too_slow"), Err: err}
	}
	return &msg.Error{Text: msg.New("cmd.failed", "Why", err.Error()), Err: err}
}

// mistake puts a mistake in the settings into words.
func mistake(e *config.Error) *msg.Error {
	out := &msg.Error{Class: errUsage, Err: e}
	place := msg.New("config.place_file", "File", e.File)
	switch {
	case e.Env != "":
		place = msg.New("config.place_env", "Name", e.Env)
	case e.Flag != "":
		place = msg.New("config.place_flag", "Name", e.Flag)
	case e.Line > 0:
		place = msg.New("config.place_line", "File", e.File, "Line", e.Line)
	}
	switch e.Class {
	case config.ErrUnreadable:
		why := msg.New("config.why_other", "Why", fmt.Sprint(e.Err))
		switch {
		case errors.Is(e.Err, fs.ErrNotExist):
			why = msg.New("config.why_missing")
		case errors.Is(e.Err, fs.ErrPermission):
			why = msg.New("config.why_permission")
		case errors.Is(e.Err, config.ErrNotFile):
			why = msg.New("config.why_not_file")
		}
		out.Text = msg.New("config.unreadable", "Place", place, "Why", why)
	case config.ErrTooLarge:
		out.Text = msg.New("config.too_large", "Place", place)
	case config.ErrNotUTF8:
		out.Text = msg.New("config.not_utf8", "Place", place)
		out.Hint = msg.New("config.not_utf8_hint")
	case config.ErrSyntax:
		out.Text = msg.New("config.syntax", "Place", place, "Why", fmt.Sprint(e.Err))
		out.Hint = msg.New("config.syntax_hint")
	case config.ErrUnknownKey:
		out.Text = msg.New("config.unknown_key", "Place", place, "Key", e.Key)
		if e.Env != "" {
			out.Text = msg.New("config.unknown_env", "Name", e.Env)
		}
		out.Hint = msg.New("config.keys_hint")
		if len(e.Want.Choices) > 0 {
			out.Hint = msg.New("config.choices_hint", "Choices", strings.Join(e.Want.Choices, ", "))
		}
	case config.ErrTwice:
		out.Text = msg.New("config.twice", "Place", place, "Key", e.Key)
	default:
		out.Text = badValue(e, place)
	}
	if e.Nearest != "" {
		out.Hint = msg.New("config.nearest", "Nearest", e.Nearest)
	}
	return out
}

func badValue(e *config.Error, place msg.Text) msg.Text {
	want := wanted(e.Want)
	switch {
	case e.Key == "":
		return msg.New("config.whole", "Place", place, "Want", want)
	case e.Value == "":
		return msg.New("config.bad", "Place", place, "Key", e.Key, "Want", want)
	}
	return msg.New("config.bad_value", "Place", place, "Key", e.Key, "Value", e.Value, "Want", want)
}

func wanted(w config.Want) msg.Text {
	switch w.Kind {
	case config.WantInt:
		return msg.New("config.want_int", "Min", w.Min, "Max", w.Max)
	case config.WantBool:
		return msg.New("config.want_bool")
	case config.WantChoice:
		return msg.New("config.want_choice", "Choices", strings.Join(w.Choices, " | "))
	case config.WantDuration:
		return msg.New("config.want_duration", "Min", w.Min, "Max", w.Max)
	case config.WantDate:
		return msg.New("config.want_date")
	case config.WantList:
		return msg.New("config.want_list")
	case config.WantMap:
		return msg.New("config.want_map")
	case config.WantItems:
		return msg.New("config.want_items", "Keys", strings.Join(w.Choices, ", "))
	case config.WantFilled:
		return msg.New("config.want_filled")
	case config.WantPlain:
		return msg.New("config.want_plain")
	}
	return msg.New("config.want_text")
}
