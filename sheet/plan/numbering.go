package plan

import (
	"encoding/xml"
	"strconv"
	"strings"

	"taizhang/sheet/ledger/due"
)

// numbering gives paragraphs the numbers that Word and WPS make by themselves
// (ISO/IEC 29500-1, 17.9): they stand in no text, yet they carry the plan's
// structure. The nil numbering labels nothing.
type numbering struct {
	lists  map[string]*list     // by w:numId
	styles map[string][2]string // paragraph style → numId, level
}

type list struct {
	levels [9]level
	count  [9]int
}

type level struct {
	format string // w:numFmt: decimal, chineseCounting, …
	text   string // w:lvlText: "（%1）"
	start  int
}

func readNumbering(data []byte) (*numbering, error) {
	var doc struct {
		Abstract []struct {
			ID     string `xml:"abstractNumId,attr"`
			Levels []struct {
				I     string `xml:"ilvl,attr"`
				Start value  `xml:"start"`
				Fmt   value  `xml:"numFmt"`
				Text  value  `xml:"lvlText"`
			} `xml:"lvl"`
		} `xml:"abstractNum"`
		Nums []struct {
			ID       string `xml:"numId,attr"`
			Abstract value  `xml:"abstractNumId"`
			Restart  []struct {
				Start *value `xml:"startOverride"`
			} `xml:"lvlOverride"`
		} `xml:"num"`
	}
	if err := xml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	abstract := map[string][9]level{}
	for _, a := range doc.Abstract {
		var levels [9]level
		for _, l := range a.Levels {
			i := atoi(l.I, -1, 0, 8)
			if i < 0 {
				continue
			}
			levels[i] = level{l.Fmt.Val, l.Text.Val, int(atoi(l.Start.Val, 1, 0, 9999))}
		}
		abstract[a.ID] = levels
	}
	n := &numbering{lists: map[string]*list{}}
	shared := map[string]*list{} // lists of one abstract definition go on counting
	for _, num := range doc.Nums {
		l, ok := shared[num.Abstract.Val]
		restarts := false
		for _, r := range num.Restart {
			restarts = restarts || r.Start != nil
		}
		if !ok || restarts {
			l = &list{levels: abstract[num.Abstract.Val]}
			shared[num.Abstract.Val] = l
		}
		n.lists[num.ID] = l
	}
	return n, nil
}

// looks is what the styles of a document bring with them.
type looks struct {
	numbers  map[string][2]string // paragraph style → numId, level
	outlines map[string]int       // paragraph style → outline level, 0…
	runs     map[string]run       // character style → how its text looks
}

// outline is the outline level of a paragraph style, 9 if it is none of a heading.
func (l looks) outline(style string) int {
	if n, ok := l.outlines[style]; ok {
		return n
	}
	return 9
}

// readLooks reads the styles part. A style has what the one that it is based on has.
func readLooks(data []byte) (looks, error) {
	type style struct {
		ID      string `xml:"styleId,attr"`
		Name    value  `xml:"name"`
		BasedOn value  `xml:"basedOn"`
		Num     value  `xml:"pPr>numPr>numId"`
		Lvl     value  `xml:"pPr>numPr>ilvl"`
		Outline *value `xml:"pPr>outlineLvl"`
		Vanish  *value `xml:"rPr>vanish"`
		Strike  *value `xml:"rPr>strike"`
	}
	var doc struct {
		Styles []style `xml:"style"`
	}
	l := looks{map[string][2]string{}, map[string]int{}, map[string]run{}}
	if err := xml.Unmarshal(data, &doc); err != nil {
		return l, err
	}
	byID := map[string]style{}
	for _, s := range doc.Styles {
		byID[s.ID] = s
	}
	for _, s := range doc.Styles {
		for at, depth := s, 0; depth < 20; depth++ {
			if _, have := l.numbers[s.ID]; !have && at.Num.Val != "" {
				l.numbers[s.ID] = [2]string{at.Num.Val, at.Lvl.Val}
			}
			if _, have := l.outlines[s.ID]; !have && at.Outline != nil {
				l.outlines[s.ID] = int(atoi(at.Outline.Val, 9, 0, 9))
			} else if m := headingRE().FindStringSubmatch(at.Name.Val); !have && m != nil {
				l.outlines[s.ID] = int(atoi(m[1], 10, 1, 9)) - 1
			}
			look := l.runs[s.ID]
			look.hidden = look.hidden || at.Vanish.on()
			look.struck = look.struck || at.Strike.on()
			l.runs[s.ID] = look
			next, ok := byID[at.BasedOn.Val]
			if !ok {
				break
			}
			at = next
		}
	}
	return l, nil
}

// headingRE is the name of a heading style, which need not state its level.
var headingRE = lazy(`^(?i:heading|标题) ?([1-9])$`)

// on reports whether a switch is there and not off.
func (v *value) on() bool { return v != nil && v.Val != "0" && v.Val != "false" && v.Val != "off" }

type value struct {
	Val string `xml:"val,attr"`
}

// label is the next number of a list, as it is shown; "" if the paragraph is
// not in one or has a bullet.
func (n *numbering) label(style, num, lvl string) string {
	if n == nil {
		return ""
	}
	if s, ok := n.styles[style]; ok && num == "" {
		num, lvl = s[0], s[1]
	}
	l := n.lists[num]
	if l == nil {
		return ""
	}
	i := int(atoi(lvl, 0, 0, 8))
	if l.levels[i].format == "bullet" || l.levels[i].format == "none" {
		return ""
	}
	if l.count[i] == 0 {
		l.count[i] = max(l.levels[i].start, 1)
	} else {
		l.count[i]++
	}
	for j := i + 1; j < len(l.count); j++ {
		l.count[j] = 0
	}
	label := l.levels[i].text
	for j := 0; j <= i; j++ {
		label = strings.ReplaceAll(label, "%"+strconv.Itoa(j+1), counted(max(l.count[j], 1), l.levels[j].format))
	}
	return label
}

func counted(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital", "japaneseCounting",
		"taiwaneseCountingThousand":
		return due.Chinese(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n <= 20 {
			return string(rune('①' + n - 1))
		}
	}
	switch {
	case format == "upperLetter" && n <= 26:
		return string(rune('A' + n - 1))
	case format == "lowerLetter" && n <= 26:
		return string(rune('a' + n - 1))
	}
	return strconv.Itoa(n)
}
