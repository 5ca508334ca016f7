package edit

// history is what a text was before it was changed. Typing on, and deleting on,
// are undone at once.
type history struct {
	before, after []moment
	group         group
}

// moment is a text with its cursor.
type moment struct {
	value string
	at    int
}

// group is a kind of change; several of one kind in a row are undone together.
type group uint8

const (
	nothing group = iota // never undone together
	typing
	deleting
)

// keepMoments bounds how far back one can go.
const keepMoments = 1000

// keep notes how the text is before a change of that kind.
func (t *Text) keep(kind group) {
	h := &t.past
	if kind == nothing || h.group != kind {
		h.before = append(h.before, moment{t.value, t.at})
		if len(h.before) > keepMoments {
			h.before = h.before[1:]
		}
	}
	h.after, h.group = nil, kind
}

// Undo takes the last change back. It reports false if there is none.
func (t *Text) Undo() bool { return t.step(&t.past.before, &t.past.after) }

// Redo takes the last Undo back. It reports false if there is none.
func (t *Text) Redo() bool { return t.step(&t.past.after, &t.past.before) }

func (t *Text) step(from, to *[]moment) bool {
	n := len(*from) - 1
	if n < 0 {
		return false
	}
	*to = append(*to, moment{t.value, t.at})
	m := (*from)[n]
	*from = (*from)[:n]
	t.put(m.value, m.at)
	t.fresh, t.past.group = run{}, nothing
	return true
}
