package syncer

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"taizhang/sheet/ledger"
)

func TestTheLedgerAsItStood(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	newBook(t, path, 3)
	s, err := Open(ctx, path, Options{Author: "王",
		Ledger: ledger.Options{Today: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	set := func(text string) time.Time {
		t.Helper()
		if _, err := s.Change(ctx, []Edit{{Task: "1", Field: ledger.FieldProgress, Value: text}}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond)
		return time.Now()
	}
	opened := time.Now()
	one := set("一稿")
	two := set("二稿")
	set("三稿")
	for name, c := range map[string]struct {
		at   time.Time
		want string
	}{
		"before the history": {opened.AddDate(-1, 0, 0), ""}, "when it was opened": {opened, ""}, "first": {one,
			"一稿"}, "second": {two, "二稿"},
		"now": {time.Now(), "三稿"}, "a day that has not come": {time.Now().AddDate(1, 0, 0), "三稿"},
	} {
		l, since, err := s.AsOf(ctx, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Tasks[0].Progress; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if since.IsZero() || since.After(one) {
			t.Errorf("%s: the history is said to begin at %v", name, since)
		}
		if now := s.Snapshot().Ledger; l.Title == "" || l.Title != now.Title {
			t.Errorf("%s: its title is %q, that of the workbook %q", name, l.Title, now.Title)
		}
		if l.Year != 2022 {
			t.Errorf("%s: a ledger of %d", name, l.Year)
		}
	}
}
