package syncer

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
)

// histories checks as many histories as HISTORIES says, each in a folder of its
// own; usual where it says nothing.
func histories(t *testing.T, usual string, check func(rt *rapid.T, dir string)) {
	n := cmp.Or(os.Getenv("HISTORIES"), usual)
	old := flag.Lookup("rapid.checks").Value.String()
	flag.Set("rapid.checks", n)
	defer flag.Set("rapid.checks", old)
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "taizhang")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir)
		check(rt, dir)
	})
}

// TestNothingTypedIsEverLost drives offices with workbooks of any age, two
// coordinators, returned copies and kills between any two writes through random
// histories on real files: of one ledger, of two in a folder, and of one that is
// followed by the next year's while copies of it are still out. The promise is
// checked by a model that knows nothing of revisions: it knows who typed which
// value over which other one.
//
// HISTORIES sets how many histories are run; rapid prints the seed of
// one that fails.
func TestNothingTypedIsEverLost(t *testing.T) {
	histories(t, "12", func(rt *rapid.T, dir string) {
		all := newLedgers(t, rt, dir)
		actions := map[string]func(*world, *rapid.T){
			"office opens":     (*world).officeOpens,
			"office types":     (*world).officeTypes,
			"office types too": (*world).officeTypes,
			"office renames":   (*world).officeRenames,
			"a value breaks":   (*world).valueBreaks,
			"note beside":      (*world).noteBeside,
			"office notes":     (*world).officeNotes,
			"formula over":     (*world).formulaOver,
			"office shuffles":  (*world).officeShuffles,
			"office inserts":   (*world).officeInserts,
			"office deletes":   (*world).officeDeletes,
			"office saves":     (*world).officeSaves,
			"change":           (*world).change,
			"killed change":    (*world).killed,
			"killed pass":      (*world).killedPass,
			"event":            (*world).eventRecorded,
			"supervision":      (*world).supervised,
			"row is deleted":   (*world).rowDeleted,
			"row is marked":    (*world).rowMarked,
			"and deleted":      (*world).markedDeleted,
			"undo":             (*world).undo,
			"redo":             (*world).redo,
			"resolve":          (*world).resolve,
			"copy is taken":    (*world).copyTaken,
			"copy returns":     (*world).copyReturns,
			"dialog opens":     (*world).dialogOpens,
			"dialog saves":     (*world).dialogSaves,
			"command begins":   (*world).commandBegins,
			"command ends":     (*world).commandEnds,
			"conflict is read": (*world).conflictRead,
			"and decided":      (*world).decided,
			"lock":             (*world).lock,
			"unlock":           (*world).unlock,
			"crash":            (*world).crash,
			"time passes":      (*world).timePasses,
			"sync":             func(w *world, rt *rapid.T) { w.rt = rt; w.sync(w.who(rt)) },
		}
		rt.Repeat(all.actions(actions))
		all.settle(rt)
	})
}

const bookRows = 9

// world is one ledger and everybody who works on it.
type world struct {
	*counter
	t        *testing.T
	rt       *rapid.T
	path     string
	inbox    string // folder of copies that came by mail; "": there is none
	docs     [3]*document
	copies   []*document
	sessions [2]*Session
	values   map[string]*typed
	holder   int    // office that has it open so that others cannot save, -1 if none
	naming   naming // of those who save
	heedless bool   // offices save also what another has open
	seen     bool   // somebody was seen to have it open lately
	dialogs  []dialog
	commands []command
	readings []Conflict // that somebody looks at
	marked   []marked   // rows that somebody is about to delete, with what they saw
	alike    map[string]bool
	told     map[string]bool // notes beside a copy's table that a report named
	// justNoted is the notes of a save that nobody has taken in yet.
	justNoted map[string]bool
	notes     map[string]bool // notes beside the shared workbook's table that somebody saved, and the log must have

	last struct { // where a coordinator was last
		l       *listing
		at, nth int
	}
}

// counter numbers what is typed, so that no value is typed twice in any ledger.
type counter struct{ n int }

// newWorld opens the workbook at path.
func newWorld(t *testing.T, rt *rapid.T, path, inbox string, n *counter) *world {
	w := &world{counter: n, t: t, rt: rt, path: path, inbox: inbox, values: map[string]*typed{},
		alike: map[string]bool{}, told: map[string]bool{}, notes: map[string]bool{}, justNoted: map[string]bool{},
		holder: -1}
	w.naming = rapid.SampledFrom([]naming{own, own, nobody, same}).Draw(rt, "names")
	w.heedless = rapid.Bool().Draw(rt, "heedless")
	for i := range w.sessions {
		w.reopen(i)
	}
	// From here on the workbook is stamped: what offices do to each other before
	// taizhang has ever written into it is theirs.
	s := w.sessions[0]
	if _, err := s.Change(context.Background(), []Edit{{Task: s.Snapshot().Ledger.Tasks[0].ID, Field: ledger.FieldOwner,
		Value: fmt.Sprint("赵", filepath.Base(path))}}); err != nil {
		rt.Fatal(err)
	}
	return w
}

func (w *world) reopen(i int) {
	s, err := Open(context.Background(), w.path, w.options(fmt.Sprint("协调员", i)))
	if err != nil {
		w.rt.Fatal(err)
	}
	w.sessions[i] = s
	w.sync(i)
}

func (w *world) options(author string) Options {
	opt := options(author)
	opt.Inbox = w.inbox
	return opt
}

func (w *world) who(rt *rapid.T) int { return rapid.IntRange(0, 1).Draw(rt, "coordinator") }

