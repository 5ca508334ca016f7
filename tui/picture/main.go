// Command picture draws a captured terminal screen as an SVG, for the READMEs.
//
// It reads what `tmux capture-pane -e -p` prints (text with SGR colours, ECMA-48
// 8.3.117) on standard input and writes the picture on standard output. Every
// word has the length of its cells, so that Chinese stands in columns whatever
// font the reader has. `make pictures` runs the program in tmux and
// feeds this.
package main

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Size of one cell in SVG units.
const (
	cellWidth  = 8.4
	cellHeight = 18.0
	margin     = 10.0
)

// look is the state that SGR sequences change.
type look struct {
	fg, bg                   string // "" is the terminal's own
	bold, faint, under, swap bool
}

// run is neighbouring characters of one look.
type run struct {
	col, width int
	text       string
	look       look
}

func main() {
	if err := draw(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func draw(r io.Reader, w io.Writer) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	var rows [][]run
	columns := 0
	var at look
	for _, line := range lines {
		var row []run
		row, at = scan(line, at)
		rows = append(rows, row)
		if n := len(row); n > 0 {
			columns = max(columns, row[n-1].col+row[n-1].width)
		}
	}
	out := bufio.NewWriter(w)
	width, height := float64(columns)*cellWidth+2*margin, float64(len(rows))*cellHeight+2*margin
	fmt.Fprintf(out,
		`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="'Noto Sans Mono CJK SC','Sarasa Mono SC',Menlo,Consolas,monospace" font-size="14">`+"\n", width, height, width, height)
	fmt.Fprintf(out, `<rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n", background)
	for i, row := range rows {
		top := margin + float64(i)*cellHeight
		for _, r := range row {
			r.draw(out, top)
		}
	}
	fmt.Fprintln(out, "</svg>")
	return out.Flush()
}

func (r run) draw(w io.Writer, top float64) {
	fg, bg := r.look.fg, r.look.bg
	if r.look.swap {
		fg, bg = or(bg, background), or(fg, foreground)
	}
	left := margin + float64(r.col)*cellWidth
	if bg != "" {
		fmt.Fprintf(w, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" shape-rendering="crispEdges"/>`+
			"\n", left, top, float64(r.width)*cellWidth, cellHeight, bg)
	}
	if strings.TrimSpace(r.text) == "" {
		return
	}
	var style string
	if r.look.bold {
		style += ` font-weight="bold"`
	}
	if r.look.faint {
		style += ` opacity="0.6"`
	}
	if r.look.under {
		style += ` text-decoration="underline"`
	}
	// One text element for each word and each width of its characters, of a fixed length:
	// whatever font the reader has, it fills its cells, without a gap behind Chinese.
	var word strings.Builder
	var from float64 // where the word begins
	cells, each := 0, 0
	flush := func() {
		if word.Len() > 0 {
			size := ""
			if each == 2 {
				size = ` font-size="16"`
			}
			fmt.Fprintf(w,
				`<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" fill="%s"%s%s>%s</text>`+
					"\n",
				from, top+cellHeight*0.76, float64(cells)*cellWidth, or(fg, foreground), size, style,
				html.EscapeString(word.String()))
		}
		word.Reset()
		cells = 0
	}
	col := 0
	for _, c := range r.text {
		x, width := left+float64(col)*cellWidth, ansi.StringWidth(string(c))
		col += width
		shape := drawn(c, x, top, or(fg, foreground))
		if c == ' ' || c == '\u3000' || shape != "" {
			flush()
			if shape != "" {
				fmt.Fprintln(w, shape)
			}
			continue
		}
		if word.Len() > 0 && width != each && width > 0 {
			flush()
		}
		if word.Len() == 0 {
			from, each = x, width
		}
		word.WriteRune(c)
		cells += width
	}
	flush()
}

