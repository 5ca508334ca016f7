package syncer

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/store"
)

// Session is an open ledger. Methods may be called concurrently; each blocks
// until its work is done and the snapshot with its result is current.
type Session struct {
	turn chan struct{} // held by whoever works; what follows belongs to the holder
	snap atomic.Pointer[Snapshot]

	replica
	inbox  inbox
	editor editor

	found  node                 // the head before Open took anything in
	parted []merge.State        // the other heads then, where they were not made one yet
	first  atomic.Pointer[book] // the workbook as Open read it; nil once there is a snapshot
	seq    uint64

	working clock // of the pass under way
	looking clock // of Watch's glance at the folder

	tell chan struct{} // has a token when there is a snapshot that Watch has not reported
}

// subject is which workbook a session is about and how it was opened. It never changes.
type subject struct {
	path string
	opt  Options
}

// chronicle is the history as the session knows it: what is kept, how it hangs together,
// and the head, to which every change is added.
type chronicle struct {
	subject
	hist   *store.Store
	why    error // why the history is kept in memory only
	graph  *history.History
	head   node
	damage map[string]error // by what it says

	// step is called after each thing that lasts; tests stop the machine there.
	step func(what string)
}

// replica is the shared workbook beside the chronicle: it takes into the history what
// offices saved, and writes into the workbook what the head has and the workbook lacks.
type replica struct {
	chronicle
	book *book         // the workbook as it was read last; nil if it has to be read
	led  *built        // of head and book
	past *history.Past // when rows changed
	said said          // what formulas said last; nil if the workbook has none

	waiting []Waiting
	asks    []Ask
	answers map[string]string
	noted   []msg.Text // what saving the workbook had to say
	untold  []Untyped  // see Snapshot.Untyped
	// sighted is who had the workbook open last, nil if nobody was seen to.
	sighted atomic.Pointer[sighting]
}

// editor makes what a person typed part of the head's content, or says why it cannot be.
// It changes nothing by itself: whoever asked it commits what came of it.
type editor struct{ *replica }

// Open reads the workbook at path, syncs once, and starts nothing. A ledger
// without a history gets one when something is to be kept: by the first change
// that is not refused, or by [Session.Sync]. Where the
// workbook can be read but not synced, the session opens all the same and its
// snapshot says why (Snapshot.Trouble).
func Open(ctx context.Context, path string, opt Options) (*Session, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if opt.Poll <= 0 {
		opt.Poll = 2 * time.Second
	}
	if opt.Backups <= 0 {
		opt.Backups = 20
	}
	opt.ReadOnly = opt.ReadOnly || !opt.At.IsZero()
	return open(ctx, abs, opt, func(string) {})
}

func open(ctx context.Context, path string, opt Options, step func(string)) (s *Session, err error) {
	s = &Session{turn: make(chan struct{}, 1), tell: make(chan struct{}, 1)}
	s.path, s.opt, s.step = path, opt, step
	s.damage, s.answers = map[string]error{}, map[string]string{}
	s.inbox.replica, s.editor.replica = &s.replica, &s.replica
	if s.book, err = s.patientRead(ctx); err != nil {
		return nil, err
	}
	s.first.Store(s.book)
	mode := os.FileMode(0o644)
	if s.book.info != nil {
		mode = s.book.info.Mode()
	}
	secret := ""
	if s.book.wb.Encrypted() {
		secret = opt.Password
	}
	s.hist, s.why = openStore(path, s.book.stamp.Ledger, secret, mode, opt)
	if !s.book.isLedger() {
		if g, err := s.readHistory(); err != nil || len(g.Heads) == 0 {
			return nil, s.book.noTable(s.opt.Ledger)
		}
	}
	s.found, s.parted = s.lastHeads()
	if opt.Later {
		return s, nil
	}
	if _, err := s.pass(ctx, passOptions{opens: true}, nil); err != nil && ctx.Err() != nil {
		return nil, err
	}
	return s, nil
}

// lastHeads is the head as the history has it, before the workbook is looked at. Where
// several were not made one yet, it is the latest, and others holds the rest. It is
// empty if there is none, or none that can be read.
func (s *chronicle) lastHeads() (last node, others []merge.State) {
	g, err := s.readHistory()
	if err != nil {
		return node{}, nil
	}
	for _, id := range slices.Backward(g.Heads) {
		st, err := s.hist.Content(id)
		switch {
		case err != nil:
		case last.ID == "":
			last = node{*g.ByID[id], st}
		default:
			others = append(others, st)
		}
	}
	return last, others
}

// SinceOpened is what the session has done so far, the pass of Open included:
// what an office has changed since somebody last looked.
func (s *Session) SinceOpened() Report {
	s.Snapshot() // there is a first pass
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	r := s.report(s.found)
	r.Untyped = slices.Clone(s.untold)
	r.Copies = append(slices.Clone(s.inbox.reports), s.inbox.arriving...)
	return r
}

