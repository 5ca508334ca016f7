package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// standing are the rows of a register as "number: clock due state left", the
// clocks parted by semicolons.
func standing(l *Ledger, kind string) (out []string) {
	r := l.Register(kind)
	if r == nil {
		return nil
	}
	for _, e := range r.Entries {
		var clocks []string
		for _, c := range e.Clocks {
			day := "-"
			if !c.Due.IsZero() {
				day = c.Due.Format("01-02")
			}
			clocks = append(clocks, fmt.Sprint(c.Def.Name, " ", day, " ", c.State, " ", c.Left))
		}
		out = append(out, e.Number+": "+strings.Join(clocks, "; "))
	}
	return out
}

func same(t *testing.T, want, got []string) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRequestsRunAsTheRegulationHasIt(t *testing.T) {
	l := Build([]*table.Table{sheetOf("requests",
		"number received started channel applicant content unit corrected_notice corrected consulted opinion "+
			"extended due replied outcome paid",
		"1|2022-09-05||网络|甲|某信息|财政局||||||||",
		"2|2022-09-05|2022-09-07|平信|甲|某信息|财政局||||||||",
		"3|2022-08-22||当面|甲|某信息|财政局||||||| 2022-09-19|予以公开",
		"4|2022-08-22||当面|甲|某信息|财政局||||||| 2022-09-20|不予公开（属于国家秘密）",
		"5|2022-09-01||当面|甲|某信息|财政局|2022-09-07|||||||",
		"6|2022-09-01||当面|甲|某信息|财政局|2022-09-07|2022-09-19||||||",
		"7|2022-08-22||当面|甲|某信息|财政局|||||是|||",
		"8|2022-08-22||当面|甲|某信息|财政局|||||10个工作日|||",
		"9|2022-08-22||当面|甲|某信息|财政局|||||否|||",
		"10|2022-09-05||当面|甲|某信息|财政局|||2022-09-08|||||",
		"11|2022-09-05||当面|甲|某信息|财政局|||2022-09-08|2022-09-15||||",
		"12|2022-09-05||当面|甲|某信息|财政局||||||2022-09-30||",
		"13|2022-08-01||当面|甲|某信息|财政局||||||||申请人撤回",
		"14|2022-08-01||当面|甲|某信息|财政局||||||||已答复",
		"15|2022-08-01||当面|甲|某信息|财政局||||||||办理中|2022-09-15",
		"16|见信封||当面|甲|某信息|财政局||||||||",
		"17|||当面|甲|某信息|财政局||||||||",
		"18|2022-09-05||当面|甲|某信息|财政局||||||15个工作日||",
		"19|2022-09-19||当面|甲|某信息|财政局||||||||",
	)}, on("2022-09-20"))
	same(t, []string{
		"1: 答复 10-09 open 10",
		"2: 答复 10-11 open 12",
		"3: 答复 09-20 done 1",
		"4: 答复 09-20 done 0",
		"5: 答复 - paused 0; 补正告知 09-13 done 3",
		"6: 答复 10-20 open 19; 补正告知 09-13 done 3",
		"7: 答复 10-21 open 20", "8: 答复 10-09 open 10", "9: 答复 09-20 due_soon 0",
		"10: 答复 10-28 paused 17; 征求意见 09-30 open 8",
		"11: 答复 10-13 open 14; 征求意见 09-30 done 11",
		"12: 答复 09-30 open 8",
		"13: 答复 08-29 ended 0", "14: 答复 08-29 done 0", "15: 答复 10-18 open 17",
		"16: 答复 - unknown 0", "17: 答复 - none 0", "18: 答复 09-27 due_soon 5",
		"19: 答复 10-20 open 19; 补正告知 09-28 open 6",
	}, standing(l, "requests"))
	c := l.Register("requests").Counts
	if c.Rows != 19 || c.Overdue != 0 || c.Paused != 2 || c.Done != 3 || c.Open != 9 || c.DueSoon != 2 ||
		c.Ended != 1 || c.Unknown != 1 {
		t.Errorf("%+v", c)
	}
	same(t, []string{"B4 register_awaited", "M15 register_due_differs", "B19 register_no_day"}, complaints(l))
	sentences(t, l)
}