// sync makes a pass and notes what it disputes. The safety stop is answered.
func (w *world) sync(i int) {
	_, err := w.sessions[i].Sync(context.Background())
	if errors.Is(err, ErrMass) {
		_, err = w.sessions[i].Force(context.Background())
	}
	if err != nil {
		w.rt.Fatal(err)
	}
	for said := map[string]bool{}; len(w.sessions[i].Snapshot().Asks) > 0; {
		a := w.sessions[i].Snapshot().Asks[0]
		if said[a.ID] {
			w.rt.Fatalf("answered, and asked again: %v", a.Values)
		}
		said[a.ID] = true
		if _, err := w.sessions[i].Answer(context.Background(), a.ID, w.known(i, a)); err != nil {
			w.rt.Fatal(err)
		}
	}
	w.note(i)
}

func (w *world) note(i int) {
	for _, c := range w.sessions[i].Snapshot().Conflicts {
		w.rt.Logf("open: %s %s: %s, %s, %s", c.Title, c.Field, c.Base, c.Mine, c.Theirs)
	}
}

func (w *world) fresh(cell string) string {
	w.n++
	v := fmt.Sprintf("值%d", w.n)
	w.values[v] = &typed{cell: cell}
	w.rt.Logf("%s is typed in %s", v, cell)
	return v
}

// cellOf names a cell in the model: rows of one title and two units are two.
func cellOf(title, lead, heading string) string { return title + "·" + lead + "/" + heading }

func (w *world) change(rt *rapid.T) {
	w.rt = rt
	i := w.who(rt)
	s := w.sessions[i]
	w.sync(i) // one types over what one sees
	at := w.target(rt, s)
	v := w.fresh(at.cell)
	if _, err := s.Change(context.Background(), []Edit{at.edit(v)}); err != nil {
		rt.Fatal(err)
	}
	w.keeps(v)
	w.replace(at.shown)
	w.note(i)
}

// dies runs a process that is killed after one of its next few writes.
func (w *world) dies(rt *rapid.T, i int, work func(*Session), wrote func(what string)) {
	left := rapid.IntRange(0, 5).Draw(rt, "writes")
	type kill struct{}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(kill); !ok {
				panic(r)
			}
		}
	}()
	s, err := open(context.Background(), w.path, w.options(fmt.Sprint("协调员", i)), func(what string) {
		wrote(what)
		if left--; left < 0 {
			panic(kill{})
		}
	})
	if err != nil {
		rt.Fatal(err)
	}
	work(s)
}

// killedPass is an office's save that is taken in by a process that is killed on the
// way. A command may begin before anybody puts that right.
func (w *world) killedPass(rt *rapid.T) {
	w.rt = rt
	k := rapid.IntRange(0, 2).Draw(rt, "office")
	if !w.maySave(k) {
		rt.Skip()
	}
	w.writes(k, true)
	i := w.who(rt)
	w.dies(rt, i, func(*Session) {}, func(string) {})
	if rapid.Bool().Draw(rt, "a command begins before anybody looks") {
		w.commandBegins(rt)
	}
	w.reopen(i)
}

// killed is a change in a process that is killed after one of its writes.
func (w *world) killed(rt *rapid.T) {
	w.rt = rt
	i := w.who(rt)
	w.sync(i)
	at := w.target(rt, w.sessions[i])
	v := w.fresh(at.cell)
	recorded := false
	w.dies(rt, i, func(s *Session) {
		if _, err := s.Change(context.Background(), []Edit{at.edit(v)}); err != nil {
			rt.Fatal(err)
		}
	}, func(what string) { recorded = recorded || what == "recorded" })
	w.values[v].saved, w.values[v].kept = recorded, recorded
	if recorded {
		w.replace(at.shown)
	}
	if rapid.Bool().Draw(rt, "a command begins before anybody looks") {
		w.commandBegins(rt)
	}
	w.reopen(i)
}

func (w *world) undo(rt *rapid.T) { w.goBack(rt, (*Session).Undo) }

func (w *world) redo(rt *rapid.T) { w.goBack(rt, (*Session).Redo) }

func (w *world) goBack(rt *rapid.T, back func(*Session, context.Context) (Report, error)) {
	w.rt = rt
	i := w.who(rt)
	w.sync(i)
	r, err := back(w.sessions[i], context.Background())
	if errors.Is(err, ErrNothing) {
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	for _, c := range r.Changes {
		w.replace(c.From)
		if x := w.values[c.To]; x != nil {
			x.replaced = false // it stands again
		}
	}
	w.note(i)
}

func (w *world) resolve(rt *rapid.T) {
	w.rt = rt
	i := w.who(rt)
	w.sync(i)
	open := w.sessions[i].Snapshot().Conflicts
	if len(open) == 0 {
		return
	}
	c := open[rapid.IntRange(0, len(open)-1).Draw(rt, "conflict")]
	choice := rapid.SampledFrom([]string{Mine, Theirs}).Draw(rt, "choice")
	var seen []string
	if n := w.sessions[i].Snapshot().Ledger.Line(c.Task); n != nil && c.Field == "" {
		seen = n.Row.Values
	}
	if _, err := w.sessions[i].Resolve(context.Background(), Decision{Conflict: c.ID, Choice: choice}); err != nil {
		rt.Fatal(err)
	}
	w.against(c, choice)
	if w.sessions[i].Snapshot().Ledger.Line(c.Task) == nil {
		for _, v := range seen {
			w.replace(v)
		}
	}
	w.note(i)
}

// against counts the value as replaced that a person who saw both did not choose.
func (w *world) against(c Conflict, choice string) {
	if c.Field == "" {
		return
	}
	if choice == Mine {
		w.replace(c.Theirs)
	} else {
		w.replace(c.Mine)
	}
}

func (w *world) owner() string {
	return filepath.Join(filepath.Dir(w.path), ".~lock."+filepath.Base(w.path)+"#")
}
