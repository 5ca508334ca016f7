package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
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
			a.Warn(print.Mistake(m))
		}
		return exitUsage
	case errors.Is(err, errUsage):
		a.Warn(err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.errs, a.Say("cmd.interrupted"))
	default:
		a.warnOnce(err)
	}
	return exitFailed
}

// warnOnce is warn for what may have been said when the ledger was opened.
func (a *app) warnOnce(err error) {
	var now, before *msg.Error
	if errors.As(err, &now) && errors.As(a.trouble, &before) && now.Text.Key == before.Text.Key &&
		errors.Is(now.Class, before.Class) {
		return
	}
	if a.trouble == nil || a.trouble.Error() != err.Error() {
		a.Warn(err)
	}
}

// warnDamage says what is damaged in the history and was worked around, each
// kind of damage once, with how many files more have it; and what else a person
// should know.
func (a *app) warnDamage(s *syncer.Snapshot) {
	for _, err := range s.Notes {
		if text := err.Error(); !a.damage[text] {
			if a.damage == nil {
				a.damage = map[string]bool{}
			}
			a.damage[text] = true
			a.Warn(err)
		}
	}
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
		a.Warn(byKind[kind][0])
		if n := len(byKind[kind]) - 1; n > 0 {
			a.Note(a.Say("cmd.damage_more", "Count", n))
		}
	}
}