// petitions is a register of an office's own, as its settings have it.
const petitions = `
- kind: petitions
  name: 信访办理
  number: number
  title: matter
  unit: unit
  fields:
    number: [信访编号, 编号]
    matter: {headings: [信访事项, 反映事项], type: name}
    unit: {headings: [承办单位], type: unit}
    received: {headings: [收到日期, 来访日期], type: date}
    closed: {headings: [办结日期], type: date}
  clocks: [{name: 办结, from: [received], within: 60 days, until: [closed], soon: 7 days}]
`

func settings(t *testing.T, text string) ([]RegisterDef, []DefMistake) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return ReadRegisters(doc.Content[0], Registers())
}

func TestAnOfficesOwnRegisterTakesNoCode(t *testing.T) {
	defs, mistakes := settings(t, petitions)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	opt := on("2022-11-20")
	opt.Registers = defs
	l := Build([]*table.Table{sheetOf("petitions", "number matter unit received closed",
		"1|噪声|环保局|2022-09-26|", "2|低保|民政局|2022-08-01|2022-09-20", "3|道路|住建局|2022-09-01|")}, opt)
	same(t, []string{"1: 办结 11-25 due_soon 5", "2: 办结 09-30 done 10", "3: 办结 10-31 overdue -20"},
		standing(l, "petitions"))
	if len(l.RegisterDefs()) != len(Registers())+1 {
		t.Error("the built-in registers are gone")
	}
}

func TestSettingsChangeARegister(t *testing.T) {
	defs, mistakes := settings(t, `
- kind: messages
  fields:
    received: [工单生成时间]
    type: {values: {complaint: [吐槽]}}
  clocks:
  - {name: 答复, within: 5 workdays, limits: [{when: {type: [complaint]}, within: 10 workdays}]}
- {kind: requests, clocks: [{name: 答复, from: [received, started, corrected], pause_days: from_sending}]}
`)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	opt := on("2022-09-20")
	opt.Registers = defs
	l := Build([]*table.Table{
		sheetOf("messages", "number received type title unit replied", "1|2022-09-19|咨询|甲|财政局|",
			"2|2022-09-19|吐槽|乙|财政局|"),
		sheetOf("requests", "number received applicant content consulted opinion paid",
			"1|2022-09-05|甲|乙|2022-09-08|2022-09-15|2022-09-19"),
	}, opt)
	same(t, []string{"1: 答复 09-26 open 4", "2: 答复 10-08 open 9"}, standing(l, "messages"))
	same(t, []string{"1: 答复 10-14 open 15; 征求意见 09-30 done 11"}, standing(l, "requests"))
	if h := opt.registerKind("messages").Field("received").Headings; h[0] != "工单生成时间" || len(h) < 10 {
		t.Errorf("%v", h)
	}
}

