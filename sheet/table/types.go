package table

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// Table is one table of a workbook, free of any meaning beyond its fields'
// names. The same type is stored in revisions; what belongs to a place in a
// workbook (Place) is zero there.
type Table struct {
	Kind    string // the Schema's
	Sheet   string
	Columns []Column
	Rows    []Row
	Place   Place
}

// Column is one column of a table.
type Column struct {
	// identifies the column in its table: the field's name, else the heading, else "column D"; a
	// second one of the same gets "#2"
	Key     string
	Field   string // the field it means, "" if none is recognised or another column has it
	Heading string // as written but for line breaks and wide spacing, the group of a two-row header joined with "/"
	// What follows belongs to a place in a workbook.
	Col     int      // 1-based sheet column; 0 if not from a workbook
	Choices []string // the drop-down list of its cells
	Open    bool     // the list only warns of other values
	Format  Format   // how the cells of this column are usually held
	Percent bool     // its numbers show as per cents
	Places  int      // and with so many digits behind the decimal point at least
	Reading Reading  // how Field was found
}

// Format is how a column's values are held in its cells.
type Format uint8

const (
	AsText   Format = iota
	AsNumber        // numbers are stored as numbers
	AsDate          // dates are stored as serial numbers with a date style
	AsBool          // yes and no are stored as truth values
)

// Shown is how a value that somebody types for this column will read once it is
// in its cell: 80 as 80% where the column shows per cents, 1,200 as 1200, 是 as
// TRUE where it holds truth values. Numbers of rows stay as they are typed: 1.10
// comes after 1.9.
func (c *Column) Shown(text string) string {
	switch {
	case c.Format == AsBool:
		if b, ok := truth(text); ok {
			return b.show()
		}
	case c.counts():
	case c.Format == AsNumber || c.Percent:
		if shown, ok := ooxml.ShownNumber(fold(text), c.Percent, c.Places); ok {
			return shown
		}
	}
	return text
}

// counts reports whether the column's values merely look like numbers.
func (c *Column) counts() bool { return c.Field == NumberField || c.Field == "code" }

// dateLooks are the ways in which ooxml.Workbook.Text shows dates without a day.
var dateLooks = []string{"2006年1月", "2006-01", "2006年"}

// DateLook is how the dates of column i show, as a layout of package time, where most
// of them show no day; else "".
func (t *Table) DateLook(i int) string {
	if t.Columns[i].Format != AsDate {
		return ""
	}
	n, of := 0, map[string]int{}
	for r := range t.Rows {
		if i >= len(t.Rows[r].Values) || t.Rows[r].Values[i] == "" {
			continue
		}
		n++
		for _, look := range dateLooks {
			if _, err := time.Parse(look, t.Rows[r].Values[i]); err == nil {
				of[look]++
			}
		}
	}
	for _, look := range dateLooks {
		if of[look]*2 > n {
			return look
		}
	}
	return ""
}

var reNumbered = regexp.MustCompile(`^(\D*)(\d+)(\D*)$`)

// Numbered is a bare number typed for column i as its cells show it, where they hold
// numbers and the format adds something to them: 12 as ZW-012.
func (t *Table) Numbered(i int, text string) string {
	if t.Columns[i].Format != AsNumber || text == "" || strings.Trim(text, "0123456789") != "" || text[0] == '0' {
		return text
	}
	look := []string(nil)
	for r := range t.Rows {
		if i >= len(t.Rows[r].Values) || t.Rows[r].Values[i] == "" {
			continue
		}
		m := reNumbered.FindStringSubmatch(t.Rows[r].Values[i])
		if m == nil || m[1]+m[3] == "" || look != nil && (m[1] != look[1] || m[3] != look[3]) {
			return text
		}
		if look == nil || len(m[2]) < len(look[2]) {
			look = m
		}
	}
	if look == nil {
		return text
	}
	return look[1] + strings.Repeat("0", max(0, len(look[2])-len(text))) + text + look[3]
}

// Row is one data row.
type Row struct {
	ID      string   // stable identity given by the store; "" if not yet known
	Section string   // text of the category rows it stands under, outermost first, joined with " / "
	Values  []string // by column, as ooxml.Workbook.Text has it, merged cells filled in
	Row     int      // 1-based sheet row; 0 if not from a workbook
}

// Place is where a table stands in its workbook, and what stands around it.
type Place struct {
	Title       []string   // texts above the header, top down
	HeaderFirst int        // first row of the header
	HeaderLast  int        // last row of the header
	First, Last int        // first and last data row; HeaderLast+1 and HeaderLast if there is none
	Blank       []int      // prepared blank rows within the table's look, ascending
	Footer      int        // first row below that is not the table's, 0 if none
	Sums        []int      // rows from Footer on that sum the table up (合计), ascending
	Merges      []a1.Range // merged ranges that touch the data rows
	// rows below the header that are neither data nor Blank, down to the last that is; ascending
	Skipped  []Skipped
	Formulas map[a1.Ref]bool // cells below the header that hold formulas, which are never overwritten

	// Cells below the header whose value nobody can have typed: ooxml.Error or
	// ooxml.Picture. nil if there is none.
	Untyped map[a1.Ref]ooxml.Kind

	// Cells below the header with struck-out text: what of it is not struck out. nil if
	// there is none.
	Struck map[a1.Ref]string
}

