package merge

// The state table of a three-way merge. It decides everything; the code around
// it only finds out which cell applies. A test walks every cell.

// motion is what a side did to one value of the base.
type motion uint8

const (
	untouched motion = iota
	changed
)

// pick is whose value stands.
type pick uint8

const (
	pickMine pick = iota
	pickTheirs
)

// verdict is a cell of the table. An empty outcome is nothing worth telling.
type verdict struct {
	pick    pick
	outcome Outcome
}

// valueTable is by what mine did, what theirs did, and whether the two now
// have the same.
var valueTable = [2][2][2]verdict{
	untouched: {
		untouched: {{pickMine, ""}, {pickMine, ""}},
		changed:   {{pickTheirs, Applied}, {pickTheirs, Applied}},
	},
	changed: {
		untouched: {{pickMine, Behind}, {pickMine, Behind}},
		changed:   {{pickMine, Conflict}, {pickMine, Same}},
	},
}

// numberTable is valueTable for a running number that theirs, or both, set to
// another number: by mode, what mine did, and whether the two now have the
// same. Rows are renumbered by the column, not one by one, so the shared
// workbook's numbering stands as a whole, and a copy's is its own. A copy's
// sections go by it too: who sorts a copy tears its rows from their headings.
var numberTable = [2][2][2]verdict{
	Shared: {
		untouched: {{pickTheirs, Applied}, {pickTheirs, Applied}},
		changed:   {{pickTheirs, Applied}, {pickMine, Same}},
	},
	Copy: {
		untouched: {{pickMine, Kept}, {pickMine, Kept}},
		changed:   {{pickMine, Kept}, {pickMine, Same}},
	},
}

// presence is what a side did to a row of the base.
type presence uint8

const (
	intact presence = iota
	edited
	gone
)

// fate is what becomes of a row.
type fate struct {
	stays   bool // the row is in the merged state
	outcome Outcome
	missing bool // theirs has not got it, though mine has
}

// rowTable is by mode, what mine did, and what theirs did. Where both still
// have the row, its values are merged one by one.
var rowTable = [2][3][3]fate{
	Shared: {
		intact: {intact: {stays: true}, edited: {stays: true}, gone: {outcome: Applied, missing: true}},
		edited: {intact: {stays: true}, edited: {stays: true}, gone: {stays: true, outcome: Conflict, missing: true}},
		gone:   {intact: {outcome: Behind}, edited: {stays: true, outcome: Conflict}, gone: {outcome: Same}},
	},
	Copy: {
		intact: {intact: {stays: true}, edited: {stays: true}, gone: {stays: true, missing: true}},
		edited: {intact: {stays: true}, edited: {stays: true}, gone: {stays: true, missing: true}},
		gone:   {intact: {outcome: Behind}, edited: {stays: true, outcome: Conflict}, gone: {}},
	},
}

func moved(same bool) motion {
	if same {
		return untouched
	}
	return changed
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
