package plan

import (
	"archive/zip"
	"bytes"
	"errors"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// packed makes a zip of parts.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, data := range parts {
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

func texts(doc *Document) (out []string) {
	for _, b := range doc.Blocks {
		out = append(out, b.Text)
	}
	return out
}

const relsNS = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
const officeRel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// Word Online, and programs that saved over a file, name the main part as they
// like, and so its styles and numbers.
func TestMainPartIsFoundByItsRelationship(t *testing.T) {
	old := `<w:document ` + wordNS + `><w:body>` + docxP("", "旧稿") + `</w:body></w:document>`
	body := `<w:document ` + wordNS + `><w:body>` + docxP(`<w:pStyle w:val="Derived"/>`, "新稿") +
		`</w:body></w:document>`
	styles := `<w:styles ` + wordNS +
		`><w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:styleId="Derived"><w:basedOn w:val="Base"/></w:style></w:styles>`
	doc, err := Read("a.docx", packed(t, map[string]string{
		"_rels/.rels": `<Relationships ` + relsNS + `><Relationship Id="r" Type="` + officeRel +
			`officeDocument" Target="/word/document2.xml"/></Relationships>`,
		"word/_rels/document2.xml.rels": `<Relationships ` + relsNS + `><Relationship Id="n" Type="` + officeRel +
			`numbering" Target="numbers9.xml"/><Relationship Id="s" Type="` + officeRel +
			`styles" Target="looks9.xml"/></Relationships>`,
		"word/document.xml":  old,
		"word/document2.xml": body,
		"word/numbers9.xml":  numberingXML,
		"word/looks9.xml":    styles,
	}))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"一、新稿"}, texts(doc)); d != "" {
		t.Error(d)
	}
}

func TestWhatADocumentDoesNotShowIsNotRead(t *testing.T) {
	r := func(props, text string) string {
		return `<w:r><w:rPr>` + props + `</w:rPr><w:t>` + text + `</w:t></w:r>`
	}
	styles := `<w:styles ` + wordNS +
		`><w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`
	body := `<w:p><w:pPr><w:rPr><w:vanish/><w:strike/></w:rPr></w:pPr>` +
		r("", "一、任务") + r("<w:vanish/>", "底稿") + r(`<w:rStyle w:val="Secret"/>`, "批注") +
		r(`<w:vanish w:val="0"/>`, "分工") + `</w:p>` +
		`<w:p><w:r><w:ruby><w:rt><w:r><w:t>cuān</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汆</w:t></w:r></w:rubyBase></w:ruby></w:r>` + r("", "水") + `</w:p>` +
		`<w:p>` + r("<w:strike/>", "旧的要求。") + r(`<w:dstrike w:val="true"/>`, "也不要。") + r(`<w:strike w:val="false"/>`,
		"新的要求。") + `</w:p>` +
		`<w:p>` + r("<w:strike/>", "整段划掉") + `</w:p>`
	doc, err := Read("a.docx", docx(t, body, map[string]string{"word/styles.xml": styles}))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"一、任务分工", "汆水", "新的要求。"}, texts(doc)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]Block{{Line: 3, Text: "旧的要求。也不要。"}, {Line: 4, Text: "整段划掉"}}, doc.Struck); d != "" {
		t.Error(d)
	}
	p, err := Parse(&Document{Blocks: []Block{{Line: 1, Text: "1.甲（乙局负责）"}}, Struck: doc.Struck}, nil)
	if err != nil || len(p.Doubts) != 2 || p.Doubts[0].Text.Key != "plan.struck_out" {
		t.Errorf("struck-out text is not told: %v %v", p.Doubts, err)
	}
}

// A box stands twice in the file, as a drawing and as a fallback for old
// programs, and is read once; its tasks count like any others.
func TestTextBoxesAreRead(t *testing.T) {
	box := func(inner string) string {
		return `<w:p><w:r><w:t>正文一句。</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing><wps:txbx xmlns:wps="s"><w:txbxContent>` + inner +
			`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + inner +
			`</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
	}
	table := `<w:tbl>` + tr(cell("", "", "序号"), cell("", "", "重点任务"), cell("", "", "牵头单位")) +
		tr(cell("", "", "1"), cell("", "", "检修闸门"), cell("", "", "水利局")) + tr(cell("", "", "2"), cell("", "", "备足沙袋"),
		cell("", "", "应急局")) + `</w:tbl>`
	doc, err := Read("a.docx", docx(t, docxP("", "2025年防汛分工")+box(docxP("", "1.加固堤段（水利局负责）"))+box(table)+
		`<w:p><w:r><w:pict><v:textbox xmlns:v="v"><w:txbxContent>`+docxP("", "旧式文本框")+
		`</w:txbxContent></v:textbox></w:pict></w:r></w:p>`, nil))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"2025年防汛分工", "正文一句。", "1.加固堤段（水利局负责）", "正文一句。", "", "旧式文本框"}, texts(doc)); d != "" {
		t.Error(d)
	}
	p, err := Parse(doc, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]row{{"1", "加固堤段", "水利局", "", ""}, {"2", "检修闸门", "水利局", "", ""}, {"3", "备足沙袋", "应急局", "", ""}},
		rows(p)); d != "" {
		t.Error(d)
	}
}