// patientRead reads the workbook; one that was written within the last moments
// and is not whole yet is given a second.
func (s *subject) patientRead(ctx context.Context) (*book, error) {
	for try := 0; ; try++ {
		b, err := readBook(s.path, s.opt)
		if err == nil || try == 5 || !unready(err) {
			return b, err
		}
		if info, e := os.Stat(s.path); e != nil || time.Since(info.ModTime()) > 5*time.Second {
			return b, err
		}
		if e := sleep(ctx, 200*time.Millisecond); e != nil {
			return b, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Snapshot is the current state; never nil. It is immutable. After an Open that
// made no pass it makes the first one.
func (s *Session) Snapshot() *Snapshot {
	if s.snap.Load() == nil {
		s.pass(context.Background(), passOptions{opens: true}, nil) // what fails is in the snapshot
	}
	return s.snap.Load()
}

// Sync makes one pass: pull the workbook and the inbox, push what waits.
func (s *Session) Sync(ctx context.Context) (Report, error) {
	return s.pass(ctx, passOptions{inbox: true}, nil)
}

// Force is Sync by a person who has seen that more than a quarter of the rows
// are gone (ErrMass) and agrees.
func (s *Session) Force(ctx context.Context) (Report, error) {
	return s.pass(ctx, passOptions{inbox: true, force: true}, nil)
}

type passOptions struct {
	opens bool // the first pass, which only opens the ledger: it begins no history
	inbox bool // take in returned copies
	force bool // more than a quarter of the rows may be gone
	// touched: the workbook was written just now, whatever its time and size say.
	touched bool
	// answer is an Ask's id and the task, zero if nothing is answered.
	answer [2]string
}

// tries is how often a pass starts again because the workbook or the history
// changed under it; others who get ahead of it that often make it ErrBusy.
const tries = 8

// pass pulls, lets act change the head, and pushes. An error of act is
// returned, and so is one of pulling or pushing; the latter are in the
// snapshot as well, and do not keep act from changing the head: what it
// changed waits.
func (s *Session) pass(ctx context.Context, opt passOptions, act func() error) (r Report, err error) {
	if err := ctx.Err(); err != nil {
		return Report{}, err // a free turn must not win against it
	}
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return Report{}, ctx.Err()
	}
	s.working.start()
	defer func() {
		s.working.stop()
		<-s.turn
	}()
	before := s.head
	if !s.opt.At.IsZero() {
		err := s.lookBack()
		s.publish(err)
		return s.report(before), err
	}
	if opt.answer[0] != "" {
		s.answers[opt.answer[0]] = opt.answer[1]
		s.book = nil
	}
	if opt.touched {
		s.book.stale()
	}
	copies, untold := len(s.inbox.reports), len(s.untold)
	var trouble, failed error
	for try := 0; ; try++ {
		trouble = s.refresh()
		if trouble == nil && act == nil && !opt.opens && s.book.isLedger() {
			trouble = s.begun()
		}
		if trouble == nil {
			trouble = s.pull(opt)
		}
		if trouble == nil && s.denied() {
			trouble = s.why // what is shown is the workbook alone
		}
		if trouble == nil && opt.inbox {
			trouble = s.inbox.takeInbox()
		}
		if act != nil && s.head.ID != "" && !s.denied() {
			if before.ID == "" {
				before = s.head // what the first pass took in is no change of act's
			}
			failed, act = act(), nil
			if s.led != nil && s.led.head != s.head.ID {
				s.led = nil // as large as the one that comes next
			}
		}
		if trouble == nil {
			trouble = s.push()
		} else {
			s.stillWaiting()
		}
		if !errors.Is(trouble, ooxml.ErrChanged) {
			break
		}
		s.book = nil
		if try == tries {
			trouble = s.unquiet()
			break
		}
		pause := time.Duration(10+rand.IntN(20<<min(try, 5))) * time.Millisecond
		if sleep(ctx, pause) != nil {
			trouble = ctx.Err()
			break
		}
	}
	if act != nil && failed == nil {
		failed = trouble // it never had a head to work on
	}
	s.publish(trouble)
	r = s.report(before)
	r.Untyped = slices.Clone(s.untold[untold:])
	r.Copies = append(r.Copies, s.inbox.reports[min(copies, len(s.inbox.reports)):]...)
	if opt.inbox {
		r.Copies = append(r.Copies, s.inbox.arriving...)
	}
	if failed != nil {
		return r, failed
	}
	return r, trouble
}

// refresh reads the workbook again if it is not the one that was read.
func (s *replica) refresh() error {
	if s.book.same() || s.book.sameBytes() {
		return nil
	}
	b, err := readBook(s.path, s.opt)
	if err != nil {
		s.book.stale()
		if unready(err) {
			return &msg.Error{Class: ErrMissing, Text: msg.New("syncer.unready", "File", filepath.Base(s.path)),
				Hint: msg.New("syncer.unready.hint"), Err: err}
		}
		return err
	}
	s.book = b
	return nil
}

// stale makes the next refresh read the file whatever its state says.
func (b *book) stale() {
	if b != nil {
		b.info = nil
	}
}
