package main

import (
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
		found = slices.DeleteFunc(found, isOurs)
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

// isOurs reports a workbook that was made from a ledger, and therefore is not
// meant when one is looked for: a consolidated workbook, the tables of a yearly report, or a unit's copy. What
// cannot be read is told when it is opened.
func isOurs(path string) bool {
	wb, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		return false
	}
	_, report := wb.Property(xlsx.Mark)
	_, part := wb.Property(syncer.StampScope)
	return report || part
}
