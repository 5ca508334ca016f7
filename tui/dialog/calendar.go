package dialog

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// Calendar is a month as a calendar: on each day what falls due, and whether it is a
// rest day. Enter lists what falls due on the day under the cursor.
type Calendar struct {
	trouble
	ui  *kit.Kit
	day time.Time // under the cursor

	cell, tall int // of the last drawing
}

// NewCalendar is the calendar with the cursor on that day.
func NewCalendar(u *kit.Kit, day time.Time) *Calendar { return &Calendar{ui: u, day: day} }

// Whole: it takes the screen.
func (d *Calendar) Whole() bool { return true }

func (d *Calendar) Key(k tea.KeyPressMsg) intent.Intent {
	switch k.String() {
	case "left", "h":
		d.day = d.day.AddDate(0, 0, -1)
	case "right", "l":
		d.day = d.day.AddDate(0, 0, 1)
	case "up", "k":
		d.day = d.day.AddDate(0, 0, -7)
	case "down", "j":
		d.day = d.day.AddDate(0, 0, 7)
	case "pgup", "[":
		d.turn(-1)
	case "pgdown", "]":
		d.turn(1)
	case "home":
		d.day = d.ui.Index.Ledger.Today
	case "tab", "shift+tab":
		d.next(k.String() == "tab")
	case "enter", "space":
		return d.open()
	case "esc", "ctrl+c", "q":
		return intent.Closed{}
	}
	return nil
}

