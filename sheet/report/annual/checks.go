package annual

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// Check is one thing that must hold.
type Check struct {
	Rule    string // what it is about: balance, results, columns, cases, carried, in_force, number, text, fee
	Where   string // the column or row of the form, in its own words
	OK      bool
	Got     float64
	Want    float64
	Warning bool // it may be right although it does not hold
	Text    msg.Text
	Rows    []*ledger.Entry // that cause the breach, where they are known
}

// check makes the checks of the form.
func (r *Report) check() {
	q := r.Requests
	for i, name := range Columns {
		got, want := q[rowNew][i]+q[rowCarriedIn][i], q[rowTotal][i]+q[rowCarriedOn][i]
		c := Check{Rule: "balance", Where: name, Got: float64(got), Want: float64(want)}
		c.Text = msg.New("annual.check_balance", "Column", name, "New", q[rowNew][i], "In", q[rowCarriedIn][i],
			"Total", q[rowTotal][i], "On", q[rowCarriedOn][i])
		if r.carryTyped() {
			c.Rows = r.rowsCarried(i)
		}
		r.add(c)
	}
	for i, name := range Columns {
		sum := 0
		for _, l := range lines {
			if l.leaf {
				sum += q[l.key][i]
			}
		}
		c := Check{Rule: "results", Where: name, Got: float64(sum), Want: float64(q[rowTotal][i])}
		c.Text = msg.New("annual.check_results", "Column", name, "Sum", sum, "Total", q[rowTotal][i])
		for _, e := range r.year.Unmapped {
			if i == 6 || e.Value("applicant_kind") == columnKeys[i] {
				c.Rows = append(c.Rows, e)
			}
		}
		r.add(c)
	}
	for _, l := range lines {
		row, sum := q[l.key], 0
		for _, n := range row[:6] {
			sum += n
		}
		c := Check{Rule: "columns", Where: l.name, Got: float64(sum), Want: float64(q[l.key][6])}
		c.Text = msg.New("annual.check_columns", "Row", l.name, "Sum", sum, "Total", q[l.key][6])
		if sum != q[l.key][6] {
			c.Rows = r.unknownKind(l.key)
		}
		r.add(c)
	}
	for _, p := range reviewParts {
		f := r.Reviews[p.key]
		sum := f[0] + f[1] + f[2] + f[3]
		r.add(Check{Rule: "cases", Where: p.name, Got: float64(sum), Want: float64(f[4]),
			Text: msg.New("annual.check_cases", "Part", p.name, "Sum", sum, "Total", f[4])})
	}
	r.checkLast()
	r.checkInForce()
	r.checkNumbers()
	r.checkTexts()
	r.checkFees()
}

func (r *Report) add(c Check) {
	c.OK = c.Got == c.Want
	if c.OK {
		c.Rows = nil
	}
	r.Checks = append(r.Checks, c)
}

// rowsTyped are the rows of 年报数据 for items.
func (r *Report) rowsTyped(keys ...string) (out []*ledger.Entry) {
	for _, k := range keys {
		if v := r.typed[k]; v != nil && v.entry != nil {
			out = append(out, v.entry)
		}
	}
	return out
}

// rowsCarried are the rows of 年报数据 that say what was carried in, in a column of
// table 三 or, of the last, in all.
func (r *Report) rowsCarried(column int) (out []*ledger.Entry) {
	for i, kind := range ledger.ApplicantKinds {
		if v := r.typed["carried_"+kind]; v != nil && v.text != "" && (column == i || column == 6) {
			out = append(out, v.entry)
		}
	}
	return out
}

