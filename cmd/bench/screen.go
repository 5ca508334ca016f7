package main

import (
	"os"
	"time"

	"taizhang/cmd/bench/book"
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// firstFrame is the time from a program's start until a text of the ledger is
// on its screen.
func firstFrame(e *entry, dir string, env []string, text string, args ...string) error {
	t, err := onTerminal(dir, append(env, "TERM=xterm-256color"), args...)
	if err != nil {
		return err
	}
	defer t.close()
	took, err := t.until(text, t.start)
	if err != nil {
		return err
	}
	e.put(wall, float64(took.Nanoseconds()))
	e.put(cpu, float64(t.spent().Nanoseconds()))
	return nil
}

// changeToScreen is the time from another program's saving the workbook, by
// renaming a new file over it, until the open dashboard shows the new value.
func changeToScreen(e *entry, inv *inventory, dir string, env []string, ledger string) error {
	t, err := onTerminal(dir, append(env, "TERM=xterm-256color"), inv.taizhang, ledger)
	if err != nil {
		return err
	}
	defer t.close()
	if _, err := t.until("牵头单位", t.start); err != nil {
		return err
	}
	time.Sleep(500 * time.Millisecond) // until it watches
	w, err := ooxml.Open(ledger, ooxml.Options{})
	if err != nil {
		return err
	}
	const value = "改自表格"
	if err := w.Set(book.Sheet, a1.Ref{Row: book.Top + 1, Col: book.Progress}, ooxml.TextValue(value)); err != nil {
		return err
	}
	data, err := w.Bytes()
	if err != nil {
		return err
	}
	if err := os.WriteFile(ledger+".new", data, 0o600); err != nil {
		return err
	}
	before := t.spent()
	t.forget()
	saved := time.Now()
	if err := os.Rename(ledger+".new", ledger); err != nil {
		return err
	}
	took, err := t.until(value, saved)
	if err != nil {
		return err
	}
	e.put(wall, float64(took.Nanoseconds()))
	e.put(cpu, float64((t.spent() - before).Nanoseconds()))
	return nil
}
