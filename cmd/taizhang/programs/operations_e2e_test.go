//go:build e2e

package programs

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// checked: it is read as a person reads it, and reading changes nothing.
func (o *office) checked() error {
	before, err := os.ReadFile(o.path)
	if err != nil {
		return err
	}
	doc, err := o.run("check", "--json")
	if err != nil {
		return err
	}
	type column struct{ Column, Field string }
	type sheetDoc struct {
		Name, Role string
		HeaderRows []int `json:"header_rows"`
		FirstRow   int   `json:"first_row"`
		LastRow    int   `json:"last_row"`
		Columns    []column
	}
	said, err := decode[struct {
		Sheets   []sheetDoc
		Problems []struct{ Severity, Message string }
	}](doc)
	if err != nil {
		return err
	}
	for _, p := range said.Problems {
		if p.Severity == "error" {
			err = errors.Join(err, errors.New(p.Message))
		}
	}
	roles := map[string]string{}
	for _, s := range said.Sheets {
		roles[s.Name] = s.Role
		if s.Name != tasksSheet {
			continue
		}
		if !slices.Equal(s.HeaderRows, []int{3, 4}) || s.FirstRow != firstRow || s.LastRow != lastRow {
			err = errors.Join(err, fmt.Errorf("header %v, rows %d to %d", s.HeaderRows, s.FirstRow, s.LastRow))
		}
		for i, field := range fields {
			if i >= len(s.Columns) || s.Columns[i].Field != field {
				err = errors.Join(err, fmt.Errorf("column %d is not %s", i+1, field))
			}
		}
	}
	if want := map[string]string{tasksSheet: "tasks", eventsSheet: "activities", unitsSheet: "units",
		countsSheet: "other"}; !maps.Equal(roles, want) {
		err = errors.Join(err, fmt.Errorf("sheets %v", roles))
	}
	after, e := os.ReadFile(o.path)
	if !bytes.Equal(before, after) {
		err = errors.Join(err, errors.New("reading changed it"))
	}
	return errors.Join(err, e, o.holds())
}

// before is what stands in the ledger ahead of an operation.
func (o *office) before() (*state, error) {
	if o.last != nil {
		return o.last, nil
	}
	return o.after()
}

// after is what stands in it now.
func (o *office) after() (s *state, err error) {
	s, err = o.look(o.path)
	o.last = s
	return s, err
}

// expectation is what the two readers are to say, starting from what they said
// before.
type expectation struct{ known, shown map[string]string }

func (s *state) expect() expectation {
	return expectation{maps.Clone(s.known), maps.Clone(s.shown)}
}

// typed is a value that is typed into a cell.
func (x expectation) typed(sheet, cell, v string) {
	x.known["value "+sheet+"!"+cell] = v
	x.result(sheet, cell, v)
}

// result is what a formula says.
func (x expectation) result(sheet, cell, v string) {
	x.known["shown "+sheet+"!"+cell] = v
	x.shown["shown "+sheet+"!"+cell] = v
}

// became holds the expectation against what is there. The stamp is another
// after each write; a formula need not have a value if the workbook is marked for
// calculation.
func (x expectation) became(before, after *state) error {
	known, shown := maps.Clone(after.known), maps.Clone(after.shown)
	for _, name := range []string{"property taizhang-ledger", "property taizhang-revision"} {
		if known[name] == "" || shown[name] != known[name] {
			return fmt.Errorf("%s is %q for openpyxl, %q for LibreOffice", name, known[name], shown[name])
		}
		x.known[name], x.shown[name] = known[name], shown[name]
	}
	for k, v := range known {
		// A cell that was not there looks as its row or column does.
		if cell, is := strings.CutPrefix(k, "style "); is && before.known["style "+cell] == "" &&
			before.known["value "+cell] == "" && x.known["value "+cell] != "" {
			x.known[k] = v
		}
	}
	for k := range x.known {
		cell, result := strings.CutPrefix(k, "shown ")
		if !result || !strings.HasPrefix(x.known["value "+cell], "=") {
			continue
		}
		switch {
		case known[k] == "None" && strings.Contains(after.parts["xl/workbook.xml"], "fullCalcOnLoad"):
			delete(x.known, k)
			delete(known, k)
		case before.known[k] == "None" && known[k] != "None":
			x.known[k] = shown[k] // a value that it got must be the one that LibreOffice calculates
		}
	}
	return errors.Join(named("openpyxl", differ(rounded(x.known), rounded(known))),
		named("LibreOffice", differ(rounded(x.shown), rounded(shown))))
}

func named(who string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", who, err)
}

// rounded are readings with fractions of few digits.
func rounded(m map[string]string) map[string]string {
	out := maps.Clone(m)
	for k, v := range m {
		if f, err := strconv.ParseFloat(v, 64); err == nil && strings.HasPrefix(k, "shown ") &&
			strings.Contains(v, ".") {
			out[k] = strconv.FormatFloat(f, 'f', 4, 64)
		}
	}
	return out
}

