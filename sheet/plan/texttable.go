package plan

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// textTable is the table that lines begin with and how many lines it takes; 0 if
// they begin with none. A text holds tables in four ways: cells behind tabs, as
// a table becomes when it is copied into a text; cells between bars, with or
// without a rule below the headings; a frame drawn of box characters; and cells
// set apart by spaces, under headings that a table of tasks has.
func textTable(lines []string, first int) (b Block, n int) {
	for _, read := range []func([]string) ([][]string, []int, int){boxTable, barTable, tabTable, spacedTable} {
		rows, at, n := read(lines)
		if n == 0 {
			continue
		}
		for i := range at {
			at[i] += first
		}
		for _, row := range rows {
			for j := range row {
				row[j] = modern(row[j])
			}
		}
		fillGroups(rows)
		return Block{Line: first, Rows: rows, Lines: at}, n
	}
	return b, 0
}

// headRE is a cell that heads a column of a table of tasks.
var headRE = lazy(`^(?:序号|编号|(?:重点|工作|主要|具体|目标)?(?:任务|事项|工作|内容|举措|措施)(?:名称|内容|事项|分工)?|` + unitLabel + `` +
	`|` + timeLabel + `|` + leaderLabel + `|(?i:task|action|lead|support|deadline|due|no\.?))$`)

// tabled makes tables of the paragraphs of a .docx that draw one as a text does.
// lines are the blocks as they stood, "" for what is no paragraph of text.
func tabled(blocks []Block, lines []string) (out []Block) {
	for i := 0; i < len(blocks); i++ {
		b, n := Block{}, 0
		if lines[i] != "" {
			b, n = textTable(lines[i:], 0)
		}
		if n == 0 {
			out = append(out, blocks[i])
			continue
		}
		b.Line = blocks[i].Line
		for j := range b.Lines {
			b.Lines[j] = blocks[i+b.Lines[j]].Line
		}
		out = append(out, b)
		i += n - 1
	}
	return out
}

// groupRE is a heading of a column that names the group of a row, numberRE one
// of a column that counts the rows.
var (
	groupRE  = lazy(`^(?:(?:任务|工作|项目|重点|所属)?(?:类别|分类|类型|领域|板块|方面|大类)|重点领域|一级(?:任务|指标|目录)|类别名称)$`)
	numberRE = lazy(`^(?:序号|编号|项次)$`)
)

// fillGroups writes the name of a group, which stands only in its first row as
// merged cells come into a text, into the rows below. The groups are the columns
// that are headed so and those before the number.
func fillGroups(rows [][]string) {
	head := slices.IndexFunc(rows, headed)
	if head < 0 {
		return
	}
	counted := slices.IndexFunc(rows[head], numberRE().MatchString)
	for j, heading := range rows[head] {
		if j >= counted && !groupRE().MatchString(strings.Join(strings.Fields(heading), "")) {
			continue
		}
		above := ""
		for _, row := range rows[head+1:] {
			if j >= len(row) || strings.Join(row[j+1:], "") == "" {
				above = ""
			} else if row[j] == "" {
				row[j] = above
			} else {
				above = row[j]
			}
		}
	}
}

// headed reports whether cells are headings of a table of tasks: two of them are
// known.
func headed(cells []string) bool {
	known := 0
	for _, c := range cells {
		if headRE().MatchString(strings.Join(strings.Fields(c), "")) {
			known++
		}
	}
	return known >= 2
}

// cellsOf splits a line and trims its cells.
func cellsOf(line, sep string) []string {
	cells := strings.Split(line, sep)
	for i := range cells {
		cells[i] = trim(cells[i])
	}
	return cells
}

// tabTable reads rows whose cells are separated by tabs. One row is none, nor
// are rows of two cells unless they have headings. A row may lack its last cells.
func tabTable(lines []string) (rows [][]string, at []int, n int) {
	for n < len(lines) {
		cells := cellsOf(strings.TrimRight(lines[n], " "), "\t")
		if len(cells) == 2 && contentsRE().MatchString(lines[n]) {
			break
		}
		if len(cells) < 2 || n > 0 && len(cells) < 3 && !headed(rows[0]) || n == 0 && len(cells) < 3 && !headed(cells) {
			break
		}
		rows, at = append(rows, cells), append(at, n)
		n++
	}
	if n < 2 {
		return nil, nil, 0
	}
	return rows, at, n
}

