package kit

import (
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/tui/index"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// FieldName is what a field is called where the workbook has no heading; "" if
// there is no such field.
func (u *Kit) FieldName(key string) string {
	if key == index.StateColumn {
		return u.Say("tui.field.state")
	}
	return ledger.FieldText(key).In(u.Lang)
}

// Field is what a column is called: its heading in the workbook, which the
// office knows, or else the field's name.
func (u *Kit) Field(key string) string {
	if u.Index != nil {
		for _, c := range u.Index.Columns {
			if c.Key == key && c.Short != "" {
				return u.Clean(c.Short)
			}
		}
	}
	if name := u.FieldName(key); name != "" {
		return name
	}
	return u.Clean(key)
}

// State is what a task's dates say about it, in words.
func (u *Kit) State(t *ledger.Task) (string, theme.Style) {
	k, days := index.State(t, u.Index.Ledger.Today)
	switch k {
	case index.Overdue:
		return u.Say("tui.state.overdue_days", "Days", days), u.Theme.Bad
	case index.Soon:
		if days <= 0 {
			return u.Say("tui.state.today"), u.Theme.Warn
		}
		return u.Say("tui.state.soon_days", "Days", days), u.Theme.Warn
	case index.Late:
		return ledger.TimingLate.Text().In(u.Lang), u.Theme.Dim
	case index.Stale:
		return ledger.TimingStale.Text().In(u.Lang), u.Theme.Warn
	}
	if t.Deadline.Kind == due.Unknown {
		return ledger.TimingUnclear.Text().In(u.Lang), u.Theme.Dim
	}
	return "", u.Theme.Text
}

// Status is how far a task is: the ledger's own word, and ours beside it where
// the ledger has none.
func (u *Kit) Status(t *ledger.Task) (string, theme.Style) {
	if t.Review == ledger.ReviewWaiting || t.Review == ledger.ReviewReturned {
		return u.Say("supervise.review_" + string(t.Review)), u.Theme.Warn // whatever the unit wrote
	}
	word := u.Clean(t.Status.Text)
	if word == "" {
		word = u.StatusKind(string(t.Status.Kind))
	}
	return word, u.statusStyle(t.Status.Kind)
}

func (u *Kit) statusStyle(k ledger.StatusKind) theme.Style {
	switch k {
	case ledger.Done:
		return u.Theme.Good
	case ledger.InProgress:
		return u.Theme.Info
	case ledger.Ongoing:
		return u.Theme.Dim
	case ledger.NotStarted:
		return u.Theme.Idle
	}
	return u.Theme.Warn
}

func (u *Kit) StatusKind(k string) string { return ledger.StatusKind(k).Text().In(u.Lang) }

// Requirement is how a requirement stands, in words.
func (u *Kit) Requirement(s ledger.RequirementState) (string, theme.Style) {
	style := u.Theme.Info
	switch s {
	case ledger.Met:
		style = u.Theme.Good
	case ledger.AtRisk:
		style = u.Theme.Warn
	case ledger.Missed:
		style = u.Theme.Bad
	}
	return s.Text().In(u.Lang), style
}

// Unit is a unit's name, or words for "none".
func (u *Kit) Unit(name string) string {
	if name == "" {
		return u.Say("tui.unit.none")
	}
	return u.Clean(name)
}

func (u *Kit) Group(by, name string) string {
	switch {
	case by == index.ByStatus:
		return u.StatusKind(name)
	case by == index.ByMonth && name == "":
		return u.Say("tui.group.no_date")
	case by == index.ByMonth:
		if t, err := time.Parse("2006-01", name); err == nil {
			return u.Month(t)
		}
	case by == index.ByUnit:
		return u.Unit(name)
	case name == "":
		return u.Say("tui.group.none")
	}
	return u.Clean(name)
}

// UnitIn is a unit's name for w cells: the words for "none" are short ones where there is
// little room.
func (u *Kit) UnitIn(name string, w int) string {
	full := u.Unit(name)
	if name == "" && u.Width(full) > w {
		return u.Say("tui.unit.none_short")
	}
	return full
}

func (u *Kit) Month(t time.Time) string {
	return u.Say("tui.month", "Year", t.Year(), "Month", int(t.Month()))
}

func (u *Kit) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
}

// Name is a task as people refer to it.
func (u *Kit) Name(t *ledger.Task) string {
	title := u.Clean(t.Title)
	if title == "" {
		title = u.Clean(t.Requirement)
	}
	if t.Number == "" {
		return title
	}
	return u.Clean(t.Number) + " " + title
}

// Why puts an error into words.
func (u *Kit) Why(err error) (sentence, hint string) {
	s, h := msg.Explain(u.Lang, err)
	return u.Clean(s), u.Clean(h)
}

