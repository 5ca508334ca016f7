package ooxml_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

func TestDropDownListsAreResolved(t *testing.T) {
	const words = `<row r="1"><c r="A1" t="inlineStr"><is><t>未启动</t></is></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"/></row><row r="3"><c r="A3" t="inlineStr"><is><t>已完成</t></is></c><c r="B3"><v>2</v></c></row>`
	for _, c := range []struct {
		name, sqref, formula string
		want                 []string
	}{
		{"literal", "C2:C9", `"未启动,推进中, 已完成"`, []string{"未启动", "推进中", "已完成"}},
		{"literal with quotes", "C2", `"a ""b"",c,,"`, []string{`a "b"`, "c"}},
		{"literal with equals sign", "C2", `="a,b"`, []string{"a", "b"}},
		{"range here", "C2:C9", "$B$1:$B$3", []string{"1", "2"}},
		{"range elsewhere", "C2:C9", "词表!$A$1:$A$3", []string{"未启动", "已完成"}},
		{"range elsewhere in quotes", "C2", "'名 ''录'''!$A$1:$A$3", []string{"x"}},
		{"whole column", "C2:C9", "词表!$A:$A", []string{"未启动", "已完成"}},
		{"row", "C2", "词表!$A$1:$B$1", []string{"未启动", "1"}},
		{"one cell", "C2", "词表!A1", []string{"未启动"}},
		{"name", "C2:C9", "状态", []string{"未启动", "已完成"}},
		{"name of a name", "C2:C9", "别名", []string{"未启动", "已完成"}},
		{"name of this sheet first", "C2", "Local", []string{"1", "2"}},
		{"name of another sheet", "C2", "词表!Theirs", []string{"未启动"}},
		{"name in a circle", "C2", "Circle", nil},
		{"INDIRECT", "C2", `INDIRECT("词表!$A$1:$A$3")`, []string{"未启动", "已完成"}},
		{"formula", "C2", "OFFSET($A$1,0,0,3,1)", nil},
		{"unknown name", "C2", "没有", nil},
		{"unknown sheet", "C2", "没有!$A$1", nil},
		{"broken", "C2", "#REF!", nil},
		{"empty", "C2", "", nil},
		{"moves along", "C2:C9", "词表!A1:A3", nil},
		{"moves along in the other direction only", "C2:C9", "词表!A$1:A$3", []string{"未启动", "已完成"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			validation := `<dataValidations count="2"><dataValidation type="whole" sqref="A1"><formula1>1</formula1></dataValidation>` +
				`<dataValidation type="list" showErrorMessage="1" sqref="` + c.sqref + `"><formula1>` + c.formula +
				`</formula1></dataValidation></dataValidations>`
			extension := `<extLst><ext uri="{other}"><x14:conditionalFormattings/></ext><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations><x14:dataValidation type="list" showErrorMessage="1">` +
				`<x14:formula1><xm:f>` + c.formula + `</xm:f></x14:formula1><xm:sqref>` + c.sqref +
				`</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>`
			for _, xml := range []string{validation, extension} {
				w := testBook{
					sheets: []string{"S", "词表", "名 '录'"},
					names: `<definedName name="状态">词表!$A$1:$A$3</definedName><definedName name="别名">状态</definedName><definedName name="Circle">Circle</definedName>` +
						`<definedName name="local">词表!$A$1</definedName><definedName name="LOCAL" localSheetId="0">S!$B$1:$B$3</definedName><definedName name="Theirs" localSheetId="1">词表!$A$1</definedName>`,
					parts: map[string]string{
						"xl/worksheets/sheet1.xml": `<worksheet ` + nsMain + `><sheetData>` + words + `</sheetData>` +
							xml + `</worksheet>`,
						"xl/worksheets/sheet2.xml": `<worksheet ` + nsMain + `><sheetData>` + words +
							`</sheetData></worksheet>`,
						"xl/worksheets/sheet3.xml": `<worksheet ` + nsMain +
							`><sheetData><row r="2"><c r="A2" t="str"><v>x</v></c></row></sheetData></worksheet>`,
					},
				}.read(t)
				s, err := w.Sheet("S")
				if err != nil {
					t.Fatal(err)
				}
				ref, _ := a1.ParseRange(c.sqref)
				want := []ooxml.Validation{{Ranges: []a1.Range{ref}, Choices: c.want, Strict: true}}
				if d := cmp.Diff(want, s.Validations); d != "" {
					t.Error(d)
				}
			}
		})
	}
}

func TestHowStrictADropDownListIs(t *testing.T) {
	for attrs, want := range map[string]bool{
		`showErrorMessage="1"`:                          true,
		`showErrorMessage="1" errorStyle="stop"`:        true,
		`showErrorMessage="1" errorStyle="warning"`:     false,
		`showErrorMessage="1" errorStyle="information"`: false,
		`showErrorMessage="0"`:                          false,
		``:                                              false,
	} {
		s, err := oneSheet(`<sheetData/><dataValidations><dataValidation type="list" ` + attrs +
			` sqref="A1 $C$3:C5 bad"><formula1>"a"</formula1></dataValidation></dataValidations>`).read(t).Sheet("S")
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Validations) != 1 || s.Validations[0].Strict != want {
			t.Errorf("%s: %+v", attrs, s.Validations)
		}
		if d := cmp.Diff([]a1.Range{{First: a1.At(1, 1), Last: a1.At(1, 1)}, {First: a1.At(3, 3), Last: a1.At(5, 3)}},
			s.Validations[0].Ranges); d != "" {
			t.Error(d)
		}
	}
}
