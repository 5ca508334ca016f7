package plan

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/sheet/ledger"
)

func TestMoreShapesOfPlans(t *testing.T) {
	tests := []struct {
		name, text string
		title      string
		want       []row
	}{
		{"a table of contents, a document number, a title over two lines, attachments listed", `某区办发〔2026〕7号
2026年河道保洁
专项行动实施方案
目 录
一、总体要求……………………1
二、主要任务	2
一、总体要求
稳步推进。
二、主要任务
1.清理岸线垃圾。逐段清理。（水利局牵头，各镇配合）
2.拆除违建围网。限期自拆。
（农业农村局、水利局按职责分工负责，9月底前完成）
三、保障措施
1.落实经费。
附件：1.河段清单
2.联系人名单
2026年3月1日`, "2026年河道保洁专项行动实施方案", []row{
			{"1", "清理岸线垃圾", "水利局", "各镇", ""},
			{"2", "拆除违建围网", "农业农村局", "水利局", "9月底前"},
			{"", "落实经费", "", "", ""},
		}},
		{"a last sentence that says who leads", `2025年便民工作方案
一、主要任务
1.更新办事指南。由党政办公室牵头，财政局配合。
2.公示收费项目。逐项核对。由财政局负责牵头，各街道办事处配合，6月底前完成。
3.由财政局牵头的会议每月召开。议题由牵头单位提出。
（环保局牵头）
4.培训窗口人员。
由党政办公室牵头。`, "2025年便民工作方案", []row{
			{"1", "更新办事指南", "党政办公室", "财政局", ""},
			{"2", "公示收费项目", "财政局", "各街道办事处", "6月底前"},
			{"3", "由财政局牵头的会议每月召开", "环保局", "", ""},
			{"4", "培训窗口人员", "党政办公室", "", ""},
		}},
		{"articles with several leads", `2025年集体资产管理分工规定
第一章 任务
第一条 登记村级资产，逐村建册。（农业农村局、财政局牵头，各镇配合）
第二条 公示租赁合同，每半年一次。（责任单位：农业农村局；完成时限：每半年末）`, "2025年集体资产管理分工规定", []row{
			{"1", "登记村级资产", "农业农村局", "财政局、各镇", ""},
			{"2", "公示租赁合同", "农业农村局", "", "每半年末"},
		}},
		{"sub-items in one paragraph, with the lead of the heading above for those without", `2025年夜市管理方案
一、重点任务（责任单位：城管局）
（一）划定摊位。一是勘测。二是划线。三是编号。
（二）巡查食品。一是抽检。二是公示。（责任单位：市场监管局、卫健局）`, "2025年夜市管理方案", []row{
			{"1", "划定摊位", "城管局", "", ""},
			{"2", "巡查食品", "市场监管局", "卫健局", ""},
		}},
		{"a table pasted into a text",
			"2025年电梯更新任务分工表\n序号\t任务\t牵头单位\t配合单位\t完成时限\n1\t摸排老旧电梯\t市场监管局\t住建局\t3月底前\n2\t签订更新合同\t住建局\t\t年底前",
			"2025年电梯更新任务分工表", []row{
				{"1", "摸排老旧电梯", "市场监管局", "住建局", "3月底前"},
				{"2", "签订更新合同", "住建局", "", "年底前"},
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := parse(t, tt.text)
			if d := cmp.Diff(tt.want, rows(p)); d != "" {
				t.Errorf("items (-want +got)\n%s", d)
			}
			if p.Title != tt.title {
				t.Errorf("title %q, want %q", p.Title, tt.title)
			}
		})
	}
}

func TestTheSamePlanInEveryEncoding(t *testing.T) {
	const text = "2025年方案\r\n一、任务\r\n（一）巡河。每日一次。（水利局负责）"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	var le, be strings.Builder
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		le.Write([]byte{byte(u), byte(u >> 8)})
		be.Write([]byte{byte(u >> 8), byte(u)})
	}
	for name, data := range map[string]string{"UTF-8": text, "UTF-8 with a mark": "\ufeff" + text, "GB18030": gb,
		"UTF-16 LE": le.String(), "UTF-16 BE": be.String()} {
		doc, err := Read("a.txt", []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p, err := Parse(doc, ledger.DefaultRules())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff([]row{{"1", "巡河", "水利局", "", ""}}, rows(p)); d != "" || p.Year != 2025 ||
			p.Items[0].Line != 3 {
			t.Errorf("%s: year %d, line %d\n%s", name, p.Year, p.Items[0].Line, d)
		}
	}
}
