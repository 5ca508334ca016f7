package supervise

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// Step is a notice of the ladder that is due for one task and unit.
type Step struct {
	Task   *ledger.Task
	Unit   string
	Rung   Rung
	Nth    int       // position in the ladder, from 1
	Due    time.Time // the day for which it is sent
	Number string    // 督办单〔2022〕3号; the steps of one unit on one rung share it
}

// colourWords are what stands in the record, whose language is the workbook's.
var colourWords = map[Colour]string{Blue: "蓝色", Yellow: "黄色", Red: "红色"}

// ID is the same wherever the step is worked out, so that two coordinators who send it
// at the same time record one entry.
func (s Step) ID() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{s.Task.ID, s.Unit, s.Rung.Name, s.Due.Format(time.DateOnly)},
		"\x00")))
	return "n" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:15]
}

// Act is the entry of the record that says that the step was sent. It names nobody: two
// coordinators who send the step at once say the same.
func (s Step) Act(today time.Time) syncer.NewAct {
	return syncer.NewAct{ID: s.ID(), Values: map[string]string{
		ledger.ActDate: today.Format(time.DateOnly), ledger.ActTask: s.Task.ID, ledger.ActUnit: s.Unit,
		ledger.ActKindOf: s.Rung.Name,
		ledger.ActNumber: s.Number, ledger.ActOldDue: s.Due.Format(time.DateOnly),
		ledger.ActResult: colourWords[s.Rung.Colour]}}
}

// Steps are the notices that are due today, in the order of the ledger. unit is "" for
// those of all units.
//
// A step is sent once for one due date; a due date that is moved by an extension begins
// the ladder anew. Steps go out in their order and one a day: a task that is long
// overdue when the ladder is begun still gets the first one first. After a step that
// somebody recorded by hand the next one follows.
func Steps(l *ledger.Ledger, r Rules, unit string) []Step {
	var out []Step
	numbers := newNumbering(l)
	for _, t := range l.Tasks {
		if t.Lead == "" || t.Status.Kind == ledger.Done || t.Review == ledger.ReviewWaiting || t.DueNow.IsZero() {
			continue
		}
		units := []string{t.Lead}
		if len(t.Leads) > 0 {
			answered := t.Answered()
			units = slices.DeleteFunc(slices.Clone(t.Leads), func(u string) bool {
				return slices.Contains(answered,
					u)
			})
		}
		for _, u := range units {
			n, ok := next(l, r.Ladder, t, u)
			if !ok {
				continue
			}
			s := Step{Task: t, Unit: u, Rung: r.Ladder[n], Nth: n + 1, Due: t.DueNow}
			s.Number = numbers.of(s)
			if unit == "" || unit == u {
				out = append(out, s)
			}
		}
	}
	return out
}

// next is the position of the step that is due for a task and unit today.
func next(l *ledger.Ledger, ladder []Rung, t *ledger.Task, unit string) (n int, due bool) {
	for _, a := range t.Acts {
		if a.Kind != ledger.NoticeSent || a.Unit != unit || !a.OldDue.IsZero() && !a.OldDue.Equal(t.DueNow) {
			continue
		}
		at := slices.IndexFunc(ladder, func(r Rung) bool { return r.Name == a.Word })
		if a.OldDue.IsZero() && a.Day.After(t.DueNow.AddDate(0, 0, 400)) {
			continue
		}
		n = max(n, at+1)
		if !a.Day.Before(l.Today) && at >= 0 {
			return 0, false // one was sent today, or is dated later
		}
	}
	if n >= len(ladder) {
		return 0, false
	}
	rung := ladder[n]
	if !l.Today.Before(t.DueNow.AddDate(0, 0, rung.Days)) {
		return n, true
	}
	return n, rung.Behind && PaceOf(l, t).State == Behind
}

// ColourOf is how urgent a task is by the ladder: the last rung whose day has come. ""
// where none has.
func ColourOf(l *ledger.Ledger, r Rules, t *ledger.Task) Colour {
	if t.DueNow.IsZero() || t.Status.Kind == ledger.Done || t.Review == ledger.ReviewWaiting {
		return ""
	}
	for _, g := range slices.Backward(r.Ladder) {
		if !l.Today.Before(t.DueNow.AddDate(0, 0, g.Days)) || g.Behind && PaceOf(l, t).State == Behind {
			return g.Colour
		}
	}
	return ""
}

// numbering gives notices their numbers.
type numbering struct {
	l     *ledger.Ledger
	last  map[string]int    // by rung
	given map[string]string // by rung and unit
}

var reNotice = regexp.MustCompile(`^(.+)〔(\d{4})〕(\d+)号$`)

func newNumbering(l *ledger.Ledger) *numbering {
	n := &numbering{l: l, last: map[string]int{}, given: map[string]string{}}
	for _, a := range l.Acts {
		if m := reNotice.FindStringSubmatch(a.Number); m != nil && m[2] == strconv.Itoa(l.Today.Year()) {
			k, _ := strconv.Atoi(m[3])
			n.last[m[1]] = max(n.last[m[1]], k)
		}
	}
	return n
}

func (n *numbering) of(s Step) string {
	key := s.Rung.Name + "\x00" + s.Unit
	if n.given[key] == "" {
		n.last[s.Rung.Name]++
		n.given[key] = fmt.Sprintf("%s〔%d〕%d号", s.Rung.Name, n.l.Today.Year(), n.last[s.Rung.Name])
	}
	return n.given[key]
}
