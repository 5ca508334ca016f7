//go:build e2e

package programs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// passDoc is what sync --json and merge --json say.
type passDoc struct {
	Changes []change
	Copies  []struct {
		Unit           string
		BaseBy         string `json:"base_by"`
		Changes        []struct{ Number, Field, Theirs, Outcome string }
		Added, Missing []string
	}
	Conflicts int
	Waiting   bool
}

// editedBy: somebody types three values in another program, and saves; they are
// taken, and nothing else is. Then a change of ours stands beside them.
func (o *office) editedBy(e, maker *program, r *report) error {
	before, err := o.before()
	if err != nil {
		return err
	}
	cells := []cell{{tasksSheet, "K8", "收到5件，\n答复5件"}, {tasksSheet, "J10", "已完成"},
		{tasksSheet, "I11", day{"2026-12-20"}}}
	if err := e.edit(o.path, cells...); err != nil {
		return o.unable(e, err, cells...)
	}
	saved, err := o.after()
	if err != nil {
		if err = o.unable(e, err, cells...); !errors.As(err, new(*notOurs)) {
			return err
		}
		unread := err
		if err := o.pulled(cells); err != nil {
			return err
		}
		return &unreadable{unread}
	}
	if maker.name != "SheetJS" { // which makes hardly anything that could be lost
		r.saved(e.name, before, saved)
	}
	if e.name == "LibreOffice" {
		err = lost(before, saved)
	}
	err = errors.Join(err, o.pulled(cells))
	if _, e := o.run("set", "1", "remark=与督查同步"); e != nil {
		return errors.Join(err, e)
	}
	o.take([]change{{"1", "remark", "与督查同步"}})
	after, e3 := o.after()
	if e3 != nil {
		return errors.Join(err, e3)
	}
	x := saved.expect()
	x.typed(tasksSheet, "L5", "与督查同步")
	if n := after.shown["shown "+tasksSheet+"!J14"]; n != "3" && saved.known["value "+tasksSheet+"!J14"] != "" {
		err = errors.Join(err, fmt.Errorf("LibreOffice counts %q done", n))
	}
	return errors.Join(err, x.became(saved, after), o.holds())
}

// pulled: sync takes what was typed, and nothing else.
func (o *office) pulled(cells []cell) error {
	doc, err := o.run("sync", "--json")
	if err != nil {
		return err
	}
	said, err := decode[passDoc](doc)
	if err != nil {
		return err
	}
	want := []change{{"4", "progress", cells[0].Value.(string)}, {"6", "status", cells[1].Value.(string)},
		{"7", "deadline", cells[2].Value.(day).Date}}
	var got []change
	for _, c := range said.Changes {
		// A program that calculates says what the formulas say.
		if c.Field != "提示" || c.To != map[bool]string{true: "√", false: "待办"}[o.tasks[c.Number]["status"] == "已完成" ||
			c.Number == "6"] {
			got = append(got, c)
		}
	}
	o.take(want)
	if err = sameChanges(got, want); said.Conflicts > 0 || said.Waiting {
		err = errors.Join(err, fmt.Errorf("%d conflicts, waiting %v", said.Conflicts, said.Waiting))
	}
	return errors.Join(err, o.holds())
}

// unable tells a program that cannot do it on this maker's own file either from
// one that cannot after us.
func (o *office) unable(e *program, err error, cells ...cell) error {
	file := filepath.Join(o.dir, "own.xlsx")
	data, read := os.ReadFile(filepath.Join(o.dir, "..", "made.xlsx"))
	own := errors.Join(read, os.WriteFile(file, data, 0o666))
	if own != nil {
		return errors.Join(err, own)
	}
	if own = e.edit(file, cells...); own == nil {
		_, own = o.look(file)
	}
	if own == nil {
		return err
	}
	return &notOurs{err}
}

// notOurs is what a program cannot do with another's file, without us.
type notOurs struct{ error }

// unreadable is what a program saved and openpyxl does not read, with us and
// without: what was taken of it was checked, what stands in it was not.
type unreadable struct{ error }

