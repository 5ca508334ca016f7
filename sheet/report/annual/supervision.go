package annual

import (
	"fmt"
	"strings"
	"time"

	"taizhang/sheet/evidence"
	"taizhang/sheet/ledger"
	"taizhang/sheet/supervise"
)

// checkEvidence says which files of evidence are not as they were kept: they cannot stand
// in the report before somebody has put that right.
func (r *Report) checkEvidence(l *ledger.Ledger, path string) {
	for _, f := range evidence.Files(l, path) {
		if f.State != evidence.Whole && r.ofYear(f.Act.Day) {
			r.Missing = append(r.Missing, f.Text())
		}
	}
}

func (r *Report) ofYear(day time.Time) bool { return day.Year() == r.Year }

// supervised tells of a year of supervision, and lists the evidence that was kept, by task;
// nothing where the record is empty.
func (r *Report) supervised() (out []string) {
	if len(r.Ledger.Acts) == 0 {
		return nil
	}
	n := supervise.TallyOf(r.Ledger, "", r.ofYear)
	if text := sentence(when(n.Assigned > 0, "全年交办%d项", n.Assigned), when(n.Notices > 0, "发出提醒、催办和督办单%d件", n.Notices),
		when(n.Extended > 0, "同意延期%d项次", n.Extended), when(n.SentBack > 0, "退回%d项次", n.SentBack),
		when(n.Accepted > 0, "审核销号%d项", n.Accepted)); text != "" {
		out = append(out, text)
	}
	listed := 0
	for _, t := range r.Ledger.Tasks {
		names := evidence.Named(t, r.ofYear)
		if len(names) == 0 {
			continue
		}
		if listed++; listed == 1 {
			out = append(out, "登记的佐证材料如下：")
		}
		if listed > mostTasks {
			out = append(out, "其余佐证材料见督办记录。")
			break
		}
		lead := ""
		if t.Lead != "" {
			lead = "（" + t.Lead + "牵头）"
		}
		out = append(out, fmt.Sprintf("%d.%s%s：%s。", listed, title(t), lead, strings.Join(names, "、")))
	}
	return out
}

// title is what a task is called in a list.
func title(t *ledger.Task) string {
	name := t.Title
	if name == "" {
		name = t.Requirement
	}
	return strings.TrimRight(oneLine(name), "。；;.，,、 ")
}