// drawn is a character that fills or joins whole cells, as a shape: fonts
// disagree on how wide these are. "" for any other character.
func drawn(c rune, x, y float64, color string) string {
	if i := strings.IndexRune("░▒▓█", c); i >= 0 {
		return fmt.Sprintf(
			`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" opacity="%.2f" shape-rendering="crispEdges"/>`,
			x, y+1, cellWidth, cellHeight-2, color, []float64{0.25, 0.5, 0.75, 1}[i/len("░")])
	}
	l, m, r := x, x+cellWidth/2, x+cellWidth
	t, c2, b := y, y+cellHeight/2, y+cellHeight
	line, ok := map[rune][]float64{
		'─': {l, c2, r, c2}, '│': {m, t, m, b},
		'╭': {m, b, m, c2, r, c2}, '┌': {m, b, m, c2, r, c2}, '╮': {l, c2, m, c2, m, b}, '┐': {l, c2, m, c2, m, b},
		'╰': {m, t, m, c2, r, c2}, '└': {m, t, m, c2, r, c2}, '╯': {l, c2, m, c2, m, t}, '┘': {l, c2, m, c2, m, t},
	}[c]
	if !ok {
		return ""
	}
	var points []string
	for i := 0; i < len(line); i += 2 {
		points = append(points, fmt.Sprintf("%.1f,%.1f", line[i], line[i+1]))
	}
	return fmt.Sprintf(`<polyline points="%s" fill="none" stroke="%s"/>`, strings.Join(points, " "), color)
}

// scan splits one line into runs, beginning with the look the line before ended with.
func scan(line string, at look) ([]run, look) {
	var row []run
	col := 0
	var state byte
	p := ansi.NewParser()
	for len(line) > 0 {
		seq, width, n, next := ansi.DecodeSequence(line, state, p)
		if n == 0 {
			break
		}
		line, state = line[n:], next
		switch {
		case width > 0:
			if k := len(row) - 1; k >= 0 && row[k].look == at {
				row[k].text += seq
				row[k].width += width
			} else {
				row = append(row, run{col: col, width: width, text: seq, look: at})
			}
			col += width
		case strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m"):
			at = at.sgr(seq[2 : len(seq)-1])
		}
	}
	return row, at
}

// sgr applies one Select Graphic Rendition sequence.
func (l look) sgr(params string) look {
	codes := strings.FieldsFunc(params, func(r rune) bool { return r == ';' || r == ':' })
	if len(codes) == 0 {
		return look{}
	}
	for i := 0; i < len(codes); i++ {
		n, err := strconv.Atoi(codes[i])
		if err != nil {
			continue
		}
		switch {
		case n == 0:
			l = look{}
		case n == 1:
			l.bold = true
		case n == 2:
			l.faint = true
		case n == 4:
			l.under = true
		case n == 7:
			l.swap = true
		case n == 22:
			l.bold, l.faint = false, false
		case n == 24:
			l.under = false
		case n == 27:
			l.swap = false
		case n >= 30 && n <= 37:
			l.fg = palette(n - 30)
		case n >= 90 && n <= 97:
			l.fg = palette(n - 90 + 8)
		case n >= 40 && n <= 47:
			l.bg = palette(n - 40)
		case n >= 100 && n <= 107:
			l.bg = palette(n - 100 + 8)
		case n == 39:
			l.fg = ""
		case n == 49:
			l.bg = ""
		case n == 38 || n == 48:
			color, used := extended(codes[i+1:])
			i += used
			if n == 38 {
				l.fg = color
			} else {
				l.bg = color
			}
		}
	}
	return l
}

// extended reads the colour after 38 or 48: "5;n" or "2;r;g;b".
func extended(codes []string) (color string, used int) {
	num := func(i int) int {
		if i >= len(codes) {
			return 0
		}
		n, _ := strconv.Atoi(codes[i])
		return min(max(n, 0), 255)
	}
	switch num(0) {
	case 5:
		return palette(num(1)), 2
	case 2:
		return fmt.Sprintf("#%02x%02x%02x", num(1), num(2), num(3)), 4
	}
	return "", 1
}

const (
	foreground = "#d8dee9"
	background = "#1f2430"
)

var basic = [16]string{
	"#2e3440", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9",
	"#5c6370", "#ff7b86", "#b5e890", "#ffd68a", "#7cc7ff", "#e39bf5", "#79dce8", "#ffffff",
}

// palette is a colour of the 256 that terminals know.
func palette(n int) string {
	switch {
	case n < 16:
		return basic[n]
	case n < 232:
		n -= 16
		step := func(v int) int {
			if v == 0 {
				return 0
			}
			return 55 + v*40
		}
		return fmt.Sprintf("#%02x%02x%02x", step(n/36), step(n/6%6), step(n%6))
	default:
		v := 8 + (n-232)*10
		return fmt.Sprintf("#%02x%02x%02x", v, v, v)
	}
}

func or(s, def string) string {
	if s == "" {
		return def
	}
	return s
}
