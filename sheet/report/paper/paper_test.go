package paper

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/ooxmltest"
)

var day = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// full is a paper with everything that a paper can have.
func full(sealed bool) *Paper {
	p := &Paper{
		Title: "关于2026年第一季度政务公开重点工作任务落实情况的通报", To: "各街道办事处，管委会各部门，各有关单位",
		Attachments: []string{"2026年第一季度各单位任务完成情况统计表", "名称很长的附件，回行时应当与上一行附件名称的首字对齐才合乎要求"},
		Sign:        Signature{Unit: "白城经济技术开发区党政办公室", Date: day, Sealed: sealed},
	}
	long := strings.Repeat("按照年度政务公开工作要点，各单位认真组织落实，总体进展顺利。", 6)
	p.Text("现将第一季度落实情况通报如下。")
	p.Heading(1, "一、总体情况")
	p.Text(long)
	p.Heading(2, "（一）按期完成情况")
	p.Text(long)
	p.Heading(3, "1.牵头任务")
	p.Heading(4, "（1）按期完成的任务")
	p.Text(long)
	p.Flush("表1　各单位任务完成情况")
	t := Table{Head: 2, Rows: [][]Cell{
		{{Text: "单位", Down: 2}, {Text: "本期", Span: 2}, {Text: "上期", Span: 2}},
		{{Text: "完成"}, {Text: "逾期"}, {Text: "完成"}, {Text: "逾期"}},
	}}
	for _, u := range []string{"财政局", "经济发展局（统计局）", "建设局", "生态环境分局", "党政办公室"} {
		t.Rows = append(t.Rows, []Cell{{Text: u, Left: true}, {Text: "3"}, {Text: "1"}, {Text: "2"}, {Text: "0"}})
	}
	p.Table(t)
	cats := []string{"财政局", "经济发展局", "建设局", "生态环境分局", "党政办公室"}
	p.Chart(Chart{Title: "各单位任务完成情况", Kind: Bars, Categories: cats, Series: []Series{
		{"已完成", []float64{3, 3, 3, 3, 3}, "5B9E6B"}, {"推进中", []float64{1, 2, 0, 1, 2}, "6C9BD2"},
		{"逾期", []float64{1, 0, 0, 2, 0}, "C8504B"}}})
	p.Chart(Chart{Title: "本期与上期比较", Categories: cats, Series: []Series{{"上期", []float64{2, 3, 1, 0, 4}, "B8C4D0"},
		{"本期", []float64{3, 3, 3, 3, 12}, "3C6EA5"}}})
	p.Heading(1, "二、下一步工作要求")
	p.Text(long)
	return p
}

func TestTheSamePaperGivesTheSameWellFormedBytes(t *testing.T) {
	data, err := full(false).Docx()
	if err != nil {
		t.Fatal(err)
	}
	again, err := full(false).Docx()
	if err != nil || !bytes.Equal(data, again) {
		t.Error("the bytes differ from one time to the next")
	}
	all := ooxmltest.Parts(t, data)
	for name, text := range all {
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
			continue
		}
		for dec := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
	for _, name := range []string{"word/charts/chart1.xml", "word/charts/chart2.xml", "word/embeddings/figures2.xlsx"} {
		if all[name] == "" {
			t.Errorf("no %s", name)
		}
	}
}

// The measures of GB/T 9704—2012, in twentieths of a point.
func TestThePageIsThatOfTheStandard(t *testing.T) {
	data, err := full(false).Docx()
	if err != nil {
		t.Fatal(err)
	}
	all := ooxmltest.Parts(t, data)
	for part, wants := range map[string][]string{
		"word/document.xml": {`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="2098"`, `w:left="1588"`, `w:right="1474"`,
			`w:bottom="1984"`, `w:footer="1588"`,
			`<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="0"/>`, `<w:vMerge w:val="restart"/>`,
			`<w:gridSpan w:val="2"/>`, `<w:tblHeader/>`},
		"word/settings.xml": {`<w:evenAndOddHeaders/>`},
		"word/styles.xml": {`w:eastAsia="方正小标宋简体"`, `w:eastAsia="仿宋_GB2312"`, `w:eastAsia="黑体"`,
			`w:eastAsia="楷体_GB2312"`, `w:line="579" w:lineRule="exact"`},
		"word/footer1.xml": {`w:val="FootOdd"`, "— ", " PAGE "},
		"word/footer2.xml": {`w:val="FootEven"`},
	} {
		for _, want := range wants {
			if !strings.Contains(all[part], want) {
				t.Errorf("%s has no %s", part, want)
			}
		}
	}
	if lines := (pageHeight - top - bottom) / lineTwips; lines != 22 {
		t.Errorf("%d lines stand on a page", lines)
	}
	if chars := textWidth / (16*20 + charSpacing); chars != 28 {
		t.Errorf("%d characters stand in a line", chars)
	}
}

