package summary

import (
	"strconv"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// column is a column of a table of tasks.
type column struct {
	key     string
	heading string
	width   float64
	wrap    bool // long texts, which decide on the height of the row
	centred bool
	value   func(n int, it item) any // n counts the table's rows from 0
}

// Keys of columns that are no field of the ledger.
const (
	colLedger = "ledger"
	colDue    = "due"
	colKind   = "kind"
	colTiming = "timing"
	colDays   = "days"
	colOrder  = "order"  // counts the table's own rows
	colUnit   = "unit"   // the lead unit, with words for none
	colReview = "review" // where it stands in review, and extensions
	colProofs = "proofs" // evidence that the supervision record keeps
)

// least and most width of columns with texts of any length, and in how many
// lines most of their texts should fit.
var roomOf = map[string][3]float64{
	ledger.FieldTitle:       {18, 30, 3},
	ledger.FieldRequirement: {24, 48, 6},
	ledger.FieldProgress:    {24, 48, 6},
	ledger.FieldProblems:    {16, 36, 5},
	ledger.FieldNextSteps:   {16, 36, 5},
	ledger.FieldEvidence:    {12, 28, 4},
	ledger.FieldRemark:      {12, 28, 4},
	ledger.FieldSection:     {9, 16, 2},
	ledger.FieldLead:        {12, 18, 2},
	ledger.FieldSupport:     {12, 22, 3},
	colUnit:                 {12, 18, 2},
	colProofs:               {12, 28, 4},
	colLedger:               {14, 24, 3},
	"":                      {10, 28, 4}, // of columns without a known meaning
}

// fixed widths, in characters.
var widthOf = map[string]float64{
	ledger.FieldNumber: 6, ledger.FieldCode: 12, ledger.FieldLeader: 10, ledger.FieldOwner: 9, ledger.FieldPhone: 14,
	ledger.FieldDeadline: 13, ledger.FieldStatus: 10, ledger.FieldCompleted: 12,
	colDue: 12, colKind: 10, colTiming: 10, colReview: 10, colDays: 8, colOrder: 6,
}

// headingOf are the headings of the columns that are not fields of a ledger.
var headingOf = map[string]msg.Text{
	colOrder:  msg.New("report.col.number"),
	colUnit:   msg.New("report.col.lead"),
	colLedger: msg.New("report.col.ledger"),
	colDue:    msg.New("report.col.due"),
	colKind:   msg.New("report.col.kind"),
	colTiming: msg.New("report.col.timing"),
	colDays:   msg.New("report.col.days"),
	colReview: msg.New("report.col.review"),
	colProofs: msg.New("report.col.proofs"),
}

// columnHeading is the heading of a column of tasks; "" if it is none of those known.
func (m *model) columnHeading(key string) string {
	if own, ok := headingOf[key]; ok {
		return own.In(m.opt.Lang)
	}
	return ledger.FieldText(key).In(m.opt.Lang)
}

// always are the columns that a table has even if all its cells are empty.
var always = map[string]bool{
	ledger.FieldNumber: true, ledger.FieldTitle: true, ledger.FieldLead: true, ledger.FieldDeadline: true,
	ledger.FieldStatus: true,
	colLedger:          true, colDue: true, colKind: true, colTiming: true, colDays: true, colOrder: true,
}

// columns are those of keys that any of the tasks fills, each as wide as its
// texts need.
func (m *model) columns(keys []string, tasks []int) []column {
	var out []column
	for _, key := range keys {
		if key == colLedger && !m.many {
			continue
		}
		c := m.column(key)
		if m.fit(&c, tasks) || always[key] {
			out = append(out, c)
		}
	}
	return out
}

func (m *model) column(key string) column {
	c := column{key: key, heading: m.columnHeading(key), width: widthOf[key], value: m.valueOf(key)}
	_, c.wrap = roomOf[key]
	c.wrap = c.wrap || key == ledger.FieldDeadline
	switch key {
	case ledger.FieldTitle, ledger.FieldRequirement, ledger.FieldProgress, ledger.FieldProblems, ledger.FieldNextSteps,
		ledger.FieldEvidence, ledger.FieldRemark, colProofs:
	default:
		c.centred = true
	}
	return c
}

// extras are the columns without a known meaning, as they first appear in the
// ledgers.
func (m *model) extras() []column {
	var out []column
	seen := map[string]bool{}
	taken := map[string]bool{}
	for _, src := range m.in {
		for _, t := range src.Ledger.Tasks {
			for at, e := range t.Extra {
				if seen[e.Key] {
					continue
				}
				seen[e.Key] = true
				heading := clean(e.Heading)
				if heading == "" {
					heading = clean(e.Key)
				}
				for i := 2; taken[heading]; i++ {
					heading = clean(e.Heading) + " " + strconv.Itoa(i)
				}
				taken[heading] = true
				key, at := e.Key, at
				c := column{key: key, heading: heading, wrap: true, value: func(_ int, it item) any {
					if at < len(it.Extra) && it.Extra[at].Key == key {
						return it.Extra[at].Value // the usual case: all tasks have the same columns
					}
					return it.Text(key)
				}}
				if m.fit(&c, m.every()) {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// fit gives a column its width, and reports whether any cell is filled.
func (m *model) fit(c *column, tasks []int) bool {
	room, ok := roomOf[c.key]
	if !ok && c.width == 0 {
		room, ok = roomOf[""], true
	}
	var widths []int
	used := false
	for n, i := range tasks {
		switch v := c.value(n, m.items[i]).(type) {
		case string:
			used = used || v != ""
			if ok && v != "" {
				widths = append(widths, textWidth(v))
			}
		case nil:
		default:
			used = true
		}
	}
	if ok {
		c.width = max(roomy(widths, int(room[2]), room[0], room[1]), min(float64(textWidth(c.heading))+2, 14))
	}
	return used
}

func (m *model) every() []int {
	out := make([]int, len(m.items))
	for i := range out {
		out[i] = i
	}
	return out
}

func (m *model) valueOf(key string) func(int, item) any {
	switch key {
	case ledger.FieldNumber:
		return func(_ int, it item) any { return figure(it.Number) }
	case ledger.FieldLead:
		return func(_ int, it item) any { return clean(it.Lead) }
	case colLedger:
		return func(_ int, it item) any { return m.labels[it.src] }
	case colDue:
		return func(_ int, it item) any {
			if it.DueNow.IsZero() {
				return nil
			}
			return it.DueNow
		}
	case colKind:
		return func(_ int, it item) any { return m.statusKind(it.Status.Kind) }
	case colTiming:
		return func(_ int, it item) any { return m.timing(it.Task) }
	case colReview:
		return func(_ int, it item) any { return m.standing(it.Task) }
	case colProofs:
		return func(_ int, it item) any { return m.proofs(it.Task) }
	case colDays:
		return func(_ int, it item) any {
			if !it.Overdue {
				return nil
			}
			return it.DaysOverdue
		}
	case colUnit:
		return func(_ int, it item) any { return m.unitName(clean(it.Lead)) }
	case colOrder:
		return func(n int, _ item) any { return n + 1 }
	}
	return func(_ int, it item) any { return strings.TrimSpace(it.Text(key)) }
}

// figure is a number as a number where nothing is lost by it.
func figure(s string) any {
	if n, err := strconv.Atoi(s); err == nil && strconv.Itoa(n) == s && len(s) < 10 {
		return n
	}
	return s
}
