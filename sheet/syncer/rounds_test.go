package syncer

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ooxml"
)

// round is copies that were sent to units, as split makes them.
func round(t *testing.T, s *Session, units ...string) Original {
	t.Helper()
	o, err := s.Original(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Sent(context.Background(), o, units); err != nil {
		t.Fatal(err)
	}
	return o
}

// returns is the unit's copy of a round, with one value filled in, under a name.
func returns(t *testing.T, o Original, unit, name, value string) string {
	t.Helper()
	path := put(t, t.TempDir(), name, o.Data)
	wb, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range map[string]string{StampLedger: o.ID, StampRevision: o.Revision, StampScope: unit} {
		if err := wb.SetProperty(k, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := wb.Save(); err != nil {
		t.Fatal(err)
	}
	own := slices.Index(units, unit) // it leads the task in that row
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", cell(6, 3+own), value) })
	return path
}

func back(s *Session) (have, not string) {
	var in, out []string
	for _, r := range s.Snapshot().Returned {
		if r.File != "" {
			in = append(in, r.Unit)
		} else {
			out = append(out, r.Unit)
		}
	}
	slices.Sort(in)
	slices.Sort(out)
	return strings.Join(in, " "), strings.Join(out, " ")
}

// Who has returned a copy is told for the last round that was sent out: a copy
// of an earlier round is merged, and is not the one that is owed.
func TestWhoHasReturnedStartsAnewWithEachRound(t *testing.T) {
	path := tempBook(t, 8)
	s := openAs(t, path, "王")
	expect := func(when, have, not string) {
		t.Helper()
		if h, n := back(s); h != have || n != not {
			t.Errorf("%s: %q have returned, %q have not; want %q, %q", when, h, n, have, not)
		}
	}
	merge := func(file string) CopyReport {
		t.Helper()
		r, err := s.Merge(context.Background(), []string{file}, MergeOptions{})
		if err != nil || r.Copies[0].Err != nil {
			t.Fatal(err, r.Copies)
		}
		return r.Copies[0]
	}
	change(t, s, "编制公开目录", "remark", "三月")
	first := round(t, s, "财政局", "项目办", "环保分局")
	expect("sent", "", "环保分局 财政局 项目办")
	if c := merge(returns(t, first, "财政局", "台账-财政局.xlsx", "财政填的")); c.Earlier {
		t.Error("it counts as of an earlier round")
	}
	expect("one is back", "财政局", "环保分局 项目办")
	round(t, s, "财政局", "环保分局") // the ledger moved on: a round of its own
	expect("sent again", "", "环保分局 财政局 项目办")
	change(t, s, "编制公开目录", "remark", "六月")
	second := round(t, s, "财政局", "项目办")
	expect("sent once more", "", "环保分局 财政局 项目办")
	if c := merge(returns(t, first, "项目办", "台账-项目办.xlsx", "迟来的")); !c.Earlier || len(c.Changes) == 0 {
		t.Errorf("a copy of the first round: %+v", c)
	}
	expect("late", "", "环保分局 财政局 项目办")
	if c := merge(returns(t, second, "项目办", "台账-项目办.xlsx", "及时的")); c.Earlier {
		t.Error("it counts as of an earlier round")
	}
	expect("in time", "项目办", "环保分局 财政局")

	// The same copies once more, as of the same state, are no new round; another
	// machine knows the rounds as well.
	if err := s.Sent(context.Background(), second, []string{"项目办"}); err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	expect("the same again", "项目办", "环保分局 财政局")
	s = openAs(t, path, "李")
	expect("elsewhere", "项目办", "环保分局 财政局")
}

// A copy whose name speaks of another unit than its stamp is told.
func TestACopyUnderAnotherUnitsNameIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "党政办公室台账.xlsx")
	newBook(t, path, 8)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	o := round(t, s, "财政局", "环保分局")
	for i, c := range []struct{ file, named string }{
		{"党政办公室台账-财政局.xlsx", ""},
		{"党政办公室台账（回复）.xlsx", ""},
		{"环保分局上报.xlsx", "环保分局"},
		{"财政局转环保分局.xlsx", ""},
	} {
		r, err := s.Merge(context.Background(), []string{returns(t, o, "财政局", c.file, strings.Repeat("填", i+1))},
			MergeOptions{})
		if err != nil || r.Copies[0].Err != nil {
			t.Fatal(err, r.Copies)
		}
		if got := r.Copies[0]; got.Unit != "财政局" || got.Named != c.named {
			t.Errorf("%s: unit %q, named %q, want %q", c.file, got.Unit, got.Named, c.named)
		}
	}
}

// A unit's own copy whose stamp some program dropped lacks nothing, whatever was
// added to the ledger since it was taken.
func TestAUnitsCopyWithoutItsStampLacksOnlyItsOwn(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	copied := filepath.Join(t.TempDir(), "财政局.xlsx")
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", "台账")
	for c, h := range headings {
		f.SetCellStr("台账", cell(c+1, 1), h)
	}
	row := 1
	for i := range 12 {
		if values := taskRow(i); values[2] == "财政局" && i > 1 { // all but the first of its tasks
			row++
			values[5] = "填了"
			for c, v := range values {
				f.SetCellStr("台账", cell(c+1, row), v)
			}
		}
	}
	if err := f.SaveAs(copied); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Add(context.Background(), map[string]string{"title": "公开招商政策", "lead": "项目办"}); err != nil {
		t.Fatal(err)
	}
	r, err := s.Merge(context.Background(), []string{copied}, MergeOptions{})
	if err != nil || r.Copies[0].Err != nil {
		t.Fatal(err, r.Copies)
	}
	if c := r.Copies[0]; c.Unit != "财政局" || len(c.Missing) != 1 || len(c.Changes) != 2 {
		t.Errorf("unit %s, missing %v, changes %v", c.Unit, c.Missing, c.Changes)
	}
}
