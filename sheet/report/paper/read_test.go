package paper

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/msg"
)

func notice(lang msg.Lang, sign Signature) *Paper {
	p := &Paper{Title: "工作提醒单", To: "党政办公室", Lang: lang, Sign: sign}
	p.Text("截至2022年10月20日，你单位有以下事项需抓紧办理。")
	p.Heading(1, "一、已逾期的任务（1项）")
	p.Text("1.公开平台（台账序号4）。已逾期20天；责任人：李四。")
	p.Heading(2, "（一）说明")
	p.Flush("顶格的一段")
	p.Text("请尽快办理。")
	return p
}

// The text of a paper, read again, is that paper, to the byte.
func TestAPaperIsReadBackFromItsText(t *testing.T) {
	day := time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)
	for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
		for _, sign := range []Signature{
			{Unit: "党政办公室", Date: day}, {Unit: "党政办公室", Date: day, Sealed: true, Chinese: true}, {Date: day},
			{Unit: "党政办公室"}, {},
		} {
			p := notice(lang, sign)
			q := p.Read(p.Plain())
			a, err := p.Docx()
			if err != nil {
				t.Fatal(err)
			}
			b, err := q.Docx()
			if err != nil || !bytes.Equal(a, b) {
				t.Errorf("%s %+v: %v\n%s\nread as\n%s", lang, sign, err, p.Plain(), q.Plain())
			}
		}
	}
}

// What a person changed is in it, set by its form.
func TestWhatIsChangedInAPaperIsSet(t *testing.T) {
	p := notice(msg.ZH, Signature{Unit: "党政办公室", Date: time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)})
	text := p.Plain()
	for _, c := range [][2]string{
		{"请尽快办理。", "请于10月31日前办理。\n二、其他要求\n（一）报送材料\n另请报送印证材料。"},
		{"党政办公室：", "党政办公室、财政局："}, {"党政办公室\n2022年10月20日", "开发区管委会\n2022年11月2日"},
	} {
		if !strings.Contains(text, c[0]) {
			t.Fatal(text)
		}
		text = strings.Replace(text, c[0], c[1], 1)
	}
	q := p.Read(text)
	if q.Title != "工作提醒单" || q.To != "党政办公室、财政局" || q.Sign.Unit != "开发区管委会" || q.Sign.date(msg.ZH) != "2022年11月2日" {
		t.Errorf("%+v", q)
	}
	levels := map[string]int{}
	for _, b := range q.blocks {
		levels[b.text] = b.level + 1
	}
	for text, want := range map[string]int{"请于10月31日前办理。": 1, "二、其他要求": 2, "（一）报送材料": 3, "另请报送印证材料。": 1,
		"一、已逾期的任务（1项）": 2} {
		if levels[text] != want {
			t.Errorf("%s: level %d, want %d", text, levels[text]-1, want-1)
		}
	}
	if empty := p.Read(""); empty.Title != "" || len(empty.blocks) != 0 {
		t.Errorf("of nothing: %+v", empty)
	}
}
