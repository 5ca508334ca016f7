package ledger

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// KindSupervision is the register of what a supervising office did (督办记录).
const KindSupervision = "supervision"

// Fields of the supervision record.
const (
	ActDate    = "date"
	ActTask    = "task"
	ActUnit    = "unit"
	ActKindOf  = "kind"
	ActNumber  = "notice_number"
	ActContent = "content"
	ActOldDue  = "old_due"
	ActNewDue  = "new_due"
	ActResult  = "result"
	ActHandler = "handler"
)

// ActKind is what an entry of the supervision record says was done.
type ActKind string

const (
	Assigned    ActKind = "assign"      // 交办
	Receipt     ActKind = "receipt"     // 签收
	Feedback    ActKind = "feedback"    // 反馈
	Refusal     ActKind = "refusal"     // 退单: the unit says that it is not its task
	Request     ActKind = "request"     // 延期申请
	Report      ActKind = "report"      // 报完成; of several leads each for itself
	Extension   ActKind = "extension"   // 同意延期
	Denial      ActKind = "denial"      // 不同意延期
	Accept      ActKind = "accept"      // 销号
	SendBack    ActKind = "return"      // 退回
	NoticeSent  ActKind = "notice"      // 提醒, 催办, 督办单: a step of the ladder
	Meeting     ActKind = "meeting"     // 会议
	Proof       ActKind = "evidence"    // 佐证
	Void        ActKind = "void"        // 作废: another entry does not count
	Instruction ActKind = "instruction" // 批示
	Appraisal   ActKind = "appraisal"   // 考核
)

// UnitActs are what a unit may say of its own tasks, in its own copy. Everything else
// is the coordinator's: an entry of another kind that comes in a copy has no effect.
var UnitActs = []ActKind{Receipt, Feedback, Request, Refusal, Report}

// ReviewState is where a task that was reported as done stands with the office that
// reviews it.
type ReviewState string

const (
	NotReviewed    ReviewState = ""
	ReviewWaiting  ReviewState = "waiting"  // 待审核
	ReviewReturned ReviewState = "returned" // 退回
	ReviewAccepted ReviewState = "accepted" // 销号
)

// Supervision says how an office supervises. The zero value: not at all, until the
// record has an entry.
type Supervision struct {
	On     bool // units' copies have the small sheet of the record from the beginning
	Review bool // what a unit reports as done waits for an entry that accepts it
	Sheet  bool // the record stands in the workbook, on a sheet of its own
	// Handler is who is put down as having handled what is recorded here.
	Handler string
}

// Act is one entry of the supervision record, read.
type Act struct {
	ID      string // of the row
	Day     time.Time
	Kind    ActKind
	Word    string // the kind as written: 催办
	Row     string // id of the task or row of a register that it is about; "" if it names none
	Task    *Task  // nil if Row is no task
	Unit    string // canonical; "" if nobody knows whose it is
	Number  string
	Content string
	OldDue  time.Time
	NewDue  time.Time
	Result  string
	Handler string
	Born    Birth // when and by whom it came in; zero if the history does not tell
	Void    bool  // another entry says that it does not count
	// Powerless: it came from a unit that has no right to it, and has no effect.
	Powerless bool
	Entry     *Entry
}

// Counts reports whether the entry has an effect.
func (a *Act) Counts() bool { return !a.Void && !a.Powerless && a.Kind != "" }

// Birth is how a row came into the ledger.
type Birth struct {
	At   time.Time
	Unit string // whose returned copy brought it; "": none did
	By   string // author
}

// Births is what a History may know beside when rows changed. Implemented by package
// history.
type Births interface {
	// Born is how a row of the supervision record came in; zero if that is not known.
	Born(row string) Birth
	// Reported is when a row's state, date of completion, progress or evidence last
	// changed; zero if never.
	Reported(row string) time.Time
}

// reActRow is the identity that a task cell of the record ends with.
var reActRow = regexp.MustCompile(`[#＃]\s*([0-9A-Za-z]{4,}(?:-\d+)?)\s*$`)

// labelTitle is how much of a title stands in a label, in characters.
const labelTitle = 24

// LabelName is the part of a label that people know a task by; see [Ledger.Label].
func LabelName(label string) string {
	name, _, _ := strings.Cut(label, " #")
	return name
}

