package merge

import (
	"fmt"
	"testing"
)

// Every cell of the table for values, worked out by hand, through Merge itself.
func TestEveryCellOfTheValueTable(t *testing.T) {
	for _, c := range []struct {
		base, mine, theirs string
		mode               Mode
		want               string
		outcome            Outcome // "" none, Behind counted
	}{
		{"未启动", "未启动", "未启动", Shared, "未启动", ""},
		{"未启动", "已完成", "未启动", Shared, "已完成", Behind},
		{"未启动", "未启动", "已完成", Shared, "已完成", Applied},
		{"未启动", "已完成", "已完成", Shared, "已完成", Same},
		{"未启动", "推进中", "已完成", Shared, "推进中", Conflict},
		{"未启动", "", "已完成", Shared, "", Conflict},
		{"未启动", "已完成", "", Shared, "已完成", Conflict},
		{"未启动", "", "", Shared, "", Same},
		{"", "已完成", "推进中", Shared, "已完成", Conflict},
		{"一\n二", "一\n二", "一\r\n二", Shared, "一\n二", ""},
		{"一\n二", "一\n三", "一\r\n二", Shared, "一\n三", Behind},
		{"办 ", "办 ", "办", Shared, "办", Applied},
		{"0.3", "0.3", "0.30000000000000004", Shared, "0.3", ""},
		{"110101199003074512", "110101199003074512", "110101199003074513", Shared, "110101199003074513", Applied},
		{"未启动", "未启动", "未启动", Copy, "未启动", ""},
		{"未启动", "已完成", "未启动", Copy, "已完成", Behind},
		{"未启动", "未启动", "已完成", Copy, "已完成", Applied},
		{"未启动", "已完成", "已完成", Copy, "已完成", Same},
		{"未启动", "推进中", "已完成", Copy, "推进中", Conflict},
	} {
		one := func(v string) State {
			s := tasks("id|title|lead|status\na|编制公开目录|党政办公室|x\nb|组织公众开放日|项目建设局|推进中")
			s.Tables[0].Rows[0].Values[2] = v
			return s
		}
		r := mustMerge(t, one(c.base), one(c.mine), one(c.theirs), Options{Mode: c.mode})
		if got := r.Merged.Tables[0].Rows[0].Values[2]; got != c.want {
			t.Errorf("%q, %q, %q: %q, want %q", c.base, c.mine, c.theirs, got, c.want)
		}
		checkOutcome(t, fmt.Sprintf("%q, %q, %q", c.base, c.mine, c.theirs), r, c.outcome)
	}
}

// Every cell of the table for running numbers.
func TestEveryCellOfTheNumberTable(t *testing.T) {
	for _, c := range []struct {
		base, mine, theirs string
		mode               Mode
		want               string
		outcome            Outcome
	}{
		{"1", "1", "2", Shared, "2", Applied},
		{"1", "3", "1", Shared, "3", Behind},
		{"1", "3", "2", Shared, "2", Applied},
		{"1", "2", "2", Shared, "2", Same},
		{"1", "1", "2", Copy, "1", Kept},
		{"1", "3", "2", Copy, "3", Kept},
		{"1", "2", "2", Copy, "2", Same},
		{"1", "1", "暂缓", Copy, "暂缓", Applied},
		{"1", "2", "暂缓", Shared, "暂缓", Applied},
		{"1", "暂缓", "2", Shared, "暂缓", Kept},
		{"1", "暂缓", "取消", Copy, "暂缓", Conflict},
	} {
		one := func(v string) State {
			s := tasks("id|number|title|lead\na|1|编制公开目录|党政办公室\nb|5|组织公众开放日|项目建设局")
			s.Tables[0].Rows[0].Values[0] = v
			return s
		}
		r := mustMerge(t, one(c.base), one(c.mine), one(c.theirs), Options{Mode: c.mode})
		if got := r.Merged.Tables[0].Rows[0].Values[0]; got != c.want {
			t.Errorf("%q, %q, %q: %q, want %q", c.base, c.mine, c.theirs, got, c.want)
		}
		checkOutcome(t, fmt.Sprintf("%q, %q, %q", c.base, c.mine, c.theirs), r, c.outcome)
	}
}

