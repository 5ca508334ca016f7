// Package annual makes the yearly report on the disclosure of government
// information (政府信息公开工作年度报告), in the form of 国办公开办函〔2021〕30号.
//
// [From] gathers it from an open ledger, [Make] from one that is at hand: the
// figures of the registers of requests and of reviews and suits, what people typed
// on the sheet 年报数据 ([Prepare] makes it), and what last year's report carried on.
// [Report.Checks] tells every sum that must hold, and of one that does not the rows
// that cause it; [Report.Missing] what a person must still say.
// [Report.Paper] is the whole report as an official paper, [Report.Workbook] its
// tables, with the checks, as a workbook; [ReadLast] reads figures back from such a
// workbook of any office, also in the form of the years 2019 and 2020.
//
// Sections one, five and six are drafted from figures; what no figure tells stands
// as 【请补充：…】.
package annual

import (
	"cmp"
	"context"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

// Report is the report of a year.
type Report struct {
	Year     int
	Ledger   *ledger.Ledger
	Active   map[string][]float64 // section 二: by key of the row
	Requests map[string][7]int    // table 三: by key of the row
	Reviews  map[string][5]int    // table 四: by key of the part
	Last     *Last                // nil: nothing is known of last year's report
	Checks   []Check
	Missing  []msg.Text

	typed values
	year  ledger.YearOfRequests
	fees  fees

	undatedCases []*ledger.Entry // decided, nobody knows in which year
}

// Breaches are the checks that do not hold; warnings are not among them.
func (r *Report) Breaches() (out []Check) {
	for _, c := range r.Checks {
		if !c.OK && !c.Warning {
			out = append(out, c)
		}
	}
	return out
}

// Office is whose report it is, "" if the ledger does not say.
func (r *Report) Office() string { return r.Ledger.Office }

// From gathers the report of a year from the ledger l, which may be several workbooks that
// are looked at as one; s is the one with the requests. last is what is known of last
// year's report, nil to look for the ledger of that year.
func From(ctx context.Context, s *syncer.Session, l *ledger.Ledger, year int, last *Last) (*Report, error) {
	if last == nil {
		before, file, err := s.Previous(ctx)
		if err != nil {
			return nil, err
		}
		if before != nil {
			last = lastOf(before, year-1, file)
		}
	}
	r := Make(l, year, last)
	for _, p := range l.Parts() {
		r.checkEvidence(p.Ledger, cmp.Or(p.Workbook, s.Snapshot().Path))
	}
	return r, nil
}

// Make makes the report of a year; last may be nil.
func Make(l *ledger.Ledger, year int, last *Last) *Report {
	r := &Report{Year: year, Ledger: l, Last: last, typed: typedIn(l, year), Active: map[string][]float64{},
		Requests: map[string][7]int{}, Reviews: map[string][5]int{}}
	for _, p := range active {
		for _, row := range p.rows {
			for _, key := range row.items {
				r.Active[row.key] = append(r.Active[row.key], r.typed.num(key))
			}
		}
	}
	r.requests()
	r.reviews()
	r.fees = r.feesCharged()
	r.check()
	r.lacks()
	return r
}

// requests fills table 三.
func (r *Report) requests() {
	r.year = r.Ledger.YearOfRequests(r.Year)
	row := func(byKind map[string]int) (out [7]int) {
		for i, kind := range ledger.ApplicantKinds {
			out[i] = byKind[kind]
		}
		out[6] = ledger.Total(byKind)
		return out
	}
	r.Requests[rowNew] = row(r.year.New)
	r.Requests[rowCarriedIn] = row(r.year.CarriedIn)
	r.Requests[rowCarriedOn] = row(r.year.CarriedOn)
	settled := map[string]int{}
	for _, o := range ledger.Outcomes {
		r.Requests[o.Key] = row(r.year.Outcomes[o.Key])
		for kind, n := range r.year.Outcomes[o.Key] {
			settled[kind] += n
		}
	}
	for _, e := range r.year.Unmapped {
		settled[e.Value("applicant_kind")]++
	}
	r.Requests[rowTotal] = row(settled)
	if r.carryTyped() {
		var in [7]int
		for i, kind := range ledger.ApplicantKinds {
			in[i] = int(r.typed.num("carried_" + kind))
			in[6] += in[i]
		}
		r.Requests[rowCarriedIn] = in
	}
}

// carryTyped reports whether somebody typed what was carried in.
func (r *Report) carryTyped() bool {
	for _, kind := range ledger.ApplicantKinds {
		if v := r.typed["carried_"+kind]; v != nil && v.text != "" && !v.fault {
			return true
		}
	}
	return false
}

// group is the sum of the results of a group of table 三.
func (r *Report) group(name string) (n int) {
	for _, l := range lines {
		if l.group == name {
			n += r.Requests[l.key][6]
		}
	}
	return n
}

// reviews fills table 四: cases decided in the year, and those that were pending
// at its end.
func (r *Report) reviews() {
	for _, p := range reviewParts {
		r.Reviews[p.key] = [5]int{}
	}
	reg := r.Ledger.Register("reviews")
	if reg == nil {
		return
	}
	reviewed := map[string]bool{} // requests about which there was a review
	for _, e := range reg.Entries {
		if k := e.Value("kind"); (k == "review" || k == "simple_review") && e.Get("request") != "" {
			reviewed[squeeze(e.Get("request"))] = true
		}
	}
	for _, e := range reg.Entries {
		came, decided := yearOfDay(r.Ledger.DayOf(e, "received")), yearOfDay(r.Ledger.DayOf(e, "decided"))
		result := e.Value("result")
		isDecided := result != "" && result != "pending" || e.Get("decided") != ""
		year := decided
		if year == 0 {
			year = came // when it was decided is not stated
		}
		switch {
		case came > r.Year, isDecided && year != 0 && year < r.Year:
			continue // another year's
		case isDecided && year == 0:
			r.undatedCases = append(r.undatedCases, e)
			continue
		}
		at := map[string]int{"upheld": 0, "corrected": 1, "other_result": 2}
		i, known := at[result]
		switch {
		case !isDecided || year > r.Year:
			i = 3
		case !known:
			i = 2
		}
		p := partOf(e, reviewed)
		f := r.Reviews[p]
		f[i]++
		f[4]++
		r.Reviews[p] = f
	}
}

// partOf is the part of table 四 in which a case is counted.
func partOf(e *ledger.Entry, reviewed map[string]bool) string {
	if k := e.Value("kind"); k != "suit" && !(k == "" && isCourt(e)) {
		return "reviews"
	}
	if goneBefore(e, reviewed) {
		return "suits_after_review"
	}
	return "suits_direct"
}

// yearOfDay is the year of a day, 0 if there is none.
func yearOfDay(day time.Time) int {
	if day.IsZero() {
		return 0
	}
	return day.Year()
}