func Itoa(n int) string { return strconv.Itoa(n) }

func (u *Kit) Owner(name string) string {
	if name == "" {
		return u.Say("tui.sync.somebody")
	}
	return u.Clean(name)
}

// Short is a value in a sentence.
func (u *Kit) Short(s string) string {
	s = u.Clean(s)
	if s == "" {
		return u.Say("tui.done.empty")
	}
	if u.Width(s) > 24 {
		s, _ = u.Cut(s, 22)
		return s + ".."
	}
	return s
}

// ShortPast is a value in a sentence that tells how it differs from before: where it is
// too long, what both begin with is left out.
func (u *Kit) ShortPast(before, s string) string {
	s = u.Clean(s)
	if u.Width(s) <= 24 {
		return u.Short(s)
	}
	now, was := []rune(s), []rune(u.Clean(before))
	same := 0
	for same < min(len(now), len(was)) && now[same] == was[same] {
		same++
	}
	const lead = 4 // of what is alike, so that the place is found
	if rest := string(now[max(0, same-lead):]); same > lead && same < len(now) {
		return text.Ellipsis + u.Short(rest)
	}
	return u.Short(s)
}

// Hour is a time of today to the minute, or a day.
func (u *Kit) Hour(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	if now := u.Now(); t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04")
	}
	return t.Format("01-02")
}

// Clock is a time of today, or a day.
func (u *Kit) Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	if now := u.Now(); t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04:05")
	}
	return t.Format("01-02 15:04")
}

// MonthFrom is a month as it is called in the month that is first.
func (u *Kit) MonthFrom(m, first time.Time) string {
	switch m {
	case first:
		return u.Say("tui.overview.this_month", "Month", int(m.Month()))
	case first.AddDate(0, 1, 0):
		return u.Say("tui.overview.next_month", "Month", int(m.Month()))
	}
	return u.Month(m)
}

// Ref is a task as people refer to it.
func (u *Kit) Ref(number, title string) string {
	return u.Clean(strings.TrimSpace(number + " " + title))
}

func (u *Kit) ConflictField(c syncer.Conflict) string {
	switch {
	case c.Field == "":
		return u.Say("tui.conflict.row")
	case c.Heading == "":
		return u.Field(c.Field)
	}
	return u.Clean(index.LastPart(c.Heading))
}

// What the settings ask for and cannot have is said, once when the ledger opens
// and for good on the sync screen.

// ColumnKey is the column that a person means: by key, by heading, or by what
// the field is called; "" if the ledger has none.
func (u *Kit) ColumnKey(name string) string {
	if name == index.StateColumn {
		return name
	}
	want := index.Fold(strings.TrimSpace(name))
	for _, c := range u.Index.Columns {
		if index.Fold(c.Key) == want || index.Fold(c.Heading) == want || index.Fold(c.Short) == want {
			return c.Key
		}
	}
	for _, c := range u.Index.Columns {
		if index.Fold(u.FieldName(c.Key)) == want {
			return c.Key
		}
	}
	if index.Fold(u.FieldName(index.StateColumn)) == want {
		return index.StateColumn
	}
	return ""
}

// ReadDay says which day a text names, and how that stands to today for what is still
// open; bad marks what cannot be understood.
func (u *Kit) ReadDay(value string, open bool) (line string, bad bool) {
	l := u.Index.Ledger
	d := l.ReadDay(value)
	switch {
	case d.Kind == due.Unknown || d.Kind == due.None:
		return u.Say("tui.read.unknown_day"), true
	case d.Due.IsZero():
		return u.Say("tui.read.no_day", "Text", u.Clean(value)), false
	}
	days := int(d.Due.Sub(l.Today).Hours() / 24)
	weekday := d.Due.Format("2006-01-02")
	switch {
	case open && days < 0:
		return u.Say("tui.read.overdue", "Date", weekday, "Days", -days), false
	case open:
		return u.Say("tui.read.left", "Date", weekday, "Days", days), false
	}
	return u.Say("tui.read.day", "Date", weekday), false
}

// ReadEventDay says which day of an event a text names, and whether it is in the
// ledger's year: only those count.
func (u *Kit) ReadEventDay(value string) (line string, bad bool) {
	if strings.TrimSpace(value) == "" {
		return "", false
	}
	l := u.Index.Ledger
	if d := l.ReadDay(value); !d.Due.IsZero() && l.Year > 0 && d.Due.Year() != l.Year {
		return u.Say("tui.read.other_year", "Date", u.Date(d.Due), "Year", l.Year), true
	}
	return u.ReadDay(value, false)
}
