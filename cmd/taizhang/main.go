// Command taizhang is a terminal dashboard for an office's task ledger (台账)
// that is kept in an Excel workbook, and the same figures and edits for scripts.
//
// The command line is thin. A file is a command or a family of them: newX says
// what it is called and which flags it has, its options struct is what they
// come to, runX(ctx, options) does it, and a method of [print.Printer] shows
// what came of it as text, JSON or CSV. What a command needs to know of the
// world (settings, language, terminal) it gets from [app]; what it does to a
// ledger goes through a syncer.Session, or several on a desk.Desk, and nothing else.
//
// # Promises to scripts
//
// With --json, standard output holds exactly one JSON document; sentences for
// people go to standard error. Lists are never null. The exit code is 0 when all
// is done, 1 when the command failed, 2 when it was used wrongly (flags,
// arguments, settings, no ledger to be found), and 3 when it is done but
// something waits for a person: an open conflict, a write that waits until
// somebody closes the workbook, a copy refused, a row to be pointed out, a value
// that was taken as typed and says nothing, a line of a plan that is not sure.
//
// # Text for people
//
// Columns are laid out by the same measure as the dashboard's, and cut to the
// terminal's width only if there is a terminal. Colour only repeats what a word
// beside it says.
//
// # CSV
//
// CSV is for spreadsheet programs: UTF-8 with a byte order mark, headings in the
// interface language, and a text that a spreadsheet would run as a formula
// (beginning with = + - @) gets an apostrophe in front. Scripts that need the
// exact text use --json.
package main

import "os"

func main() {
	giveRoom()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit codes.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitWaiting = 3
)

// run is the whole program, but for the process around it.
func run(args []string, in, out, errs *os.File) int {
	restore := prepareConsole()
	defer restore()
	a := newApp(args, in, out, errs)
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	ctx, stop := interruptible()
	defer stop()
	if err := root.ExecuteContext(ctx); err != nil {
		return a.report(err)
	}
	if err := a.Err(); err != nil {
		return a.report(err)
	}
	if a.waits {
		return exitWaiting
	}
	return exitDone
}