// Skipped is a row inside the table that is not data.
type Skipped struct {
	Row int
	Why string // "category", "subtotal", "header", "blank", "note"
}

// Get is the value of the column with that key, "" if there is none.
func (t *Table) Get(r *Row, key string) string {
	if i := t.Index(key); i >= 0 && i < len(r.Values) {
		return r.Values[i]
	}
	return ""
}

// Silent reports whether the cell of r in column c holds a formula without the
// value that it had: some programs do not keep those. It is not known what such
// a cell says.
func (t *Table) Silent(r *Row, c int) bool {
	return t.Computed(r, c) && c < len(r.Values) && r.Values[c] == ""
}

// Computed reports whether the cell of r in column c holds a formula, which is
// never overwritten; false for a row that is not in the workbook.
func (t *Table) Computed(r *Row, c int) bool {
	return c >= 0 && r.Row > 0 && t.Place.Formulas[a1.Ref{Row: r.Row, Col: t.Columns[c].Col}]
}

// Untyped is ooxml.Error or ooxml.Picture if the cell of r in column c shows an
// error value or a picture, which is not a text that somebody typed and cannot
// be carried to another workbook; else ooxml.Blank, also for a row that is not
// in a workbook. The cells of a merged range are its first one.
func (t *Table) Untyped(r *Row, c int) ooxml.Kind {
	if len(t.Place.Untyped) == 0 || c < 0 || c >= len(t.Columns) || r.Row == 0 {
		return ooxml.Blank
	}
	at := a1.Ref{Row: r.Row, Col: t.Columns[c].Col}
	if m, ok := t.mergeOver(at); ok {
		at = m.First
	}
	return t.Place.Untyped[at]
}

// Live is what the cell of r in column c says: its value without what is struck out.
// The value itself is kept, compared and written as it stands.
func (t *Table) Live(r *Row, c int) string {
	if c < 0 || c >= len(r.Values) {
		return ""
	}
	if live, ok := t.struck(r, c); ok {
		return live
	}
	return r.Values[c]
}

// IsStruck reports whether all that the cell of r in column c shows is struck out.
func (t *Table) IsStruck(r *Row, c int) bool {
	live, ok := t.struck(r, c)
	return ok && isBlank(live)
}

func (t *Table) struck(r *Row, c int) (live string, ok bool) {
	if len(t.Place.Struck) == 0 || c < 0 || c >= len(t.Columns) || r.Row == 0 {
		return "", false
	}
	at := a1.Ref{Row: r.Row, Col: t.Columns[c].Col}
	if m, ok := t.mergeOver(at); ok {
		at = m.First
	}
	live, ok = t.Place.Struck[at]
	return live, ok
}

// NoHeading begins the key of a column without a heading; the letters of its place
// follow.
const NoHeading = "column "

// Unsaid reports whether what the cell of r in column c shows is nothing that
// somebody typed: it is Untyped, or an error value or a picture that a program which
// does not know it has left as text. It is false for a row that is not in a workbook.
func (t *Table) Unsaid(r *Row, c int) bool {
	if c < 0 || c >= len(r.Values) || r.Row == 0 || r.Values[c] == "" {
		return false
	}
	return t.Untyped(r, c) != ooxml.Blank || isErrorText(r.Values[c])
}

// HasUnsaid reports whether a cell of the table is Unsaid.
func (t *Table) HasUnsaid() bool {
	if len(t.Place.Untyped) > 0 {
		return true
	}
	for i := range t.Rows {
		if t.Rows[i].Row > 0 && slices.ContainsFunc(t.Rows[i].Values, isErrorText) {
			return true
		}
	}
	return false
}

// isErrorText reports whether s is what a spreadsheet shows where it could not work
// out a value, or the formula of a picture.
func isErrorText(s string) bool {
	if s == "" || s[0] != '#' && s[0] != '=' {
		return false
	}
	switch strings.ToUpper(s) {
	case "#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!",
		"#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#GETTING_DATA":
		return true
	}
	f := strings.ToUpper(strings.TrimPrefix(strings.TrimPrefix(s, "="), "_xlfn."))
	return strings.HasPrefix(f, "DISPIMG(") && strings.HasSuffix(f, ")")
}

// Index is the position of the column with that key, -1 if there is none.
func (t *Table) Index(key string) int {
	for i := range t.Columns {
		if t.Columns[i].Key == key {
			return i
		}
	}
	return -1
}
