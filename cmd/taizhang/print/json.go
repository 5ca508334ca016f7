package print

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"unicode"
	"unicode/utf8"
)

// The documents of this file are a contract with scripts: names are added,
// never changed.

const indent = "  "

// JSON prints the one document of this run. Control characters and those
// that turn the direction of writing are escaped: a person may be looking.
func (p *Printer) JSON(doc any) error {
	text, err := encode(doc, "")
	if err != nil {
		return err
	}
	return escapeHidden(p.file, append(text, '\n'))
}

// List prints what printJSON does for the list of what doc makes of each item, one after
// the other: that of 100,000 tasks is 150 MB, and more before it is text.
func List[T, D any](to io.Writer, items []T, doc func(T) D) error {
	out := bufio.NewWriterSize(to, 64<<10)
	before, end := "[\n", "[]\n"
	for _, item := range items {
		text, err := encode(doc(item), indent)
		if err != nil {
			return err
		}
		if _, err := out.WriteString(before + indent); err != nil {
			return err
		}
		if err := escapeHidden(out, text); err != nil {
			return err
		}
		before, end = ",\n", "\n]\n"
	}
	out.WriteString(end) // Flush tells what went wrong
	return out.Flush()
}

// encode is doc as JSON; its lines but the first begin with prefix.
func encode(doc any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, indent)
	err := enc.Encode(doc)
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), err
}

// escapeHidden writes doc, and escapes what encoding/json lets through; such
// characters stand only inside strings.
func escapeHidden(w io.Writer, doc []byte) error {
	done := 0
	for i := 0; i < len(doc); {
		r, n := utf8.DecodeRune(doc[i:])
		if r >= 0x7f && r < 0xa0 || r <= 0xffff && unicode.Is(unicode.Cf, r) {
			if _, err := w.Write(doc[done:i]); err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, `\u%04x`, r); err != nil {
				return err
			}
			done = i + n
		}
		i += n
	}
	_, err := w.Write(doc[done:])
	return err
}

type taskDoc struct {
	ID          string            `json:"id"`
	Number      string            `json:"number"`
	Code        string            `json:"code"`
	Section     string            `json:"section"`
	Title       string            `json:"title"`
	Requirement string            `json:"requirement"`
	Lead        string            `json:"lead"`
	Support     []string          `json:"support"`
	Leader      string            `json:"leader"`
	Owner       string            `json:"owner"`
	Phone       string            `json:"phone"`
	Deadline    deadlineDoc       `json:"deadline"`
	Status      statusWordDoc     `json:"status"`
	Progress    string            `json:"progress"`
	Completed   string            `json:"completed"`
	Problems    string            `json:"problems"`
	NextSteps   string            `json:"next_steps"`
	Evidence    string            `json:"evidence"`
	Remark      string            `json:"remark"`
	Extra       map[string]string `json:"extra"` // by column key
	Overdue     bool              `json:"overdue"`
	DaysOverdue int               `json:"days_overdue"`
	DueSoon     bool              `json:"due_soon"`
	Late        bool              `json:"late"`
	Stale       bool              `json:"stale"`
	Source      sourceDoc         `json:"source"`
	Review      string            `json:"review"`        // waiting, returned, accepted; "": not reviewed
	Extended    int               `json:"extended"`      // approved extensions
	DueNow      string            `json:"due_effective"` // the day that counts
}

type deadlineDoc struct {
	Text string `json:"text"`
	Kind string `json:"kind"`
	Due  string `json:"due"`
}

type statusWordDoc struct {
	Text string `json:"text"`
	Kind string `json:"kind"`
}

type sourceDoc struct {
	Workbook string `json:"workbook,omitempty"` // where they are several
	Sheet    string `json:"sheet"`
	Row      int    `json:"row"`
}

func taskDocOf(t *ledger.Task) taskDoc {
	d := taskDoc{
		ID: t.ID, Number: t.Number, Code: t.Code, Section: t.Section, Title: t.Title, Requirement: t.Requirement,
		Lead: t.Lead, Support: OrEmpty(t.Support), Leader: t.Leader, Owner: t.Owner, Phone: t.Phone,
		Deadline: deadlineDoc{t.Deadline.Text, string(t.Deadline.Kind), Date(t.Deadline.Due)},
		Status:   statusWordDoc{t.Status.Text, string(t.Status.Kind)},
		Progress: t.Progress, Completed: t.Completed, Problems: t.Problems, NextSteps: t.NextSteps,
		Evidence: t.Evidence, Remark: t.Remark, Extra: map[string]string{},
		Overdue: t.Overdue, DaysOverdue: t.DaysOverdue, DueSoon: t.DueSoon, Late: t.Late, Stale: t.Stale,
		Source: sourceDoc{t.Source.Workbook, t.Source.Sheet, t.Source.Row},
		Review: string(t.Review), Extended: t.Extended, DueNow: Date(t.DueNow),
	}
	for _, e := range t.Extra {
		d.Extra[e.Key] = e.Value
	}
	return d
}

// OrEmpty is a list that JSON shows as [] where it is nil.
func OrEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

type countsDoc struct {
	Tasks      int `json:"tasks"`
	Done       int `json:"done"`
	InProgress int `json:"in_progress"`
	NotStarted int `json:"not_started"`
	Ongoing    int `json:"ongoing"`
	Unknown    int `json:"unknown"`
	Overdue    int `json:"overdue"`
	DueSoon    int `json:"due_soon"`
	Conflicts  int `json:"conflicts"`
	InReview   int `json:"in_review,omitempty"` // of those in progress, where the office reviews
	Returned   int `json:"returned,omitempty"`
}