// Every cell of the table for rows.
func TestEveryCellOfTheRowTable(t *testing.T) {
	type cell struct {
		stays, missing bool
		outcome        Outcome
	}
	want := map[string]cell{
		"Shared same same":   {true, false, ""},
		"Shared same edit":   {true, false, Applied},
		"Shared same gone":   {false, true, Applied},
		"Shared edit same":   {true, false, Behind},
		"Shared edit edit":   {true, false, Conflict},
		"Shared edit gone":   {true, true, Conflict},
		"Shared gone same":   {false, false, Behind},
		"Shared gone edit":   {true, false, Conflict},
		"Shared gone gone":   {false, false, Same},
		"Copy same same":     {true, false, ""},
		"Copy same edit":     {true, false, Applied},
		"Copy same gone":     {true, true, ""},
		"Copy edit same":     {true, false, Behind},
		"Copy edit edit":     {true, false, Conflict},
		"Copy edit gone":     {true, true, ""},
		"Copy gone same":     {false, false, Behind},
		"Copy gone edit":     {true, false, Conflict},
		"Copy gone gone":     {false, false, ""},
		"Shared absent new":  {true, false, Applied},
		"Copy absent new":    {true, false, Applied},
		"Shared new new":     {true, false, Same},
		"Copy new new":       {true, false, Same},
		"Shared new absent":  {true, false, Behind},
		"Copy new absent":    {true, false, Behind},
		"Shared renum gone":  {false, true, Applied},
		"Shared gone renum":  {false, false, Behind},
		"Shared renum renum": {true, false, Same},
	}
	state := func(did, edit string) State {
		s := tasks("id|number|title|lead|status\na|1|编制公开目录|党政办公室|未启动\nb|2|组织公众开放日|项目建设局|推进中\nc|3|公开财政预决算|财政金融局|推进中")
		rows := s.Tables[0].Rows
		switch did {
		case "edit":
			rows[0].Values[3] = edit
		case "renum":
			rows[0].Values[0] = "9"
		case "gone", "absent":
			s.Tables[0].Rows = rows[1:]
		}
		return s
	}
	for name, w := range want {
		var mode, m, th string
		if _, err := fmt.Sscan(name, &mode, &m, &th); err != nil {
			t.Fatal(err)
		}
		opt := Options{}
		if mode == "Copy" {
			opt.Mode = Copy
		}
		base := state("same", "")
		if m == "absent" || m == "new" {
			base = state("absent", "")
		}
		theirs := state(th, "长期坚持")
		for i := range theirs.Tables[0].Rows {
			theirs.Tables[0].Rows[i].ID = ""
		}
		r := mustMerge(t, base, state(m, "已完成"), theirs, opt)
		var got cell
		for _, row := range r.Merged.Tables[0].Rows {
			got.stays = got.stays || row.Values[1] == "编制公开目录"
		}
		got.missing = len(r.Missing) == 1
		if got.stays != w.stays || got.missing != w.missing {
			t.Errorf("%s: stays %v, missing %v", name, got.stays, got.missing)
		}
		checkOutcome(t, name, r, w.outcome)
	}
}

// checkOutcome holds the first change against what was expected: a row's own
// outcome stands before those of its values.
func checkOutcome(t *testing.T, name string, r Result, want Outcome) {
	t.Helper()
	var got Outcome
	if len(r.Changes) > 0 {
		got = r.Changes[0].Outcome
	} else if r.Behind > 0 {
		got = Behind
	}
	if got != want {
		t.Errorf("%s: outcome %q, want %q (%v)", name, got, want, r.Changes)
	}
}
