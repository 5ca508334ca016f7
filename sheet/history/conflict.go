package history

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// conflictID is made of what the conflict is about and not of what head holds:
// a value that a person has decided against does not come up again because the
// head moved on. settled is the decisions that the other side had seen: whoever
// types the value again after one of those asks anew.
func conflictID(c store.Conflict, settled map[string]bool) string {
	for n := 0; ; n++ {
		h := sha256.New()
		for _, s := range []string{c.Kind, c.Row, c.Key, c.Base, c.Theirs} {
			h.Write([]byte(s))
			h.Write([]byte{0})
		}
		if n > 0 {
			fmt.Fprint(h, n)
		}
		id := strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:5]))
		if !settled[id] {
			return id
		}
	}
}

// Side is who stands behind theirs in a merge.
type Side struct {
	By     string
	At     time.Time
	Stands bool // theirs is what the shared workbook holds
}

// ConflictsOf is the conflicts of a merge of what was taken from bases into head
// mine that were not opened before.
func (h *History) ConflictsOf(res merge.Result, bases []string, mine string, side Side,
	since time.Time) []store.Conflict {
	return h.conflictsOf(res, bases, mine, nil, nil, nil, side, since)
}

// conflictsOf is ConflictsOf for two heads that become one. fresh is the values typed in
// theirs and not in mine: a decision on an earlier conflict did not know them, and says
// nothing about them. over is the conflicts that the merge puts an end to.
func (h *History) conflictsOf(res merge.Result, bases []string, mine string, fresh typedValues, heads []string,
	over []store.Conflict, side Side, since time.Time) []store.Conflict {
	var out []store.Conflict
	var known, settled, decided map[string]bool
	var who *Blame
	for _, c := range res.Changes {
		if c.Outcome != merge.Conflict {
			continue
		}
		if known == nil {
			known, settled = h.Known(mine), h.Settled(bases...)
			decided = h.Settled(heads...)
			who = h.Blame(mine)
		}
		k := store.Conflict{Kind: c.Kind, Row: c.Row, Key: c.Key, Base: c.Base, Mine: c.Mine, Theirs: c.Theirs,
			TheirsBy: side.By, TheirsAt: side.At, Since: since, Stands: side.Stands}
		// Of a row as a whole the side that deleted it says nothing, and the
		// other one what the row is called.
		title := called(res.Merged, c.Kind, c.Row)
		switch {
		case c.RowDeleted:
			k.Key, k.Base, k.Mine, k.Theirs = "", title, title, ""
		case c.MineDeleted:
			k.Key, k.Base, k.Mine, k.Theirs = "", title, "", title
		}
		k.MineBy, k.MineAt = who.Last(c.Kind, c.Row, k.Key, k.Mine)
		k.ID = conflictID(k, settled)
		if ended := inPlaceOf(&k, over); len(ended) > 0 {
			k.ID = conflictID(k, both(ended, decided))
		} else if len(fresh[spot{c.Kind, c.Row, c.Key}]) > 0 {
			k.ID = conflictID(k, decided)
		}
		if !known[k.ID] {
			known[k.ID] = true
			out = append(out, k)
		}
	}
	return out
}

// called is what a row shows as: its title, else the first of its values.
func called(st merge.State, kind, row string) string {
	for _, t := range st.Tables {
		if t.Kind != kind {
			continue
		}
		for r := range t.Rows {
			if t.Rows[r].ID == row {
				return TitleOf(t, &t.Rows[r])
			}
		}
	}
	return row
}

// Blame finds who changed a value last in the history of one revision.
type Blame struct {
	h    *History
	ids  []string // newest first
	read map[string][]store.Change
}

// Blame looks into the history of one revision.
func (h *History) Blame(id string) *Blame {
	b := &Blame{h: h, read: map[string][]store.Change{}}
	for _, r := range slices.Backward(h.Typed(h.Ancestors(id), nil)) {
		b.ids = append(b.ids, r.ID)
	}
	return b
}