// meant are the parts that a write may change: the sheets with the cells and
// with the formulas that depend on them, and what the stamp needs.
var meant = regexp.MustCompile(
	`^(xl/worksheets/sheet[14]\.xml|docProps/custom\.xml|\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml)$`)

func onlyMeant(before, after *state, also string) error {
	for _, part := range changedParts(before, after) {
		if !meant.MatchString(part) && !regexp.MustCompile(also).MatchString(part) {
			return fmt.Errorf("%s is not the part that it was", part)
		}
	}
	return nil
}

func (o *office) set() error {
	before, err := o.before()
	if err != nil {
		return err
	}
	if _, err := o.run("set", "2", "status=已完成", "progress=征集意见\n31条", "deadline=2026-10-31"); err != nil {
		return err
	}
	o.take([]change{{"2", "status", "已完成"}, {"2", "progress", "征集意见\n31条"}, {"2", "deadline", "2026-10-31"}})
	after, err := o.after()
	if err != nil {
		return err
	}
	x := before.expect()
	x.typed(tasksSheet, "J6", "已完成")
	x.typed(tasksSheet, "K6", "征集意见\n31条")
	x.typed(tasksSheet, "I6", "2026-10-31")
	x.result(tasksSheet, "M6", "√")
	x.result(tasksSheet, "J13", "2")
	x.result(countsSheet, "C4", "0.25")
	return errors.Join(x.became(before, after), onlyMeant(before, after, "^$"), o.holds())
}

var rowRef = regexp.MustCompile(`(\$?[A-Z]{1,2}\$?)(\d+)(?::(\$?[A-Z]{1,2}\$?)(\d+))?`)

// grown is a reading of a sheet into which a row was put below row last: what
// spoke of the rows up to it speaks of one more, and what stood below stands one
// lower. Formulas of other sheets follow.
func grown(m map[string]string, sheet string, last int) map[string]string {
	move := func(s string) string {
		return rowRef.ReplaceAllStringFunc(s, func(ref string) string {
			g := rowRef.FindStringSubmatch(ref)
			first, _ := strconv.Atoi(g[2])
			if g[3] == "" {
				if first > last {
					first++
				}
				return g[1] + strconv.Itoa(first)
			}
			to, _ := strconv.Atoi(g[4])
			if first > last {
				first++
			}
			if to >= last {
				to++
			}
			return g[1] + strconv.Itoa(first) + ":" + g[3] + strconv.Itoa(to)
		})
	}
	out := map[string]string{}
	for k, v := range m {
		kind, place, _ := strings.Cut(k, " ")
		on, at, isCell := strings.Cut(place, "!")
		if isCell && on == sheet {
			switch kind {
			case "height", "hiddenrow":
				if n, err := strconv.Atoi(at); err == nil && n > last {
					at = strconv.Itoa(n + 1)
				}
			default:
				at = move(at)
			}
		}
		if isCell {
			place = on + "!" + at
		}
		switch {
		case kind == "value" && strings.HasPrefix(v, "=") && on == sheet:
			v = move(v)
		case kind == "value" && strings.HasPrefix(v, "="):
			v = regexp.MustCompile(sheet+`'?!\$?[A-Z]+\$?\d+(:\$?[A-Z]+\$?\d+)?`).ReplaceAllStringFunc(v,
				func(ref string) string {
					i := strings.IndexByte(ref, '!') + 1
					return ref[:i] + move(ref[i:])
				})
		case isCell && on == sheet && (kind == "print" || kind == "table"):
			v = move(v)
		case isCell && on == sheet && kind == "filter":
			v = move(strings.ReplaceAll(v, "$", ""))
		}
		out[kind+" "+place] = v
	}
	return out
}

// like gives the cells of a new row what the row above has.
func (x expectation) like(before *state, sheet string, row int) {
	above, own := strconv.Itoa(row-1), strconv.Itoa(row)
	for k, v := range before.known {
		kind, place, _ := strings.Cut(k, " ")
		on, at, _ := strings.Cut(place, "!")
		column, is := strings.CutSuffix(at, above)
		if on != sheet || !is || strings.ContainsAny(column, "0123456789:") {
			continue
		}
		switch kind {
		case "style", "unlocked", "dropdown", "validation", "height":
			x.known[kind+" "+on+"!"+column+own] = v
		}
	}
}