// turn goes to the same day of another month, or its last.
func (d *Calendar) turn(n int) {
	first := time.Date(d.day.Year(), d.day.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	d.day = first.AddDate(0, 0, min(d.day.Day(), last)-1)
}

// next goes to the next day on which something falls due, or the one before.
func (d *Calendar) next(forth bool) {
	var best time.Time
	for day := range d.ui.Index.Days() {
		if forth && day.After(d.day) && (best.IsZero() || day.Before(best)) || !forth && day.Before(d.day) &&
			day.After(best) {
			best = day
		}
	}
	if !best.IsZero() {
		d.day = best
	}
}

func (d *Calendar) open() intent.Intent {
	if n := d.ui.Index.Days()[d.day]; len(n.Tasks)+len(n.Entries) == 0 {
		return nil
	}
	return intent.OpenDay{Day: d.day}
}

func (d *Calendar) Paste(string) {}

func (d *Calendar) Click(x, y int, double bool) intent.Intent {
	if d.cell == 0 || y < 1 {
		return nil
	}
	at := d.first().AddDate(0, 0, min(x/(d.cell+1), 6)+7*((y-1)/d.tall))
	if (y-1)/d.tall > 5 {
		return nil
	}
	same := at.Equal(d.day)
	d.day = at
	if double && same {
		return d.open()
	}
	return nil
}

func (d *Calendar) Wheel(n int) {
	if n < 0 {
		d.turn(-1)
	} else {
		d.turn(1)
	}
}

func (d *Calendar) Help() [][2]string {
	u := d.ui
	return [][2]string{
		{u.Say("tui.calendar.arrows"), u.Say("tui.calendar.day")}, {"PgUp PgDn", u.Say("tui.calendar.month")},
		{"Tab", u.Say("tui.calendar.next")},
		{"Home", u.Say("tui.calendar.today")}, {"Enter", u.Say("tui.calendar.open")}, {"Esc", u.Say("tui.key.close")},
	}
}

// first is the Monday with which the picture of the month begins.
func (d *Calendar) first() time.Time {
	return index.Monday(time.Date(d.day.Year(), d.day.Month(), 1, 0, 0, 0, 0, time.UTC))
}

func (d *Calendar) Draw(w, h int) inside {
	u := d.ui
	d.cell = (w - 6) / 7
	d.tall = max(1, min(6, (h-2)/6))
	wide := d.cell*7 + 6
	sep := u.Theme.Border.On(u.Lines.V)
	names := strings.Fields(u.Say("tui.calendar.weekdays"))
	var head []string
	for i := range 7 {
		head = append(head, u.Theme.Title.On(u.Fit(" "+kit.Nth(names, i), d.cell)))
	}
	lines := []string{strings.Join(head, sep)}
	for week := range 6 {
		cells := make([][]string, 7)
		for i := range cells {
			cells[i] = d.drawDay(d.first().AddDate(0, 0, week*7+i))
		}
		for y := range d.tall {
			row := make([]string, 7)
			for i := range row {
				row[i] = cells[i][y]
			}
			lines = append(lines, strings.Join(row, sep))
		}
	}
	for i := range lines {
		lines[i] = u.FitStyled(lines[i], wide)
	}
	return inside{title: d.title(), lines: append(lines, u.FitStyled(u.Theme.Dim.On(u.Fit(d.foot(), wide)), wide)),
		w: wide}
}

func (d *Calendar) title() string {
	u := d.ui
	open, all := 0, 0
	for day, n := range u.Index.Days() {
		if day.Year() == d.day.Year() && day.Month() == d.day.Month() {
			all += len(n.Tasks) + len(n.Entries)
			open += n.Open
		}
	}
	return u.Say("tui.calendar.title", "Month", u.Month(d.day), "All", all, "Open", open)
}

// foot tells about the day under the cursor.
func (d *Calendar) foot() string {
	u := d.ui
	n := u.Index.Days()[d.day]
	rest := ""
	if h, ok := u.Index.Ledger.Calendar.Holiday(d.day); ok {
		rest = h.Name
	}
	return u.Say("tui.calendar.foot", "Day", u.Date(d.day), "Rest", rest, "Tasks", len(n.Tasks), "Entries",
		len(n.Entries))
}

// drawDay draws a day in d.tall lines of d.cell cells.
func (d *Calendar) drawDay(day time.Time) []string {
	u := d.ui
	n := u.Index.Days()[day]
	mark, number := " ", kit.Itoa(day.Day())
	base := u.Theme.Text
	if day.Month() != d.day.Month() {
		base = u.Theme.Dim
	}
	today := day.Equal(u.Index.Ledger.Today)
	if today {
		number = "[" + number + "]"
		base = u.Theme.Strong
	}
	if day.Equal(d.day) {
		mark, base = ">", u.Theme.Cursor
	}
	calendar := u.Index.Ledger.Calendar
	if h, named := calendar.Holiday(day); named && h.Off {
		number += u.Say("tui.calendar.off")
	} else if named {
		number += u.Say("tui.calendar.on")
	}
	count := ""
	if all := len(n.Tasks) + len(n.Entries); all > 0 {
		count = u.Say("tui.calendar.count", "Count", all)
	}
	line := mark + number
	if room := d.cell - u.Width(line) - u.Width(count); room > 0 {
		line += text.Blank(room) + count
	} else if count != "" && d.tall == 1 {
		line = u.Fit(mark+number, max(0, d.cell-u.Width(count))) + count
	}
	out := []string{base.On(u.Fit(line, d.cell))}
	var names []string
	var styles []theme.Style
	for _, i := range n.Tasks {
		t := u.Index.Task(i)
		style, sign := u.Theme.Text, "-"
		switch k, _ := index.State(t, u.Index.Ledger.Today); {
		case t.Status.Kind == ledger.Done:
			style, sign = u.Theme.Good, "="
		case k == index.Overdue:
			style, sign = u.Theme.Bad, "!"
		case k == index.Soon:
			style = u.Theme.Warn
		}
		names, styles = append(names, sign+u.Name(t)), append(styles, style)
		if len(names) > d.tall {
			break
		}
	}
	for _, e := range n.Entries[:min(len(n.Entries), d.tall)] {
		names, styles = append(names, "#"+u.Ref(e.Number, e.Title)), append(styles, u.Theme.Info)
	}
	for y := range d.tall - 1 {
		if y < len(names) {
			out = append(out, styles[y].On(u.Fit(names[y], d.cell)))
		} else {
			out = append(out, text.Blank(d.cell))
		}
	}
	return out
}

// Day lists what falls due on a day.
func Day(u *kit.Kit, day time.Time) *List {
	n := u.Index.Days()[day]
	var items []Item
	for _, i := range n.Tasks {
		t := u.Index.Task(i)
		word, _ := u.State(t)
		if word == "" {
			word, _ = u.Status(t)
		}
		items = append(items, Item{Label: u.Name(t), Value: kit.Join(u.Unit(t.Lead), word),
			Result: intent.GoTask{Task: t.ID}})
	}
	for _, e := range n.Entries {
		items = append(items, Item{Label: u.Ref(e.Number, e.Title),
			Value: kit.Join(u.Clean(e.Def.Name), u.Unit(e.Unit)), Result: intent.GoEntry{ID: e.ID}})
	}
	d := NewList(u, u.Say("tui.calendar.list", "Day", u.Date(day), "Count", len(items)), items)
	d.Wide = true
	return d
}