// Last is who changed a value to v last; in a history in which it was changed
// otherwise beside that, that change lost.
func (b *Blame) Last(kind, row, key, v string) (who string, at time.Time) {
	for _, id := range b.ids {
		changes, ok := b.read[id]
		if !ok {
			changes, _ = b.h.store.Changes(id) // what is damaged is not known
			b.read[id] = changes
		}
		for _, c := range changes {
			if c.Kind == kind && c.Row == row && (key == "" || c.Key == key && c.To == v) {
				r := b.h.ByID[id]
				return r.Author, r.Time
			}
		}
	}
	return "", time.Time{}
}

// askedAgain is the conflicts, open at one of two heads that become one, that were
// decided at the other by somebody who had seen the value from another hand only:
// it was typed here too, and whoever decided did not know it. They are opened
// anew. typed is what was typed at each of the heads and not at the other.
func (h *History) askedAgain(heads [2]string, typed [2]typedValues, since time.Time) []store.Conflict {
	var out []store.Conflict
	decided, known := h.Settled(heads[:]...), h.Known(heads[:]...)
	for i, here := range heads {
		settled := h.Settled(heads[1-i])
		for _, c := range h.Open(here) {
			if !settled[c.ID] || !slices.Contains(typed[i][spot{c.Kind, c.Row, c.Key}], c.Theirs) {
				continue
			}
			c.ID, c.Since = conflictID(c, decided), since
			if !known[c.ID] {
				known[c.ID] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// superseded is the conflicts, open at mine, over a value that stood in the
// shared workbook, and that whoever saved it last saw there and replaced: what
// they set out from, the forks, has seen it typed. They are over: one cell that an
// office goes on typing into is one conflict, about what stands there now, and
// not one for each save.
func (h *History) superseded(mine string, forks []string, base, theirs merge.State) []store.Conflict {
	var over []store.Conflict
	var seen map[string]bool
	for _, c := range h.Open(mine) {
		if !c.Stands || c.Key == "" || !base.HasRow(c.Kind, c.Row) || !theirs.HasRow(c.Kind, c.Row) ||
			base.Value(c.Kind, c.Row, c.Key) != c.Theirs || theirs.Value(c.Kind, c.Row, c.Key) == c.Theirs {
			continue
		}
		if seen == nil {
			seen = h.Ancestors(forks...)
		}
		if seen[h.brought(c.ID, mine)] {
			over = append(over, c)
		}
	}
	return over
}

// inPlaceOf makes k the conflict in place of those of its value that are over,
// and returns them: what both sides once set out from stays its base.
func inPlaceOf(k *store.Conflict, over []store.Conflict) map[string]bool {
	var ended map[string]bool
	for _, c := range over {
		if c.Kind != k.Kind || c.Row != k.Row || c.Key != k.Key {
			continue
		}
		if ended == nil {
			ended = map[string]bool{}
			if c.Base != k.Theirs {
				k.Base = c.Base
			}
		}
		ended[c.ID] = true
	}
	return ended
}

// TitleKeys are the columns that say what a row is called.
var TitleKeys = []string{ledger.FieldTitle, ledger.EventTopic, ledger.UnitName}

// TitleOf is what a row is called: its title, its topic, what its register calls it, or
// else the first of its values that is more than a number or a date.
func TitleOf(t *table.Table, r *table.Row) string {
	keys := TitleKeys
	for _, def := range ledger.Registers() {
		if def.Kind == t.Kind {
			keys = append(slices.Clip(keys), def.Title...)
		}
	}
	for _, key := range keys {
		if v := t.Get(r, key); v != "" {
			return v
		}
	}
	first := ""
	for c, v := range r.Values {
		if c >= len(t.Columns) || t.Columns[c].Key == ledger.FieldNumber || strings.TrimSpace(v) == "" {
			continue
		}
		if strings.ContainsFunc(v, unicode.IsLetter) {
			return v
		}
		first = cmp.Or(first, v)
	}
	return first
}

// both is the union of two sets.
func both(a, b map[string]bool) map[string]bool {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}
