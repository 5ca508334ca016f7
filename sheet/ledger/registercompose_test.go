package ledger

import (
	"errors"
	"strings"
	"testing"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

func TestRowsOfARegisterAreComposed(t *testing.T) {
	tb := column(column(column(sheetOf("requests",
		"number:序号 received:收到日期 applicant content unit replied outcome:处理结果 channel",
		"1|2022-09-05|甲|乙|财政局||同意公开|网络"), "received", table.AsDate), "replied", table.AsText), "channel", table.AsText,
		"当面", "网络", "邮寄")
	l := Build([]*table.Table{zoneUnits(), tb}, on("2022-09-20"))
	n, err := l.FindLine("requests:1")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		field, value, key, text string
		err                     error
	}{
		{"received", "9月6日", "received", "2022-09-06", nil}, {"收件日期", "2022.9.6", "received", "2022-09-06", nil},
		{"replied", "9月6日", "replied", "9月6日", nil}, {"replied", "今天", "replied", "2022-09-20", nil},
		{"replied", "9-8", "replied", "2022-09-08", nil}, {"received", "9-8", "received", "2022-09-08", nil},
		{"outcome", "granted", "outcome", "同意公开", nil}, {"outcome", "partial", "outcome", "部分公开", nil},
		{"outcome", "酌情公开", "outcome", "酌情公开", nil}, {"channel", "online", "channel", "网络", nil},
		{"channel", "窗口", "channel", "当面", nil}, {"channel", "鸽子", "", "", ErrValue},
		{"unit", "生态环境分局", "unit", "环保分局", nil}, {"received", "不久", "", "", ErrValue},
		{"received", "2022年9月", "", "", ErrValue},
		{"paid", "9月6日", "", "", ErrNoField}, {"content", "", "", "", ErrValue},
		{"applicant", "", "applicant", "", nil},
	} {
		key, text, err := l.ComposeLine(n, c.field, c.value)
		if key != c.key || text != c.text || !errors.Is(err, c.err) {
			t.Errorf("%s=%s: %s=%s, %v", c.field, c.value, key, text, err)
		}
	}
}

func TestANewRowOfARegister(t *testing.T) {
	one := sheetOf("messages", "number received content unit", "7|2022-09-05|甲|财政局")
	l := Build([]*table.Table{one}, on("2022-09-20"))
	to, values, err := l.ComposeEntry(l.RegisterDef("messages"),
		map[string]string{"content": "乙", "received": "2022-09-06"})
	if to != one || err != nil || values["number"] != "8" {
		t.Errorf("%v %v", values, err)
	}
	if _, _, err = l.ComposeEntry(l.RegisterDef("messages"),
		map[string]string{"received": "2022-09-06"}); !errors.Is(err, ErrValue) {
		t.Error(err)
	}
	to, values, err = l.ComposeEntry(l.RegisterDef("columns"), map[string]string{"栏目名称": "部门动态", "更新频率": "每周"})
	if to != nil || err != nil || values["name"] != "部门动态" || values["every"] != "每周" {
		t.Errorf("%v %v %v", to, values, err)
	}
	for _, ref := range []string{"messages:9", "tasks:1", "留言办理:9"} {
		if _, err := l.FindLine(ref); !errors.Is(err, ErrNoTask) {
			t.Errorf("%s: %v", ref, err)
		}
	}
	if n, err := l.FindLine("留言办理：7"); err != nil || n.Title != "甲" {
		t.Error(err)
	}
}

// A sheet that is made for a register is read as that register again, with
// every heading meaning its own field.
func TestANewSheetOfARegisterIsReadBack(t *testing.T) {
	for _, def := range Registers() {
		l := Build(nil, on("2022-09-20"))
		n := l.RegisterSheet(&def)
		wb, err := ooxml.Open("../table/testdata/ledgers/fengong-sheetjs.xlsx", ooxml.Options{})
		if err != nil {
			t.Fatal(err)
		}
		row := make([]ooxml.Value, len(n.Header))
		for i, f := range def.Fields {
			switch {
			case f.Type == DateField:
				row[i] = ooxml.DateValue(parse("2022-09-05"))
			case f.Type == ChoiceField:
				row[i] = ooxml.TextValue(f.Values[0].Words[0])
			case f.Type == UnitField:
				row[i] = ooxml.TextValue("财政局")
			default:
				row[i] = ooxml.TextValue("甲")
			}
		}
		for _, rows := range [][][]ooxml.Value{nil, {row}} {
			n.Rows = rows
			n.Name = def.Name
			if rows != nil {
				n.Name += "2"
			}
			if err := wb.AddSheet(n); err != nil {
				t.Fatal(err)
			}
		}
		data, err := wb.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if wb, err = ooxml.Read("台账.xlsx", data, ooxml.Options{}); err != nil {
			t.Fatal(err)
		}
		found, err := table.Find(wb, Schemas(Options{}))
		if err != nil {
			t.Fatal(err)
		}
		made := 0
		for _, tb := range found.Tables {
			if !strings.HasPrefix(tb.Sheet, def.Name) {
				continue
			}
			made++
			if tb.Kind != def.Kind {
				t.Errorf("%s is read as %s", def.Kind, tb.Kind)
				continue
			}
			for i, f := range def.Fields {
				if i >= len(tb.Columns) || tb.Columns[i].Field != f.Name {
					t.Errorf("%s: %s is read as %+v", def.Kind, f.Name, tb.Columns[min(i, len(tb.Columns)-1)].Field)
				}
			}
		}
		if made != 2 {
			t.Errorf("%s: %d of 2 tables are found", def.Kind, made)
		}
	}
}