// ruleRE is the line below the headings of a table of bars.
var ruleRE = lazy(`^[|｜]?\s*:?-{2,}:?\s*(?:[|｜]\s*:?-{2,}:?\s*)*[|｜]?$`)

// barTable reads rows whose cells stand between bars (|).
func barTable(lines []string) (rows [][]string, at []int, n int) {
	for ; n < len(lines); n++ {
		line := strings.ReplaceAll(trim(lines[n]), "｜", "|")
		if !strings.Contains(line, "|") {
			break
		}
		if ruleRE().MatchString(line) {
			continue
		}
		line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
		cells := cellsOf(strings.NewReplacer("<br>", "\n", "<br/>", "\n").Replace(line), "|")
		if len(cells) < 2 || len(rows) > 0 && len(cells) > len(rows[0])+1 {
			break
		}
		rows, at = append(rows, cells), append(at, n)
	}
	if len(rows) < 2 || len(rows[0]) < 3 && !headed(rows[0]) {
		return nil, nil, 0
	}
	return rows, at, n
}

// spacedTable reads rows whose cells are set apart by two spaces or a full-width
// one, below headings that a table of tasks has. Each row has as many cells as
// the headings.
func spacedTable(lines []string) (rows [][]string, at []int, n int) {
	cells := spaced(lines[0])
	if len(cells) < 3 || !headed(cells) {
		return nil, nil, 0
	}
	for n < len(lines) {
		row := spaced(lines[n])
		if len(row) != len(cells) {
			break
		}
		rows, at = append(rows, row), append(at, n)
		n++
	}
	if n < 2 {
		return nil, nil, 0
	}
	return rows, at, n
}

var gapsRE = lazy(`(?: {2,}|　+|\t+)[ 　\t]*`)

func spaced(line string) []string { return gapsRE().Split(trim(line), -1) }

// boxTable reads a table that is drawn with ┌─┬─┐ and │. The lines of a row
// between two rules are lines of its cells; where a rule leaves a gap, the cell
// above goes on below it, as merged cells do.
func boxTable(lines []string) (rows [][]string, at []int, n int) {
	if !strings.HasPrefix(trim(lines[0]), "┌") {
		return nil, nil, 0
	}
	var row []string
	var goesOn []bool // by column: the cell above goes on
	begun := 0
	flush := func() {
		if row == nil {
			return
		}
		if len(rows) > 0 {
			for j := range row {
				if j < len(goesOn) && goesOn[j] && j < len(rows[len(rows)-1]) {
					above := rows[len(rows)-1][j]
					row[j] = above + row[j]
					for k := len(rows) - 1; k >= 0 && j < len(rows[k]) && rows[k][j] == above; k-- {
						rows[k][j] = row[j]
					}
				}
			}
		}
		rows, at = append(rows, row), append(at, begun)
		row = nil
	}
	for ; n < len(lines); n++ {
		line := trim(lines[n])
		if line == "" || !strings.ContainsAny(line[:min(3, len(line))], "┌├└│") {
			break
		}
		if r, _ := utf8.DecodeRuneInString(line); r == '│' && !strings.Contains(line, "─") {
			cells := cellsOf(strings.TrimSuffix(strings.TrimPrefix(line, "│"), "│"), "│")
			if row == nil {
				row, begun = make([]string, len(cells)), n
			}
			for j := 0; j < len(row) && j < len(cells); j++ {
				row[j] += cells[j]
			}
			continue
		}
		flush()
		goesOn = nil
		inner := strings.TrimFunc(line, func(r rune) bool { return strings.ContainsRune("┌├└│┐┤┘", r) && r != '─' })
		if strings.HasPrefix(line, "│") {
			inner = strings.TrimPrefix(line, "│")
		}
		for _, piece := range strings.FieldsFunc(inner, func(r rune) bool {
			return strings.ContainsRune("┬┼┴├┤│",
				r)
		}) {
			goesOn = append(goesOn, !strings.Contains(piece, "─"))
		}
		if strings.HasPrefix(line, "└") {
			n++
			break
		}
	}
	flush()
	if len(rows) < 2 {
		return nil, nil, 0
	}
	return rows, at, n
}
