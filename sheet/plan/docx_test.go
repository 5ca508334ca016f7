package plan

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/ledger"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docx makes a document of the inner XML of its body and of further parts.
func docx(t testing.TB, body string, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	all := map[string]string{"word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNS +
		`><w:body>` + body + `<w:sectPr/></w:body></w:document>`}
	for name, data := range parts {
		all[name] = `<?xml version="1.0" encoding="UTF-8"?>` + data
	}
	for name, data := range all {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func docxP(props, text string) string {
	return `<w:p><w:pPr>` + props + `</w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func item(num, level, text string) string {
	return docxP(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+num+`"/></w:numPr>`, text)
}

func parseDocx(t *testing.T, data []byte) *Plan {
	t.Helper()
	doc, err := Read("plan.docx", data)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse(doc, ledger.DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The documents in testdata were made by LibreOffice; see make.sh there.
func TestDocumentsOfLibreOffice(t *testing.T) {
	type whole struct {
		Title    string
		Year     int
		Rows     []row
		Rules    []string
		Sections []string
	}
	tests := map[string]whole{
		"table.docx": {"关于印发《青山镇2024年防汛备汛任务分工方案》的通知", 2024, []row{
			{"1", "检修泵站", "水利站", "供电所", "2024年4月30日前"},
			{"2", "疏通沟渠", "水利站", "各村", "5月底前"},
			{"3", "落实值班", "应急办", "各村、派出所", "每月底"},
			{"4", "转移演练", "应急办", "各村、派出所", "6月15日前"},
		}, []string{"夜间点名 24", "转移避险演练 1"}, []string{"一、汛前准备", "一、汛前准备", "二、汛期值守", "二、汛期值守"}},
		"numbered.docx": {"临江街道2026年垃圾分类工作计划", 2026, []row{
			{"1", "完善投放点", "环卫所", "各社区", "2026年3月底前"},
			{"2", "规范收运", "环卫所", "物业办", "长期坚持"},
			{"3", "组织宣传", "宣传办", "", ""},
			{"", "落实经费", "", "", ""},
		}, []string{"垃圾分类课堂 4"}, []string{"二、重点工作", "二、重点工作", "二、重点工作", "三、保障措施"}},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			p := parseDocx(t, data)
			got := whole{Title: p.Title, Year: p.Year, Rows: rows(p)}
			for _, it := range p.Items {
				got.Sections = append(got.Sections, it.Section)
			}
			for _, r := range p.Rules {
				got.Rules = append(got.Rules, r.Name+" "+itoa(r.Min))
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			for _, d := range p.Doubts {
				t.Errorf("line %d: %s", d.Line, d.Text)
			}
		})
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// numbers that Word makes: by list, by style, restarted, and nested.
const numberingXML = `<w:numbering ` + wordNS + `>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>
</w:numbering>`

const stylesXML = `<w:styles ` + wordNS +
	`><w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="H2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`

func TestNumbersThatWordMakes(t *testing.T) {
	body := docxP("", "2025年窗口服务工作要点") +
		docxP(`<w:pStyle w:val="H1"/>`, "重点任务") +
		docxP(`<w:pStyle w:val="H2"/>`, "缩短等候。（政务中心牵头）") +
		item("2", "0", "增设叫号机。") + item("2", "0", "公布等候时长。") +
		docxP(`<w:pStyle w:val="H2"/>`, "延长服务。（政务中心、公安局按职责分工负责）") +
		item("3", "0", "午间不断档。") +
		item("4", "0", "周末轮值") +
		docxP(`<w:pStyle w:val="H1"/>`, "保障措施") +
		docxP(`<w:pStyle w:val="H2"/>`, "强化督导。按月通报。")
	doc, err := Read("a.docx", docx(t, body, map[string]string{"word/numbering.xml": numberingXML,
		"word/styles.xml": stylesXML}))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, b.Text)
	}
	want := []string{"2025年窗口服务工作要点", "一、重点任务", "（一）缩短等候。（政务中心牵头）", "1.增设叫号机。", "2.公布等候时长。",
		"（二）延长服务。（政务中心、公安局按职责分工负责）", "1.午间不断档。", "周末轮值", "二、保障措施", "（一）强化督导。按月通报。"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("paragraphs (-want +got)\n%s", d)
	}
	p, err := Parse(doc, nil)
	if err != nil {
		t.Fatal(err)
	}
	items := []row{{"1", "缩短等候", "政务中心", "", ""}, {"2", "延长服务", "政务中心", "公安局", ""}, {"", "强化督导", "", "", ""}}
	if d := cmp.Diff(items, rows(p)); d != "" {
		t.Errorf("items (-want +got)\n%s", d)
	}
	if want := "1.增设叫号机\n2.公布等候时长"; p.Items[0].Requirement != want {
		t.Errorf("text %q", p.Items[0].Requirement)
	}
}

// cell is a table cell; merge is "", "restart" or "continue".
func cell(span, merge, text string) string {
	props := ""
	if span != "" {
		props += `<w:gridSpan w:val="` + span + `"/>`
	}
	switch merge {
	case "restart":
		props += `<w:vMerge w:val="restart"/>`
	case "continue":
		props += `<w:vMerge/>`
	}
	return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + docxP("", text) + `</w:tc>`
}

func tr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func TestTableWithMergedCells(t *testing.T) {
	table := `<w:tbl>` +
		tr(cell("", "restart", "序号"), cell("", "restart", "重点任务"), cell("2", "", "责任分工"), cell("", "restart", "完成时限")) +
		tr(cell("", "continue", ""), cell("", "continue", ""), cell("", "", "牵头单位"), cell("", "", "配合单位"),
			cell("", "continue", "")) +
		tr(cell("", "", "1"), cell("", "", "修复路灯"), cell("", "restart", "城管局"), cell("", "", "供电公司"),
			cell("", "restart", "9月底前")) +
		tr(cell("", "", "2"), cell("", "", "清洗护栏"), cell("", "continue", ""), cell("", "", ""),
			cell("", "continue", "")) +
		tr(cell("", "", "3"), cell("", "", "补种行道树"), cell("", "", "园林局"), cell("", "", "各街道"), cell("", "", "")) +
		`</w:tbl>`
	p := parseDocx(t, docx(t, docxP("", "2025年街面整治任务分工表")+table, nil))
	want := []row{{"1", "修复路灯", "城管局", "供电公司", "9月底前"}, {"2", "清洗护栏", "城管局", "", "9月底前"},
		{"3", "补种行道树", "园林局", "各街道", ""}}
	if d := cmp.Diff(want, rows(p)); d != "" {
		t.Errorf("items (-want +got)\n%s", d)
	}
	// Each cell is a paragraph, empty ones too: the row of 补种行道树 begins with the 21st paragraph.
	if p.Items[2].Line != 1+4+5+5+5+1 {
		t.Errorf("line %d", p.Items[2].Line)
	}
}

func TestTaskInTheTextAndAgainInTheTable(t *testing.T) {
	table := `<w:tbl>` +
		tr(cell("", "", "任务"), cell("", "", "责任单位"), cell("", "", "完成时限")) +
		tr(cell("", "", "开通夜间公交"), cell("", "", "交通局、公安局"), cell("", "", "10月底前")) +
		tr(cell("", "", "增设候车亭"), cell("", "", "住建局"), cell("", "", "年底前")) +
		`</w:tbl>`
	body := docxP("", "2025年公交便民方案") + docxP("", "一、主要任务") + docxP("", "（一）开通夜间公交。先行两条线路。（交通局负责）") +
		docxP("", "附件：1.任务分工表") + docxP("", "2.线路图") + docxP("", "附件1") + table
	p := parseDocx(t, docx(t, body, nil))
	want := []row{{"1", "开通夜间公交", "交通局", "公安局", "10月底前"}, {"2", "增设候车亭", "住建局", "", "年底前"}}
	if d := cmp.Diff(want, rows(p)); d != "" {
		t.Errorf("items (-want +got)\n%s", d)
	}
	if len(p.Doubts) != 1 || p.Doubts[0].Text.Key != "plan.only_in_table" {
		t.Errorf("doubts %v", p.Doubts)
	}
}

func TestDeletedTextAndFieldCodesAreNotRead(t *testing.T) {
	body := `<w:p><w:r><w:t>一、</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>任务</w:t></w:r></w:ins></w:p>` +
		`<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>甲</w:t></w:r><w:r><w:tab/></w:r><w:r><w:br/><w:t>乙</w:t></w:r></w:p>` +
		`<w:sdt><w:sdtContent>` + docxP("", "丙") + `</w:sdtContent></w:sdt>`
	doc, err := Read("a.docx", docx(t, body, nil))
	if err != nil {
		t.Fatal(err)
	}
	want := []Block{{Line: 1, Text: "一、任务"}, {Line: 2, Text: "甲"}, {Line: 2, Text: "乙"}, {Line: 3, Text: "丙"}}
	if d := cmp.Diff(want, doc.Blocks); d != "" {
		t.Error(d)
	}
}

func TestDamagedDocuments(t *testing.T) {
	whole := docx(t, docxP("", "一、任务"), nil)
	for name, data := range map[string][]byte{
		"cut off":        whole[:len(whole)/2],
		"no document":    docxWithout(t),
		"not closed":     docx(t, `<w:p><w:r>`, nil),
		"bad numbering":  docx(t, docxP("", "x"), map[string]string{"word/numbering.xml": `<w:numbering`}),
		"a zip's header": []byte("PK\x03\x04"),
	} {
		_, err := Read("破.docx", data)
		if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "破.docx") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func docxWithout(t *testing.T) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	if _, err := z.Create("mimetype"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func FuzzRead(f *testing.F) {
	f.Add(`<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲。（乙局负责）</w:t></w:r></w:p>`, numberingXML)
	f.Add(`<w:tbl>`+tr(cell("3", "restart", "任务"), cell("", "", "牵头单位"))+tr(cell("", "continue", ""),
		cell("", "", "乙局"))+`</w:tbl>`, stylesXML)
	f.Add(`<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tc></w:tr></w:tbl>`, "")
	f.Fuzz(func(t *testing.T, body, numbering string) {
		doc, err := Read("f.docx", docx(t, body, map[string]string{"word/numbering.xml": numbering,
			"word/styles.xml": stylesXML}))
		if err != nil {
			if !errors.Is(err, ErrFormat) {
				t.Errorf("%v", err)
			}
			return
		}
		if _, err := Parse(doc, ledger.DefaultRules()); err != nil && !errors.Is(err, ErrEmpty) {
			t.Errorf("%v", err)
		}
	})
}