func TestSignatureAndDateStandWhereTheStandardHasThem(t *testing.T) {
	for name, c := range map[string]struct {
		sign Signature
		want []signLine
	}{
		// The date, six characters wide, begins two to the right of the name.
		"no seal": {Signature{Unit: "白城经济技术开发区党政办公室", Date: day},
			[]signLine{{"白城经济技术开发区党政办公室", 200, 1}, {"2026年1月5日", 800, 0}}},
		"no seal, a short name": {Signature{Unit: "财政局", Date: day},
			[]signLine{{"财政局", 700, 1}, {"2026年1月5日", 200, 0}}},
		"seal": {Signature{Unit: "财政局", Date: day, Sealed: true},
			[]signLine{{"财政局", 550, 2}, {"2026年1月5日", 400, 0}}},
		"seal, a very long name": {Signature{Unit: strings.Repeat("长", 20), Date: day, Sealed: true},
			[]signLine{{strings.Repeat("长", 20), 0, 2}, {"2026年1月5日", 700, 0}}},
		"nobody":           {Signature{Date: day}, []signLine{{"2026年1月5日", 200, 1}}},
		"nothing":          {Signature{}, nil},
		"Chinese numerals": {Signature{Date: day, Chinese: true}, []signLine{{"二〇二六年一月五日", 200, 1}}},
	} {
		p := &Paper{Sign: c.sign}
		if got := p.signLines(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestDatesInChineseNumerals(t *testing.T) {
	for in, want := range map[string]string{"2026-11-30": "二〇二六年十一月三十日", "2030-10-10": "二〇三〇年十月十日",
		"2026-12-21": "二〇二六年十二月二十一日", "2026-01-20": "二〇二六年一月二十日"} {
		d, err := time.Parse(time.DateOnly, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := ChineseDay(d); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestTitlesAreBrokenBySense(t *testing.T) {
	for in, want := range map[string][]string{
		"工作提醒单": {"工作提醒单"},
		"关于2026年第一季度政务公开重点工作任务落实情况的通报":                     {"关于2026年第一季度政务公开", "重点工作任务落实情况的通报"},
		"白城经济技术开发区2026年政府信息公开工作年度报告":                       {"白城经济技术开发区2026年", "政府信息公开工作年度报告"},
		"党政办公室2022年政府信息公开工作年度报告":                           {"党政办公室2022年", "政府信息公开工作年度报告"},
		"关于2022年第三季度重点任务落实情况的通报":                           {"关于2022年第三季度", "重点任务落实情况的通报"},
		"关于“十四五”规划2022年重点任务完成情况的通报":                        nil,
		"关于印发《白城经济技术开发区2026年政务公开工作要点》的通知":                  nil,
		"关于转发《国务院办公厅关于印发2026年政务公开工作要点的通知》并做好贯彻落实工作有关事项的通知": nil,
	} {
		got := titleLines(in)
		if want != nil && !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want\n%q", in, got, want)
		}
		if strings.Join(got, "") != in {
			t.Errorf("%s became %q", in, got)
		}
		for _, l := range got {
			if quarters([]rune(l))[len([]rune(l))] > titleLine || strings.HasPrefix(l, "》") ||
				strings.HasSuffix(l, "《") || strings.HasPrefix(l, "年") {
				t.Errorf("%s: line %q", in, l)
			}
		}
	}
}

// Where a table is too narrow, headings run over two lines before a unit's name or a
// number is broken.
func TestColumnsGiveWayInTheirHeadingsFirst(t *testing.T) {
	table := Table{Head: 1, Rows: [][]Cell{
		Row("单位", "逾期", "最长天数", "即将到期", "未更新", "登记事项", "年度要求", "联络员", "联系电话"),
		Row("南湖街道办事处", "1", "77", "0", "0", "23", "1", "张庚", "0436-3200006"),
	}}
	widths := layOut(&table).widths()
	if got := sum(widths); got != textWidth {
		t.Errorf("together %d, want %d", got, textWidth)
	}
	for i, c := range table.Rows[1] {
		if need := halves(c.Text)*cellSize*5 + 2*57; widths[i] < need {
			t.Errorf("%s is broken: %d of %d", c.Text, widths[i], need)
		}
		if need := cellSize*10 + 2*57; widths[i] < need {
			t.Errorf("%s has no room for a character: %d", table.Rows[0][i].Text, widths[i])
		}
	}
	long := Table{Head: 1, Rows: [][]Cell{Row("编号", "事项", "电话"), Row("1", strings.Repeat("很长的事项", 60), "13912345678")}}
	widths = layOut(&long).widths()
	if need := 11*cellSize*5 + 2*57; widths[2] < need || sum(widths) != textWidth {
		t.Errorf("%v: a telephone number needs %d", widths, need)
	}
}

func TestPlainTextHasEverything(t *testing.T) {
	p := &Paper{Title: "通报", To: "各单位", Lang: msg.ZH, Attachments: []string{"甲", "乙"},
		Sign: Signature{Unit: "党政办公室", Date: day}}
	p.Text("开头\x1b[31m。\n第二行")
	p.Heading(1, "一、情况")
	p.Text("1.第一项")
	p.Text("2.第二项")
	p.Table(Table{Rows: [][]Cell{{{Text: "单位", Down: 2}, {Text: "本期", Span: 2}}, {{Text: "完成"}, {Text: "逾期"}},
		{{Text: "财政局"}, {Text: "3"}, {Text: "1"}}}})
	p.Text("结尾。")
	const want = `通报

各单位：

　　开头[31m。 第二行

　　一、情况
　　1.第一项
　　2.第二项
单位    本期
        完成  逾期
财政局  3     1

　　结尾。

　　附件：1.甲
　　      2.乙

党政办公室
2026年1月5日
`
	if got := p.Plain(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