func countsOf(c ledger.Counts) countsDoc {
	return countsDoc{
		Tasks: c.Tasks, Done: c.Done, InProgress: c.InProgress, NotStarted: c.NotStarted,
		Ongoing: c.Ongoing, Unknown: c.Unknown, Overdue: c.Overdue, DueSoon: c.DueSoon, InReview: c.InReview,
		Returned: c.Returned,
	}
}

type unitDoc struct {
	Unit string `json:"unit"`
	countsDoc
}

type requirementDoc struct {
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Required int    `json:"required"`
	Held     int    `json:"held"`
	State    string `json:"state"`
	Due      string `json:"due"`
}

type statusDocument struct {
	Ledger       string           `json:"ledger"`
	Year         int              `json:"year"`
	Today        string           `json:"today"`
	Revision     string           `json:"revision"`
	Totals       countsDoc        `json:"totals"`
	Units        []unitDoc        `json:"units"`
	Requirements []requirementDoc `json:"requirements"`
	// where they are several; the figures above are those of all
	Workbooks []workbookDoc `json:"workbooks,omitempty"`
}

// workbookDoc is how one of several workbooks stands.
type workbookDoc struct {
	Ledger   string    `json:"ledger"`
	Year     int       `json:"year"`
	Revision string    `json:"revision"`
	Totals   countsDoc `json:"totals"`
	Rows     int       `json:"rows"` // of registers
	Waiting  int       `json:"waiting"`
	Error    string    `json:"error"` // why it could not be opened, or not be synced; "" if all is well
}

func workbookDocOf(lang msg.Lang, w syncer.Workbook) workbookDoc {
	d := workbookDoc{Ledger: w.Path, Year: w.Year, Revision: w.Revision, Totals: countsOf(w.Totals), Rows: w.Rows,
		Waiting: w.Waiting}
	d.Totals.Conflicts = w.Conflicts
	if w.Trouble != nil {
		d.Error, _ = msg.Explain(lang, Plain(w.Trouble))
	}
	return d
}

func statusDoc(lang msg.Lang, path string, s *syncer.Snapshot) statusDocument {
	l := s.Ledger
	d := statusDocument{
		Ledger: path, Year: l.Year, Today: Date(l.Today), Revision: s.Revision,
		Totals: countsOf(l.Totals), Units: []unitDoc{}, Requirements: requirementDocs(allRequirements(l)),
	}
	for _, u := range l.ByUnit {
		d.Units = append(d.Units, unitDoc{u.Unit, countsOf(u.Counts)})
	}
	if len(s.Workbooks) > 0 {
		d.Revision = "" // each has its own
	}
	for _, w := range s.Workbooks {
		d.Workbooks = append(d.Workbooks, workbookDocOf(lang, w))
	}
	d.Totals.Conflicts = len(s.Conflicts)
	for _, c := range s.Conflicts {
		t := l.Task(c.Task)
		if c.Kind != ledger.KindTasks || t == nil {
			continue // of another table, or of a row that is gone: nobody leads it
		}
		for i := range d.Units {
			if d.Units[i].Unit == t.Lead {
				d.Units[i].Conflicts++
			}
		}
	}
	return d
}

// allRequirements are those of the ledger and the default ones that nothing in it asks
// for; ledger-wide ones first.
func allRequirements(l *ledger.Ledger) []ledger.Requirement {
	all := slices.Concat(l.Requirements, l.Unasked)
	slices.SortStableFunc(all, func(a, b ledger.Requirement) int { return min(len(a.Unit), 1) - min(len(b.Unit), 1) })
	return all
}

func requirementDocs(list []ledger.Requirement) []requirementDoc {
	out := make([]requirementDoc, 0, len(list))
	for _, r := range list {
		out = append(out, requirementDoc{r.Kind, r.Name, r.Unit, r.Required, r.Held, string(r.State), Date(r.Due)})
	}
	return out
}

// changeDoc is one value of head that changed, as in log.
type changeDoc struct {
	Task   string `json:"task"`
	Number string `json:"number"`
	Field  string `json:"field"`
	From   string `json:"from"`
	To     string `json:"to"`
	What   string `json:"what"` // "added" or "deleted" for a row as a whole, else ""
}

// editDoc is what a change did. ID is the task, event or conflict that it was
// about, "" if it was not about just one.
type editDoc struct {
	Revision  string      `json:"revision"`
	ID        string      `json:"id"`
	Changes   []changeDoc `json:"changes"`
	Conflicts int         `json:"conflicts"`
	Waiting   bool        `json:"waiting"`
	Doubts    []string    `json:"doubts"` // about values that were taken as typed
}

func editDocOf(id string, r syncer.Report, doubts []string) editDoc {
	return editDoc{Revision: r.Revision, ID: id, Changes: changeDocs(r.Changes), Conflicts: r.Conflicts,
		Waiting: r.Waiting, Doubts: doubts}
}

func changeDocs(list []syncer.Change) []changeDoc {
	out := make([]changeDoc, 0, len(list))
	for _, c := range list {
		out = append(out, changeDoc{c.Task, c.Number, c.Field, c.From, c.To, c.What})
	}
	return out
}
