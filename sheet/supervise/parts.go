package supervise

import (
	"regexp"
	"slices"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

var (
	reParentHead = regexp.MustCompile(`^(?:父|上级|主|所属)任务(?:编号|序号)?$`)
	reSubNumber  = regexp.MustCompile(`^(\d+(?:\.\d+)*)\.\d+$`)
)

// Children are the tasks that are parts of each task, by its id: a column 父任务 names
// it by number, code or title, or its own number does (1.1 is a part of 1).
func Children(l *ledger.Ledger) map[string][]*ledger.Task {
	named := map[string]*ledger.Task{} // nil: two tasks go by that name
	name := func(t *ledger.Task, in, as string) {
		if as == "" {
			return
		}
		key := in + "\x00" + as
		if other, taken := named[key]; taken && other != t {
			t = nil
		}
		named[key] = t
	}
	sheet := func(t *ledger.Task) string { return t.Source.Name + "\x00" + t.Source.Sheet }
	for _, t := range l.Tasks {
		for _, as := range []string{t.Number, t.Code, strings.TrimSpace(t.Title)} {
			name(t, sheet(t), as)
			name(t, t.Source.Name, as)
		}
	}
	heads := map[string]bool{} // headings, which all tasks of a table share
	isParent := func(e ledger.Extra) bool {
		is, known := heads[e.Heading]
		if !known {
			is = reParentHead.MatchString(headOf(e))
			heads[e.Heading] = is
		}
		return is
	}
	out := map[string][]*ledger.Task{}
	for _, t := range l.Tasks {
		of := ""
		if m := reSubNumber.FindStringSubmatch(t.Number); m != nil {
			of = m[1]
		}
		for _, e := range t.Extra {
			if v := strings.TrimSpace(e.Value); v != "" && isParent(e) {
				of = v
			}
		}
		if of == "" {
			continue
		}
		parent := named[sheet(t)+"\x00"+of]
		if parent == nil {
			parent = named[t.Source.Name+"\x00"+of]
		}
		if parent != nil && parent != t {
			out[parent.ID] = append(out[parent.ID], t)
		}
	}
	return out
}

// PartsText says how many parts a task has and how many of them are done; the zero Text for
// a task without parts.
func PartsText(parts []*ledger.Task) msg.Text {
	if len(parts) == 0 {
		return msg.Text{}
	}
	open := slices.DeleteFunc(slices.Clone(parts), func(t *ledger.Task) bool { return t.Status.Kind == ledger.Done })
	var names []string
	for i, t := range open {
		if i == mostParts {
			names = append(names, "…")
			break
		}
		names = append(names, strings.TrimSpace(t.Number+" "+t.Title))
	}
	return msg.New("supervise.parts", "All", len(parts), "Done", len(parts)-len(open), "Open", strings.Join(names, "、"))
}

// mostParts is how many open parts are named.
const mostParts = 5