// unknownKind are the requests of a row of table 三 whose kind of applicant is not
// known.
func (r *Report) unknownKind(key string) (out []*ledger.Entry) {
	for _, e := range r.year.UnknownKind {
		fits := false
		switch key {
		case rowNew:
			fits = !slices.Contains(r.year.CarriedInRows, e)
		case rowCarriedIn:
			fits = slices.Contains(r.year.CarriedInRows, e)
		case rowCarriedOn:
			fits = slices.Contains(r.year.CarriedOnRows, e)
		case rowTotal:
			fits = slices.Contains(r.year.SettledRows, e)
		default:
			fits = slices.Contains(r.year.SettledRows, e) && e.Outcome() == key
		}
		if fits {
			out = append(out, e)
		}
	}
	return out
}

// checkLast compares with last year's report.
func (r *Report) checkLast() {
	if r.Last == nil {
		return
	}
	for i, name := range Columns {
		got, want := r.Requests[rowCarriedIn][i], r.Last.CarriedOn[i]
		c := Check{Rule: "carried", Where: name, Got: float64(got), Want: float64(want),
			Text: msg.New("annual.check_carried", "Column", name, "Got", got, "Want", want, "Year", r.Last.Year)}
		if r.carryTyped() {
			c.Rows = r.rowsCarried(i)
		} else {
			for _, e := range r.year.CarriedInRows {
				if i == 6 || e.Value("applicant_kind") == columnKeys[i] {
					c.Rows = append(c.Rows, e)
				}
			}
		}
		r.add(c)
	}
}

// checkInForce counts the documents in force on from last year's report, else from
// what was typed for that year.
func (r *Report) checkInForce() {
	typed := typedIn(r.Ledger, r.Year-1)
	for _, p := range active[0].rows {
		before, known := 0.0, false
		if v := typed[p.items[2]]; v != nil && v.text != "" && !v.fault {
			before, known = v.n, true
		}
		if r.Last != nil && !r.Last.Old { // the old form counts what was made public
			if n, ok := r.Last.InForce[p.key]; ok {
				before, known = n, true
			}
		}
		v := r.typed[p.items[2]]
		if !known || v == nil || v.text == "" {
			continue
		}
		f := r.Active[p.key]
		r.add(Check{Rule: "in_force", Where: p.name, Got: f[2], Want: before + f[0] - f[1], Warning: true,
			Rows: r.rowsTyped(p.items...),
			Text: msg.New("annual.check_in_force", "Row", p.name, "Got", show(f[2]), "Before", show(before),
				"Issued", show(f[0]), "Repealed", show(f[1]))})
	}
}

// checkNumbers tells what is typed on 年报数据 that is no number that may stand there.
func (r *Report) checkNumbers() {
	faults := 0
	for _, it := range items {
		v := r.typed[it.key]
		if v == nil || !v.fault {
			continue
		}
		faults++
		r.Checks = append(r.Checks, Check{Rule: "number", Where: it.name, Got: v.n, Rows: []*ledger.Entry{v.entry},
			Text: msg.New("annual.check_number", "Item", it.name, "Text", v.text, "Decimals", it.kind == amount)})
	}
	if faults == 0 {
		r.add(Check{Rule: "number", Text: msg.New("annual.check_numbers")})
	}
}

// said is a figure that a text may tell, and what it must be.
type said struct {
	pattern *regexp.Regexp
	want    func(r *Report) []float64
}

func pattern(s string) *regexp.Regexp {
	return regexp.MustCompile(strings.NewReplacer("~", `[^，。；;,、：:\d]{0,14}?`, "#", `(\d+(?:\.\d+)?)`).Replace(s))
}

func ints(list ...int) (out []float64) {
	for _, n := range list {
		out = append(out, float64(n))
	}
	return out
}