// Label is how the supervision record names a task: so that people know it, and by an
// identity that stays whatever becomes of its number and its title.
func (l *Ledger) Label(id string) string {
	n := l.Line(id)
	if n == nil {
		return "#" + id
	}
	title := []rune(strings.Join(strings.Fields(strings.NewReplacer("#", "", "＃", "", ",", "，").Replace(n.Title)), " "))
	if len(title) > labelTitle {
		title = append(title[:labelTitle-1], '…')
	}
	return strings.TrimSpace(strings.TrimSpace(n.Number)+" "+string(title)) + " #" + l.shortID(id)
}

// shortID is the beginning of an id that no other row shares, of eight characters at
// least: two rows that are added later hardly share so many.
func (l *Ledger) shortID(id string) string {
	const least = 8
	if len(id) <= least || strings.Contains(id, "-") {
		return id
	}
	for n := least; n < len(id); n++ {
		if one, several := l.rowByID(id[:n]); one == id && !several {
			return id[:n]
		}
	}
	return id
}

// rowByID is the task or row of a register whose id is, or begins with, a text.
func (l *Ledger) rowByID(text string) (id string, several bool) {
	text = strings.ToLower(text)
	if l.byID[text] != nil || l.entries[text] != nil {
		return text, false
	}
	take := func(candidate string) {
		if strings.HasPrefix(candidate, text) {
			several = several || id != ""
			id = candidate
		}
	}
	for _, t := range l.Tasks {
		take(t.ID)
	}
	for k := range l.entries {
		take(k)
	}
	if several {
		return "", true
	}
	return id, false
}