func TestMistakesInADefinitionAreNamedWithTheirLine(t *testing.T) {
	for text, want := range map[string]string{
		"- kind: Tasks\n": "1 registers.kind kind", "- kind: units\n  fields: {a: [甲]}\n": "1 registers.kind kind",
		"- kind: a\n":               "1 registers.fields filled",
		"- kind: a\n  feilds: {}\n": "2 registers.feilds unknown_key",
		"- kind: a\n  fields:\n    x: {type: dat, headings: [甲]}\n":                            "3 registers.fields.x.type choice",
		"- kind: a\n  title: y\n  fields: {x: [甲]}\n":                                          "1 registers.title choice",
		"- kind: a\n  fields: {x: {}}\n":                                                       "2 registers.fields.x.headings filled",
		"- kind: a\n  fields: {x: [甲]}\n  clocks: [{name: b, from: [x], within: soon}]\n":      "3 registers.clocks.within term",
		"- kind: a\n  fields: {x: [甲]}\n  clocks:\n  - {name: b, from: [y], within: 3 days}\n": "4 registers.clocks.from choice",
		"- kind: a\n  fields: {x: [甲]}\n  clocks:\n  - {name: b, from: [x]}\n":                 "4 registers.clocks.within filled",
		"- kind: a\n  fields: {x: [甲]}\n  clocks: 3\n":                                         "3 registers.clocks items",
		"- kind: requests\n  clocks: [{name: 答复, pause_days: never}]\n":                        "2 registers.clocks.pause_days choice",
		"- kind: requests\n  clocks: [{name: 答复, ended_by: {outcom: [withdrawn]}}]\n":          "2 registers.clocks.ended_by choice",
		"- kind: a\n  fields: {x: [甲]}\n- kind: a\n  fields: {x: [甲]}\n":                       "3 registers.kind twice",
		"kind: a\n": "1 registers items",
	} {
		_, mistakes := settings(t, text)
		var got []string
		for _, m := range mistakes {
			got = append(got, fmt.Sprint(m.Line, " ", m.Key, " ", m.Wrong))
		}
		if !slices.Contains(got, want) {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}

func TestAClockAsALineOfDates(t *testing.T) {
	l := Build([]*table.Table{sheetOf("requests",
		"number received:收到日期 applicant content consulted:征求意见发出日期 opinion extended replied:答复日期",
		"1|2022-09-05|甲|乙|2022-09-08|2022-09-20||", "2|2022-08-01|甲|乙||||", "3|2022-08-01|甲|乙||||2022-08-20",
		"4|2022-09-26|甲|乙|2022-10-10|||", "5|2022-09-05|甲|乙|||是|")}, on("2022-10-13"))
	want := []string{
		"收到 9-05 · 征求意见 9-08 至 9-20（不计） · 期限 10-18 · 还剩3个工作日",
		"收到 8-01 · 期限 8-29 · 已超期29个工作日",
		"收到 8-01 · 期限 8-29 · 答复 8-20 · 按期办结",
		"收到 9-26 · 征求意见 10-10 起（不计） · 期限 11-17 · 暂停，还剩13个工作日",
		"收到 9-05 · 期限 11-04（已延长） · 还剩16个工作日",
	}
	var got []string
	for _, e := range l.Register("requests").Entries {
		var line []string
		for _, m := range e.Line(e.Main()) {
			line = append(line, m.Text.In(msg.ZH))
		}
		got = append(got, strings.Join(line, " · "))
	}
	same(t, want, got)
}

// Each pause bears the name of its own pair of fields, and ends on the line when it ended
// for the clock.
func TestPausesAreNamedByTheirFields(t *testing.T) {
	defs, mistakes := settings(t, `
- kind: rectify
  name: 整改
  title: matter
  fields:
    matter: {headings: [整改事项], type: name}
    given: {headings: [交办日期], type: date}
    asked: {headings: [请示日期], type: date}
    answered: {headings: [批复日期], type: date}
    sent: {headings: [送检日期], type: date}
    report: {headings: [检测报告日期], type: date}
    closed: {headings: [销号日期], type: date}
  clocks: [{name: 整改, from: [given], within: 20 workdays, pause: [[asked, answered], [sent, report]], lapse: 5 workdays, until: [closed]}]
`)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	opt := on("2022-09-27")
	opt.Registers = defs
	l := Build([]*table.Table{sheetOf("rectify", "matter given:交办日期 asked:请示日期 answered sent:送检日期 report closed",
		"甲|2022-09-01|2022-09-02|2022-09-06|2022-09-19||", "乙|2022-09-01|||2022-09-26||")}, opt)
	var got []string
	for _, e := range l.Register("rectify").Entries {
		var line []string
		for _, m := range e.Line(e.Main()) {
			line = append(line, m.Text.In(msg.ZH))
		}
		got = append(got, strings.Join(line, " · "))
	}
	same(t, []string{"交办 9-01 · 请示 9-02 至 9-06（不计） · 送检 9-19 至 9-26（不计） · 期限 10-14 · 还剩10个工作日",
		"交办 9-01 · 送检 9-26 起（不计） · 期限 10-12 · 暂停，还剩4个工作日"}, got)
}

func TestAnOfficesOwnDaysOffCount(t *testing.T) {
	rows := sheetOf("requests", "number received applicant content", "1|2022-09-26|甲|乙")
	opt := on("2022-09-27")
	before := standing(Build([]*table.Table{rows}, opt), "requests")[0]
	days := sheetOf(KindHolidays, "date name state", "2022-10-10|地方休息日|放假", "10月12日至10月14日|运动会|休息", "2022-10-15||上班",
		"2022-10-16||也许")
	l := Build([]*table.Table{rows, days}, opt)
	after := standing(l, "requests")[0]
	if before == after || !strings.HasPrefix(after, "1: 答复 11-01 open 19") {
		t.Errorf("%s, with days off %s", before, after)
	}
	same(t, []string{"C7 holiday_state"}, complaints(l))
	opt.Holidays = []due.Holiday{{Date: parse("2022-10-10"), Off: true}}
	if got := standing(Build([]*table.Table{rows}, opt), "requests")[0]; got == before {
		t.Error("the day of the settings does not count")
	}
}

func TestYearsWithoutATableAreSaid(t *testing.T) {
	opt := Options{Today: parse("2028-11-03")}
	l := Build([]*table.Table{sheetOf("requests", "number received applicant content", "1|2028-10-20|甲|乙",
		"2|2027-12-20|甲|乙")}, opt)
	same(t, []string{"0 holidays_unknown", "0 holidays_pending", "0 holidays_missing"}, brief(complaints(l)))
	for _, e := range l.Register("requests").Entries {
		if !e.Clocks[0].Provisional {
			t.Errorf("%s is not provisional", e.Number)
		}
	}
	sentences(t, l)
	if l := Build(l.Tables, Options{Today: parse("2022-11-03")}); len(complaints(l)) == 0 {
		t.Error("rows of 2028 seen from 2022 are not provisional")
	}
}

func brief(complaints []string) (out []string) {
	for _, c := range complaints {
		_, what, _ := strings.Cut(c, " ")
		out = append(out, "0 "+what)
	}
	return out
}

func TestTheWorstComesFirst(t *testing.T) {
	l := Build([]*table.Table{sheetOf("requests", "number received applicant content replied",
		"1|2022-09-20|甲|乙|", "2|2022-07-01|甲|乙|", "3|2022-09-05|甲|乙|", "4|2022-08-01|甲|乙|2022-08-05",
		"5|2022-08-15|甲|乙|")}, on("2022-10-08"))
	var order []string
	for _, e := range l.Register("requests").Worst() {
		order = append(order, e.Number)
	}
	same(t, []string{"2", "5", "3", "1", "4"}, order)
}

// What came by plain letter, online or fax runs from the day both sides confirmed; a row
// without that day says so as long as it is open, and no other row does.
func TestAMissingDayOfConfirmationIsNamed(t *testing.T) {
	l := Build([]*table.Table{sheetOf("requests", "number received started channel applicant content replied",
		"1|2022-09-20||网络|某|甲|",
		"2|2022-09-20|2022-09-21|网络|某|乙|",
		"3|2022-09-20||当面|某|丙|",
		"4|2022-09-20||平信|某|丁|2022-09-30")}, Options{Today: due.Date(2022, 10, 8)})
	said := 0
	for _, p := range l.Problems {
		if p.Text.Key == "ledger.register_awaited" {
			said++
		}
	}
	if r := l.Register("requests"); said != 1 || r.Entries[0].Main().Awaited != "started" ||
		len(r.Entries[0].Main().Notes()) != 1 || len(r.Entries[1].Main().Notes()) != 0 {
		t.Errorf("%d problems: %v", said, l.Problems)
	}
}