// Headings by style have no number, yet they are the plan's structure.
func TestHeadingsByStyle(t *testing.T) {
	styles := `<w:styles ` + wordNS +
		`><w:style w:styleId="2"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
		`<w:style w:styleId="3"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>`
	h := func(level, text string) string { return docxP(`<w:pStyle w:val="`+level+`"/>`, text) }
	p := parseDocx(t, docx(t, docxP("", "2024年乡村工作计划")+h("2", "产业")+h("3", "建设冷库（商务局牵头）")+docxP("", "年底前投用。")+
		h("3", "扩种茶园")+docxP("", "连片种植。（农业局牵头，各乡配合）")+h("2", "民生")+h("3", "修缮校舍")+docxP("", "责任单位：教育局"),
		map[string]string{"word/styles.xml": styles}))
	want := []string{"year 2024", "1 | 建设冷库 | 商务局 |  | 年底前 | 产业", "2 | 扩种茶园 | 农业局 | 各乡 |  | 产业",
		"3 | 修缮校舍 | 教育局 |  |  | 民生"}
	if d := cmp.Diff(want, told(p)); d != "" {
		t.Error(d)
	}
}

func TestOtherKindsOfFilesAreToldHowToSave(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	for name, tt := range map[string]struct {
		data      []byte
		says, how string
	}{
		"方案.doc": {[]byte(ole), ".doc", "另存为"},
		"方案.wps": {[]byte(ole), ".wps", "另存为"},
		"方案.docx": {[]byte(ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"),
			"密码", "去掉密码"},
		"表.xls":  {[]byte(ole), "工作簿", "taizhang"},
		"表.xlsx": {packed(t, map[string]string{"xl/workbook.xml": ""}), "工作簿", "taizhang"},
		"红头.ofd": {packed(t, map[string]string{"OFD.xml": ""}), ".ofd", "Word"},
		"稿.odt": {packed(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"}), ".odt",
			".docx"},
		"网页.doc":  {[]byte("<html><body>一、任务</body></html>"), ".html", ".docx"},
		"富文本.doc": {[]byte(`{\rtf1}`), ".rtf", ".docx"},
		"扫描.pdf":  {[]byte("%PDF-1.7"), ".pdf", "Word"},
	} {
		_, err := Read(name, tt.data)
		var e *msg.Error
		if !errors.Is(err, ErrFormat) || !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if text, hint := e.Text.In(msg.ZH), e.Hint.In(msg.ZH); !strings.Contains(text, name) ||
			!strings.Contains(text, tt.says) || !strings.Contains(hint, tt.how) {
			t.Errorf("%s: %s / %s", name, text, hint)
		}
	}
}

func TestUTF16WithoutAMark(t *testing.T) {
	var le, be []byte
	for _, r := range "2025年方案\r\n1.巡河（水利局负责）" {
		le = append(le, byte(r), byte(r>>8))
		be = append(be, byte(r>>8), byte(r))
	}
	for name, data := range map[string][]byte{"little": le, "big": be} {
		doc, err := Read("a.txt", data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p, err := Parse(doc, ledger.DefaultRules()); err != nil || p.Year != 2025 || p.Items[0].Lead != "水利局" {
			t.Errorf("%s: %v %v", name, p, err)
		}
	}
}

// A text copied out of a PDF has radicals where it should have characters.
func TestRadicalsAreReadAsTheCharactersTheyLookLike(t *testing.T) {
	p := parse(t, "2025年⼯作⽅案\n⼀、重点任务\n（⼀）清运垃圾。每⽇清运。（⽔利局牵头，6⽉底前完成）")
	if d := cmp.Diff([]string{"year 2025", "1 | 清运垃圾 | 水利局 |  | 6月底前 | 一、重点任务"}, told(p)); d != "" {
		t.Error(d)
	}
}

// Columns that a new ledger does not have stand behind the task's text, also
// where the task stands in the text too.
func TestOtherColumnsOfATableAreKept(t *testing.T) {
	p := parse(t, "2025年任务分工\n一、任务\n1.修订章程。（办公室负责）\n\n序号\t重点任务\t责任单位\t分值\t适用范围\t备注\n"+
		"1\t修订章程\t办公室\t10\t各支部\t重点\n2\t编印手册\t宣传科\t5\t\t\n")
	if it := p.Items[0]; it.Requirement != "分值：10\n适用范围：各支部" || it.Remark != "重点" {
		t.Errorf("%+v", it)
	}
	if it := p.Items[1]; it.Requirement != "分值：5" {
		t.Errorf("%+v", it)
	}
}

// A plan pasted into Word line by line, out of a PDF or with tabs or bars for its
// tables, says what the text says.
func TestParagraphsOfADocumentThatAreLinesOfAText(t *testing.T) {
	files, err := filepath.Glob("testdata/plans/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("\n# ")) || bytes.HasPrefix(data, []byte("# ")) {
			continue // headings of Markdown are of texts alone
		}
		var body strings.Builder
		for line := range strings.Lines(string(data)) {
			text := html.EscapeString(strings.TrimRight(line, "\r\n"))
			body.WriteString(docxP("", strings.ReplaceAll(text, "\t", `</w:t><w:tab/><w:t xml:space="preserve">`)))
		}
		want, got := told(parse(t, string(data))), told(parseDocx(t, docx(t, body.String(), nil)))
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-text +docx)\n%s", filepath.Base(file), d)
		}
	}
}