// rowOf is the id of the row that the task cell of an entry names: by the identity at
// its end, else as people name tasks, else by the title. "" if nobody can tell.
func (l *Ledger) rowOf(text string) string {
	if m := reActRow.FindStringSubmatch(text); m != nil {
		if id, _ := l.rowByID(m[1]); id != "" {
			return id
		}
		text = text[:strings.LastIndexAny(text, "#＃")]
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if n, err := l.FindLine(text); err == nil {
		return n.ID
	}
	found := ""
	for _, t := range l.Tasks {
		if f := fold.Text(text); f == fold.Text(t.Title) || f == fold.Text(t.Number+t.Title) {
			if found != "" {
				return ""
			}
			found = t.ID
		}
	}
	return found
}

// ActRow is the id of the row that an entry about to be recorded names, and the name of the
// value that names it; "" if it names none that is known.
func (l *Ledger) ActRow(values map[string]string) (row, name string) {
	def := l.RegisterDef(KindSupervision)
	if def == nil {
		return "", ""
	}
	blank := def.blank()
	for name, v := range values {
		if i := def.column(blank, name); i >= 0 && blank.Columns[i].Key == ActTask {
			return l.rowOf(v), name
		}
	}
	return "", ""
}

// supervise reads the supervision record and has the tasks know what it says.
func (b *builder) supervise() {
	l := b.l
	if r := l.Register(KindSupervision); r != nil {
		births, _ := b.opt.History.(Births)
		for _, e := range r.Entries {
			l.Acts = append(l.Acts, b.act(e, births))
		}
		b.voids()
		slices.SortStableFunc(l.Acts, compareActs)
		for _, a := range l.Acts {
			if a.Task != nil && a.Counts() {
				a.Task.Acts = append(a.Task.Acts, a)
			}
		}
		b.checkActs()
	}
	if len(l.Acts) == 0 && !b.opt.Supervision.Review {
		return
	}
	for _, t := range l.Tasks {
		b.review(t)
	}
}

// compareActs orders entries by day, those of one day as they came in.
func compareActs(a, b *Act) int {
	return cmp.Or(a.Day.Compare(b.Day), a.Born.At.Compare(b.Born.At))
}

func (b *builder) act(e *Entry, births Births) *Act {
	a := &Act{ID: e.ID, Kind: ActKind(e.Value(ActKindOf)), Word: e.Get(ActKindOf), Unit: e.Unit,
		Number:  e.Get(ActNumber),
		Content: e.Get(ActContent), Result: e.Get(ActResult), Handler: e.Get(ActHandler), Entry: e}
	if births != nil {
		a.Born = births.Born(e.ID)
		a.Born.Unit = b.l.Directory.Canonical(a.Born.Unit)
	}
	if d := b.date(e.Get(ActDate)); d.Kind == due.Dated {
		a.Day = d.From
	} else if !a.Born.At.IsZero() {
		a.Day = due.UTCDay(a.Born.At)
	}
	for field, to := range map[string]*time.Time{ActOldDue: &a.OldDue, ActNewDue: &a.NewDue} {
		if d := b.date(e.Get(field)); d.Kind == due.Dated {
			*to = d.Due
		}
	}
	if a.Row = b.l.rowOf(e.Get(ActTask)); a.Row != "" {
		a.Task = b.l.byID[a.Row]
	}
	switch {
	case a.Born.Unit != "":
		a.Unit = a.Born.Unit // who sent the copy is whose word it is, whatever unit was chosen
	case a.Unit == "" && a.Task != nil:
		a.Unit = a.Task.Lead
	}
	if a.Born.Unit != "" {
		own := a.Task != nil && (a.Task.Lead == a.Unit || slices.Contains(a.Task.Leads, a.Unit) ||
			b.l.Directory.has(a.Task.Support, a.Unit))
		if en := b.l.entries[a.Row]; en != nil {
			own = slices.Contains(en.Units, a.Unit)
		}
		a.Powerless = !own || !slices.Contains(UnitActs, a.Kind)
	}
	return a
}

// voids marks the entries that others say do not count. An entry is named by the
// beginning of its id behind a #, or by its number.
func (b *builder) voids() {
	for _, v := range b.l.Acts {
		if v.Kind != Void || v.Powerless {
			continue
		}
		ref := cmp.Or(v.Number, v.Content)
		if m := reActRow.FindStringSubmatch(v.Content); m != nil {
			ref = m[1]
		}
		var hit []*Act
		for _, a := range b.l.Acts {
			if a != v && (a.ID == ref || len(ref) >= 6 && strings.HasPrefix(a.ID, strings.ToLower(ref)) ||
				a.Number != "" && a.Number == ref) {
				hit = append(hit, a)
			}
		}
		if len(hit) != 1 {
			b.log.warn(v.Entry.Table, v.Entry.Row, ActContent, ref, "ledger.act_void", "Ref", show(ref), "N", len(hit))
			continue
		}
		hit[0].Void = true
	}
}

// checkActs lists the entries that cannot be what they were meant to be.
func (b *builder) checkActs() {
	numbers := map[string]*Act{}
	for _, a := range b.l.Acts {
		t, r := a.Entry.Table, a.Entry.Row
		switch {
		case a.Kind == "":
			b.log.warn(t, r, ActKindOf, a.Word, "ledger.act_kind", "Text", show(a.Word))
		case a.Powerless:
			b.log.warn(t, r, ActKindOf, a.ID, "ledger.act_powerless", "Unit", show(a.Unit), "Kind", show(a.Word),
				"Task", show(a.Entry.Get(ActTask)))
		case a.Row == "" && a.Kind != Void && a.Kind != Meeting && a.Kind != Appraisal:
			b.log.warn(t, r, ActTask, a.Entry.Get(ActTask), "ledger.act_task", "Text", show(a.Entry.Get(ActTask)))
		case a.Kind == Extension && a.NewDue.IsZero():
			b.log.warn(t, r, ActNewDue, "", "ledger.act_new_due", "Task", show(a.Entry.Get(ActTask)))
		}
		if a.Number == "" || a.Kind != NoticeSent || a.Void {
			continue
		}
		if first := numbers[a.Number]; first != nil && first.Row != a.Row {
			b.log.warn(t, r, ActNumber, a.Number, "ledger.act_number_twice", "Number", show(a.Number))
		} else if first == nil {
			numbers[a.Number] = a
		}
	}
}

// extendedTo is the last day that was approved for the task.
func (t *Task) extendedTo() time.Time {
	for _, a := range slices.Backward(t.Acts) {
		if a.Kind == Extension && !a.NewDue.IsZero() {
			return a.NewDue
		}
	}
	return t.Deadline.Due
}

// Last is the last entry of one of these kinds about the task, nil if there is none.
func (t *Task) Last(kinds ...ActKind) *Act {
	for _, a := range slices.Backward(t.Acts) {
		if slices.Contains(kinds, a.Kind) {
			return a
		}
	}
	return nil
}

// Answered are the leads of a task that reported it as done for themselves, since it
// was returned last.
func (t *Task) Answered() (units []string) {
	for _, a := range t.Acts {
		switch {
		case a.Kind == SendBack && (a.Unit == "" || len(t.Leads) == 0 || !slices.Contains(t.Leads, a.Unit)):
			units = nil
		case a.Kind == SendBack:
			units = slices.DeleteFunc(units, func(u string) bool { return u == a.Unit })
		case a.Kind == Report && !slices.Contains(units, a.Unit) &&
			(a.Unit == t.Lead || slices.Contains(t.Leads, a.Unit)):
			units = append(units, a.Unit)
		}
	}
	return units
}

// review finds out where a task stands that was reported as done.
//
// A task that several units lead is done when all of them have said so, once one of
// them has answered for itself. What is in review or was returned counts as in
// progress, whatever word stands in its cell.
func (b *builder) review(t *Task) {
	for _, a := range t.Acts {
		if a.Kind == Extension && !a.NewDue.IsZero() {
			t.Extended++
		}
	}
	done := t.Status.Kind == Done
	answered := t.Answered()
	if all := len(t.Leads); all > 0 && len(answered) > 0 {
		done = len(answered) == all
	} else if len(answered) > 0 {
		done = true
	}
	verdict := t.Last(Accept, SendBack)
	switch {
	case !done && verdict != nil && verdict.Kind == SendBack:
		t.Review = ReviewReturned
	case !done:
	case verdict == nil && b.opt.Supervision.Review:
		t.Review = ReviewWaiting
	case verdict == nil:
	case verdict.Kind == Accept:
		t.Review = ReviewAccepted
	case b.reportedSince(t, verdict):
		t.Review = ReviewWaiting
	default:
		t.Review = ReviewReturned
	}
	switch {
	case t.Review == ReviewWaiting || t.Review == ReviewReturned || !done && t.Status.Kind == Done:
		t.Status.Kind = InProgress
	case done:
		t.Status.Kind = Done
	}
}

// reportedSince reports whether a task was reported as done again after it was
// returned: by an entry, or in its own cells.
func (b *builder) reportedSince(t *Task, back *Act) bool {
	if r := t.Last(Report); r != nil && compareActs(r, back) > 0 {
		return true
	}
	h, ok := b.opt.History.(Births)
	if !ok || back.Born.At.IsZero() {
		return false
	}
	return h.Reported(t.ID).After(back.Born.At)
}

// Supervised reports whether the office supervises: by its settings, or since the
// record has an entry. Who does not, sees nothing of it.
func (l *Ledger) Supervised() bool {
	if l.joint != nil {
		return slices.ContainsFunc(l.joint.parts, (*Ledger).Supervised)
	}
	s := l.opt.Supervision
	return s.On || s.Review || s.Sheet || len(l.Acts) > 0
}

func appendOnly(def *RegisterDef) error {
	return &msg.Error{Class: ErrValue, Text: msg.New("ledger.append_only", "Register", show(def.Name)),
		Hint: msg.New("ledger.append_only.hint")}
}

// MayDelete refuses to delete a row of a register that is only ever added to.
func (l *Ledger) MayDelete(n *Line) error {
	if n.entry != nil && n.entry.Def.AppendOnly {
		return appendOnly(n.entry.Def)
	}
	return nil
}

// completeAct is an entry as a person typed it, with what goes without saying: the
// task by its label, today's date, the unit that leads the task.
func (l *Ledger) completeAct(def *RegisterDef, values map[string]string) (map[string]string, error) {
	t := def.blank()
	out, given := map[string]string{}, map[string]string{}
	for name, v := range values {
		i := def.column(t, name)
		if i < 0 {
			return nil, noField(t, name)
		}
		out[name], given[t.Columns[i].Key] = v, v
	}
	field := def.Field(ActKindOf)
	if word := strings.TrimSpace(given[ActKindOf]); word == "" || field.Value(word) == "" {
		return nil, &msg.Error{Class: ErrValue, Text: msg.New("ledger.act_kind", "Text", show(word)),
			Hint: msg.New("ledger.act_kind.hint", "Kinds", strings.Join(def.EntryChoices(nil, ActKindOf), "、"))}
	}
	if strings.TrimSpace(given[ActDate]) == "" {
		out[ActDate] = l.Today.Format(time.DateOnly)
	}
	if _, ok := given[ActHandler]; !ok && field.Value(given[ActKindOf]) != string(NoticeSent) {
		out[ActHandler] = l.opt.Supervision.Handler
	}
	ref := strings.TrimSpace(given[ActTask])
	if ref == "" {
		return out, nil
	}
	id := l.rowOf(ref)
	if id == "" {
		if _, err := l.FindLine(ref); err != nil {
			return nil, err
		}
	}
	for name := range values {
		if i := def.column(t, name); t.Columns[i].Key == ActTask {
			delete(out, name)
		}
	}
	out[ActTask] = l.Label(id)
	if strings.TrimSpace(given[ActUnit]) == "" {
		if task := l.byID[id]; task != nil {
			out[ActUnit] = task.Lead
		} else if e := l.entries[id]; e != nil {
			out[ActUnit] = e.Unit
		}
	}
	return out, nil
}

// IsRecord reports whether a table is the supervision record.
func IsRecord(t *table.Table) bool { return t.Kind == KindSupervision }
