package rowmove

// Why is what stands in the way of moving rows.
type Why uint8

const (
	Unordered  Why = iota // the rows of the sheet do not ascend
	Full                  // the sheet has no row left
	TornMerge             // a merged range (What) runs past the end of the table
	TornArray             // an array formula (What is its range) does
	TornBeside            // something beside the table does
	PivotTable            // a pivot table is on the sheet
	Object                // an object of a kind (What) that is not known is on it, or one that cannot be read
	Formula               // a formula (What) that no rewriting follows
	EmptyTable            // an Excel table on a sheet (What) would have no row left
)

// Obstacle is why something cannot follow the rows.
type Obstacle struct {
	Why  Why
	What string
}

func (e *Obstacle) Error() string {
	return [...]string{
		"rows out of order", "no row left", "merged cells would be torn apart: ",
		"an array formula would be torn apart: ",
		"something beside the table would be torn apart", "a pivot table", "an object: ",
		"a formula that cannot be moved: ",
		"an Excel table without rows on ",
	}[e.Why] + e.What
}