// figuresSaid are the figures that are looked for in typed texts.
var figuresSaid = []said{
	{pattern(`新收~#件`), func(r *Report) []float64 { return ints(r.Requests[rowNew][6]) }},
	{pattern(`(?:收到|受理)~申请~#件`), func(r *Report) []float64 {
		return ints(r.Requests[rowNew][6], r.Requests[rowNew][6]+r.Requests[rowCarriedIn][6])
	}},
	{pattern(`上年结转~#件`), func(r *Report) []float64 { return ints(r.Requests[rowCarriedIn][6]) }},
	{pattern(`结转下年~#件`), func(r *Report) []float64 { return ints(r.Requests[rowCarriedOn][6]) }},
	{pattern(`(?:办结|答复)~申请~#件|申请~办结#件`), func(r *Report) []float64 { return ints(r.Requests[rowTotal][6]) }},
	{pattern(`予以公开~#件`), func(r *Report) []float64 { return ints(r.Requests["granted"][6]) }},
	{pattern(`部分公开~#件`), func(r *Report) []float64 { return ints(r.Requests["partial"][6]) }},
	{pattern(`不予公开~#件`), func(r *Report) []float64 { return ints(r.group("（三）不予公开")) }},
	{pattern(`无法提供~#件`), func(r *Report) []float64 { return ints(r.group("（四）无法提供")) }},
	{pattern(`不予处理~#件`), func(r *Report) []float64 { return ints(r.group("（五）不予处理")) }},
	{pattern(`其他处理~#件`), func(r *Report) []float64 { return ints(r.group("（六）其他处理")) }},
	{pattern(`行政复议~#件`), func(r *Report) []float64 { return ints(r.Reviews["reviews"][4]) }},
	{pattern(`行政诉讼~#件`), func(r *Report) []float64 {
		return ints(r.Reviews["suits_direct"][4] + r.Reviews["suits_after_review"][4])
	}},
	{pattern(`(?:制发|制定|印发)~规范性文件~#件`), func(r *Report) []float64 { return []float64{r.Active["normative"][0]} }},
	{pattern(`废止~规范性文件~#件`), func(r *Report) []float64 { return []float64{r.Active["normative"][1]} }},
	{pattern(`现行有效~规范性文件~#件|规范性文件~现行有效#件`), func(r *Report) []float64 { return []float64{r.Active["normative"][2]} }},
	{pattern(`行政许可~#件`), func(r *Report) []float64 { return r.Active["licences"] }},
	{pattern(`行政处罚~#件`), func(r *Report) []float64 { return r.Active["penalties"] }},
	{pattern(`行政强制~#件`), func(r *Report) []float64 { return r.Active["coercive"] }},
	{pattern(`事业性收费~#万元`), func(r *Report) []float64 { return r.Active["charges"] }},
	{pattern(`信息处理费~#元`), func(r *Report) []float64 { return []float64{r.fees.yuan} }},
}

// checkTexts compares the figures in typed texts with those of the tables.
func (r *Report) checkTexts() {
	for _, it := range items {
		v := r.typed[it.key]
		if it.kind != prose || v == nil || v.text == "" {
			continue
		}
		text := width.Fold.String(strings.Join(strings.Fields(v.text), ""))
		text = strings.NewReplacer(",", "，", ";", "；").Replace(text)
		for _, s := range figuresSaid {
			for _, m := range s.pattern.FindAllStringSubmatch(text, -1) {
				number := m[1]
				if number == "" {
					number = m[len(m)-1]
				}
				got, err := strconv.ParseFloat(number, 64)
				want := s.want(r)
				if err != nil || len(want) == 0 {
					continue
				}
				c := Check{Rule: "text", Where: it.name, Got: got, Want: want[0], Rows: []*ledger.Entry{v.entry},
					Text: msg.New("annual.check_text", "Item", it.name, "Words", m[0], "Want", show(want[0]))}
				for _, w := range want {
					if w == got {
						c.Want = w
					}
				}
				r.add(c)
			}
		}
	}
}

// fees are the charges for requests that the register names.
type fees struct {
	yuan  float64
	rows  []*ledger.Entry // with a fee
	wrong []*ledger.Entry // whose fee is neither that by item nor that by page
}

