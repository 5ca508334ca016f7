package main

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/report/xlsx"
	"taizhang/sheet/syncer"
)

// ledger is the path of the ledger: the one the settings name (--ledger and
// LEDGER among them), else the only workbook in the current folder.
func (a *app) ledger() (string, error) {
	if path := a.settings.Ledger; path != "" {
		return path, mustExist(path)
	}
	found, err := candidates(".")
	if err != nil {
		return "", err
	}
	found = slices.DeleteFunc(found, syncer.IsConflictCopy)
	if len(found) > 1 {
		found = a.notMade(".", found)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", usage(msg.New("cmd.no_ledger"), msg.New("cmd.no_ledger_hint"))
	}
	const show = 12
	files := strings.Join(some(found, show), a.Say("cmd.comma"))
	return "", usage(msg.New("cmd.many_ledgers", "Count", len(found), "Files", files),
		msg.New("cmd.many_ledgers_hint", "File", found[0]))
}

// some is a list, or so many of it and dots.
func some(list []string, most int) []string {
	if len(list) <= most {
		return list
	}
	return append(slices.Clone(list[:most]), "...")
}

// candidates are the workbooks in a folder that could be a ledger, by name; those
// last whose name goes on from that of another, as that of "台账 (1).xlsx" does.
// Owner files of a spreadsheet program and half-written files are none.
func candidates(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		name := e.Name()
		switch strings.ToLower(filepath.Ext(name)) {
		case ".xlsx", ".xlsm":
			if !strings.HasPrefix(name, "~") && !strings.HasPrefix(name, ".") && !e.IsDir() {
				out = append(out, name)
			}
		}
	}
	goesOn := func(name string) bool {
		stem := strings.TrimSuffix(name, filepath.Ext(name))
		return slices.ContainsFunc(out, func(o string) bool {
			first := strings.TrimSuffix(o, filepath.Ext(o))
			return len(first) < len(stem) && strings.HasPrefix(stem, first)
		})
	}
	var first, last []string
	for _, name := range out {
		if goesOn(name) {
			last = append(last, name)
		} else {
			first = append(first, name)
		}
	}
	return append(first, last...), nil
}

// notMade leaves out the workbooks that were made from a ledger, and therefore are not
// meant when one is looked for: a consolidated workbook, the tables of a yearly report,
// a unit's copy. A copy of a locked ledger is locked as well: what no password opens
// here is left out if another such workbook has a history, and it has none.
func (a *app) notMade(dir string, names []string) (out []string) {
	password := ""
	if a.settings != nil && a.settings.PasswordFile != "-" { // which can be read once, and is wanted later
		password, _ = a.passwordFromFile()
	}
	locked, known := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		path := filepath.Join(dir, name)
		wb, err := ooxml.Open(path, ooxml.Options{Password: password})
		if errors.Is(err, ooxml.ErrEncrypted) || errors.Is(err, ooxml.ErrPassword) {
			locked[name] = true
			known[name] = syncer.HasHistory(path)
		}
		if err != nil {
			out = append(out, name) // it is told when it is opened
			continue
		}
		_, report := wb.Property(xlsx.Mark)
		_, part := wb.Property(syncer.StampScope)
		if !report && !part {
			out = append(out, name)
		}
	}
	if slices.Contains(slices.Collect(maps.Values(known)), true) {
		out = slices.DeleteFunc(out, func(name string) bool { return locked[name] && !known[name] })
	}
	return out
}