func (o *office) add() error {
	before, err := o.before()
	if err != nil {
		return err
	}
	if _, err := o.run("add", "title=公开指南修订", "lead=财政局", "deadline=2026-11-15", "status=正在推进",
		"progress=初稿 <已成> & 待审"); err != nil {
		return err
	}
	o.tasks["9"] = map[string]string{"number": "9", "title": "公开指南修订", "lead": "财政局", "deadline": "2026-11-15",
		"status": "正在推进", "progress": "初稿 <已成> & 待审",
		"section": "", "requirement": "", "support": "", "owner": "", "phone": "", "remark": ""}
	after, err := o.after()
	if err != nil {
		return err
	}
	const row = lastRow + 1
	x := expectation{grown(before.known, tasksSheet, lastRow), grown(before.shown, tasksSheet, lastRow)}
	x.like(before, tasksSheet, row)
	for column, v := range map[string]string{"A": "9", "C": "公开指南修订", "E": "财政局", "I": "2026-11-15", "J": "正在推进",
		"K": "初稿 <已成> & 待审"} {
		x.typed(tasksSheet, column+"13", v)
	}
	x.known["value "+tasksSheet+"!M13"] = `=IF(J13="已完成","√","待办")`
	x.result(tasksSheet, "M13", "待办")
	x.result(tasksSheet, "C14", "9")
	x.result(tasksSheet, "K14", "5")
	x.result(countsSheet, "B3", "3")
	x.result(countsSheet, "C4", "0.2222")
	return errors.Join(x.became(before, after), onlyMeant(before, after, `^xl/(calcChain\.xml|drawings/|tables/)`),
		o.holds())
}

// record is a row of another sheet, which may be an Excel table.
func (o *office) record() error {
	before, err := o.before()
	if err != nil {
		return err
	}
	if _, err := o.run("record", "training", "unit=司法所", "date=2026-06-18", "topic=答复文书"); err != nil {
		return err
	}
	after, err := o.after()
	if err != nil {
		return err
	}
	x := expectation{grown(before.known, eventsSheet, 3), grown(before.shown, eventsSheet, 3)}
	x.like(before, eventsSheet, 4)
	for column, v := range map[string]string{"A": "培训", "B": "司法所", "C": "2026-06-18", "D": "答复文书"} {
		x.typed(eventsSheet, column+"4", v)
	}
	return errors.Join(x.became(before, after), onlyMeant(before, after, `^xl/(tables/|worksheets/sheet2\.xml)`),
		o.holds())
}

// addSheet records an event in a ledger that has no sheet for it.
func (o *office) addSheet() error {
	before, err := o.before()
	if err != nil {
		return err
	}
	if _, err := o.run("record", "open_day", "unit=财政局", "date=2026-06-18", "topic=走进国库", "parts=答疑",
		"people=30"); err != nil {
		return err
	}
	after, err := o.after()
	if err != nil {
		return err
	}
	x := before.expect()
	for _, m := range []map[string]string{after.known, after.shown} {
		for k, v := range m {
			if _, place, _ := strings.Cut(k, " "); strings.HasPrefix(place, eventsSheet+"!") {
				if strings.HasPrefix(k, "shown ") {
					continue
				}
				x.known[k] = v // whatever it looks like
			}
		}
	}
	x.result(eventsSheet, "A1", eventsSheet)
	heads := []string{"类型", "单位", "日期", "主题", "地点", "人数", "环节", "佐证", "备注"}
	for i, v := range []string{"开放日", "财政局", "2026-06-18", "走进国库", "", "30", "答疑", "", ""} {
		column := string(rune('A' + i))
		x.result(eventsSheet, column+"2", heads[i])
		if v != "" {
			x.result(eventsSheet, column+"3", v)
		}
	}
	x.shown["shown "+eventsSheet+"!C3"] = "6/18/2026" // the reader's own way, which in English is this
	return errors.Join(x.became(before, after), onlyMeant(before, after,
		`^(xl/worksheets/sheet\d+\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|docProps/app\.xml)$`))
}

func (o *office) stamped() error {
	s, err := o.before()
	if err != nil {
		return err
	}
	doc, err := o.run("status", "--json")
	if err != nil {
		return err
	}
	said, err := decode[struct{ Revision string }](doc)
	if err != nil {
		return err
	}
	if s.known["property taizhang-revision"] != said.Revision || s.known["property taizhang-ledger"] == "" ||
		s.shown["property taizhang-revision"] != said.Revision {
		return fmt.Errorf("it is stamped %q for openpyxl, %q for LibreOffice, the head is %q",
			s.known["property taizhang-revision"], s.shown["property taizhang-revision"], said.Revision)
	}
	return nil
}

// export is read by others.
func (o *office) export() error {
	file := filepath.Join(o.dir, "汇总.xlsx")
	if _, err := o.run("export", file); err != nil {
		return err
	}
	s, err := o.look(file)
	if err != nil {
		return err
	}
	titles := map[string]int{}
	for reader, m := range map[string]map[string]string{"openpyxl": s.known, "LibreOffice": s.shown} {
		for k, v := range m {
			if strings.HasPrefix(k, "shown 任务总表!") {
				titles[reader+v]++
			}
			if strings.HasPrefix(k, "shown ") && (strings.HasPrefix(v, "#") || strings.HasPrefix(v, "Err:")) {
				err = errors.Join(err, fmt.Errorf("%s: %s is %s", reader, k, v))
			}
		}
		for _, task := range o.tasks {
			if titles[reader+task["title"]] != 1 {
				err = errors.Join(err, fmt.Errorf("%s finds %q %d times", reader, task["title"],
					titles[reader+task["title"]]))
			}
		}
	}
	return err
}