// feesCharged are the fees of requests that were settled or came in in the year.
func (r *Report) feesCharged() (out fees) {
	all := r.Ledger.Fees()
	for i := range all {
		f := &all[i]
		n, _, ok := parseNumber(f.Entry.Get("fee"))
		if !ok || n <= 0 || r.feeYear(f.Entry) != r.Year {
			continue
		}
		out.yuan += n
		out.rows = append(out.rows, f.Entry)
		byItem, byPage := float64(f.ByItem), float64(f.ByPage)
		if (f.Nth > 0 || f.Pages > 0) && n != byItem && n != byPage {
			out.wrong = append(out.wrong, f.Entry)
		}
	}
	return out
}

// feeYear is the year in which a fee was taken: that of its payment, else of the
// reply, else of the request.
func (r *Report) feeYear(e *ledger.Entry) int {
	for _, f := range []string{"paid", "replied", "received", "started"} {
		if d := r.Ledger.DayOf(e, f); !d.IsZero() {
			return d.Year()
		}
	}
	return 0
}

func (r *Report) checkFees() {
	if len(r.fees.wrong) > 0 {
		r.Checks = append(r.Checks, Check{Rule: "fee", Warning: true, Got: float64(len(r.fees.wrong)),
			Rows: r.fees.wrong,
			Text: msg.New("annual.check_fee", "Count", len(r.fees.wrong))})
	}
}

// Place is where a row stands, for people: the sheet and the row's number in it,
// and what the row is called by.
func Place(e *ledger.Entry) msg.Text {
	name := e.Number
	if name == "" {
		name = e.Title
	}
	return msg.New("annual.place", "Sheet", e.Source.Sheet, "Row", e.Source.Row, "Name", name)
}

// lacks tells what a person must still say.
func (r *Report) lacks() {
	miss := func(key string, pairs ...any) { r.Missing = append(r.Missing, msg.New(key, pairs...)) }
	if r.Ledger.Office == "" {
		miss("annual.miss_office")
	}
	for _, kind := range []string{"requests", "reviews"} {
		if r.Ledger.Register(kind) == nil {
			if def := r.Ledger.RegisterDef(kind); def != nil {
				miss("annual.miss_register", "Register", def.Name)
			}
		}
	}
	var blank []string
	for _, it := range items {
		if v := r.typed[it.key]; (it.kind == count || it.kind == amount) && (v == nil || v.dash) {
			blank = append(blank, it.name)
		}
	}
	if len(blank) > 0 {
		miss("annual.miss_items", "Count", len(blank), "Items", strings.Join(blank, "、"))
	}
	if e := r.year.Undated; len(e) > 0 {
		miss("annual.miss_dates", "Count", len(e), "Rows", places(e))
	}
	if len(r.undatedCases) > 0 {
		miss("annual.miss_case_dates", "Count", len(r.undatedCases), "Rows", places(r.undatedCases))
	}
	if texts := r.prompts(); len(texts) > 0 {
		miss("annual.miss_texts", "Count", len(texts), "Texts", strings.Join(texts, "、"))
	}
	if r.Last == nil {
		miss("annual.miss_last", "Year", r.Year-1)
	} else if r.Last.Blank > 0 {
		miss("annual.last_blank", "Count", r.Last.Blank)
	}
	if r.Last != nil && r.Last.Old {
		miss("annual.last_old", "Year", r.Last.Year)
	}
	if end := fmt.Sprintf("%d-12-31", r.Year); r.Ledger.Today.Format("2006-01-02") < end {
		miss("annual.still_runs", "Year", r.Year)
	}
}

// places names rows by their numbers, at most ten of them.
func places(list []*ledger.Entry) string {
	var out []string
	for i, e := range list {
		if i == 10 {
			out = append(out, "…")
			break
		}
		name := e.Number
		if name == "" {
			name = fmt.Sprintf("%s!%d", e.Source.Sheet, e.Source.Row)
		}
		out = append(out, name)
	}
	return strings.Join(out, "、")
}