const unit = "财政局"

func (o *office) split() error {
	if err := os.WriteFile(filepath.Join(o.dir, "taizhang.yaml"), []byte("inbox: 收件\n"), 0o666); err != nil {
		return err
	}
	if _, err := o.run("split", "--out", filepath.Join(o.dir, "发出")); err != nil {
		return err
	}
	s, err := o.look(filepath.Join(o.dir, "发出", "台账-"+unit+".xlsx"))
	if err != nil {
		return err
	}
	o.home = map[string]string{}
	for k, v := range s.known {
		if row, is := strings.CutPrefix(k, "value "+tasksSheet+"!C"); is {
			o.home[v] = row
		}
	}
	if s.known["property taizhang-scope"] != unit || s.known["protected "+tasksSheet+"!"] == "" {
		return errors.New("the copy is not stamped as the unit's, or not protected")
	}
	return nil
}

// returned: a unit fills in one cell of its copy in another program; it comes
// back through the inbox or by merge, every other one.
func (o *office) returned(e *program, i int) error {
	name := "台账-" + unit + ".xlsx"
	data, err := os.ReadFile(filepath.Join(o.dir, "发出", name))
	if err != nil {
		return err
	}
	file := filepath.Join(o.dir, e.name, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, data, 0o666)); err != nil {
		return err
	}
	wish := []struct{ title, number, field, column, value string }{
		{"网站栏目整改", "6", "progress", "K", "已清理12个栏目"}, {"预决算公开", "7", "progress", "K", "预算已公开"},
		{"网站栏目整改", "6", "remark", "L", "含子站"},
		{"预决算公开", "7", "remark", "L", "附表一并公开"}, {"网站栏目整改", "6", "status", "J", "已完成"},
		{"预决算公开", "7", "status", "J", "长期坚持"}}[i%6]
	row := o.home[wish.title]
	if row == "" {
		return errors.New("the task is not in the copy")
	}
	typed := cell{tasksSheet, wish.column + row, wish.value}
	if err := e.edit(file, typed); err != nil {
		return o.unable(e, err, typed)
	}
	before, err := o.before()
	if err != nil {
		return err
	}
	o.take([]change{{wish.number, wish.field, wish.value}})
	var doc string
	if i%2 == 0 {
		doc, err = o.run("merge", file, "--json")
	} else {
		inbox := filepath.Join(o.dir, "收件")
		if err := errors.Join(os.MkdirAll(inbox, 0o777), os.Rename(file,
			filepath.Join(inbox, e.name+name))); err != nil {
			return err
		}
		doc, err = o.run("sync", "--json")
	}
	if err != nil {
		return err
	}
	said, err := decode[passDoc](doc)
	if err != nil {
		return err
	}
	if len(said.Copies) != 1 {
		return fmt.Errorf("%d copies were taken: %s", len(said.Copies), doc)
	}
	c := said.Copies[0]
	if c.Unit != unit || len(c.Added) > 0 || len(c.Missing) > 0 || len(c.Changes) != 1 || said.Conflicts > 0 ||
		said.Waiting {
		return fmt.Errorf("it took %s", doc)
	}
	if got := c.Changes[0]; got.Number != wish.number || got.Field != wish.field || got.Theirs != wish.value ||
		got.Outcome != "applied" {
		return fmt.Errorf("it took %+v", got)
	}
	after, err := o.after()
	if err != nil {
		return err
	}
	x := before.expect()
	home := wish.column + map[string]string{"6": "10", "7": "11"}[wish.number]
	x.typed(tasksSheet, home, wish.value)
	if wish.value == "已完成" {
		x.result(tasksSheet, "M10", "√")
		x.result(tasksSheet, "J14", "3")
		x.result(countsSheet, "C3", "1")
		x.result(countsSheet, "C4", "0.3333")
	}
	if wish.value == "长期坚持" {
		x.result(tasksSheet, "K14", "4")
	}
	return errors.Join(x.became(before, after), o.holds())
}
