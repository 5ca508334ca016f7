package ledger

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// role is the part a unit plays, where its cell says so.
type role uint8

const (
	noRole role = iota
	leads
	supports
	acts // 负责, 落实: leads where nobody else does, else supports
)

// party is one unit of a cell, as written.
type party struct {
	name string
	role role
}

const (
	labelRE = `(牵头|主办|主责|配合|协办|协同|参与|参加|协作|支持|落实|责任|承办|负责|实施|完成)(?:[(](?:责任|配合|主办|实施)[)])?(?:责任|实施)?` +
		`(?:单位|部门|科室|处室|股室|机构|主体)?(?:[(](?:单位|部门)[)])?:`
	verbHow  = `抓好|做好`
	verbWhat = `落实|实施|负责|办理|组织实施|推进|组织|抓总|统筹|完成`
	verbRE   = `(负责牵头|牵头负责|总牵头|牵头|主办|主责|主要负责|主抓|承办|配合落实|负责配合|协助配合|协同配合|配合|协办|协助|协同|参与|参加|支持|协作|负责落实|具体落实|抓好落实|落实|负责|实施)`
)

var (
	reLabel    = regexp.MustCompile(labelRE)
	reLabelled = regexp.MustCompile(`^` + labelRE + `\s*`)
	reVerb     = regexp.MustCompile(`^由?(.*?)\s*(?:共同|联合|分别|分工|双|并列|(?:按照?|依` +
		`|根据)(?:各自)?职责(?:分工)?)*` + verbRE + `(?:` + verbHow + `)?(?:` + verbWhat + `)?$`)
	reVerbOnly = regexp.MustCompile(`^` + verbRE + `(?:单位|部门)?$`)
	reBracket  = regexp.MustCompile(`^(.*?)\s*[(\[【]([^()\[\]【】]*)[)\]】]$`)
	reEnclosed = regexp.MustCompile(`^[(【]([^()【】]*)[)】]$`)
	reItemNo   = regexp.MustCompile(`^(?:\d{1,2}[.)、]|[①-⑳]|[-·•*]+)\s*`)
	reAnd      = regexp.MustCompile(`以及|[和与及]`)
	reEtc      = regexp.MustCompile(`等(?:[省市县区州]|国务院|本级)?[直属级]?(?:各|其他|其它)?(?:有关|相关|成员)?(?:\d+个?|多个|多)?(?:单位|部门` +
		`|科室|处室|委办局)?$`)
	reDuties = regexp.MustCompile(`(?:分别|共同)?(?:按照?|依|依照|根据)(?:各自)?职责(?:分工)?$`)
	reOffice = regexp.MustCompile(`(?:局|办|委|委员会|部|厅|法院|检察院|医院|研究院|中心|街道|办事处|镇|乡|队|公司|集团|人民政府|部门|单位|` +
		`总工会|妇联|残联|工商联|专班)(?:\([^()]*\))?$`)
)

var roleOf = map[string]role{
	"负责牵头": leads, "牵头负责": leads, "总牵头": leads, "牵头": leads, "主办": leads, "主责": leads, "主要负责": leads, "主抓": leads,
	"承办":   leads,
	"配合落实": supports, "负责配合": supports, "协助配合": supports, "协同配合": supports, "配合": supports, "协办": supports,
	"协助": supports,
	"协同": supports, "参与": supports, "参加": supports, "支持": supports, "协作": supports,
	"负责落实": acts, "具体落实": acts, "抓好落实": acts, "落实": acts, "负责": acts, "实施": acts,
	"lead": leads, "leads": leads, "support": supports, "supports": supports, "supporting": supports,
}

// together stands for 会同 while a cell is split, at the beginning of a clause.
const together = "会同:"

// splitUnits reads the units of a cell in their order, with the role that the
// cell gives them: "A牵头，B、C配合", "牵头单位：A；配合单位：B", "A（牵头）、B、C".
// A verb at the end of an item is also that of the items listed before it.
// Nothing is split inside brackets, nor at 和 unless both halves are known.
func (d *Directory) splitUnits(text string) []party {
	if _, ok := d.lookup(text); ok {
		return []party{{name: text}}
	}
	spelt := strings.TrimSpace(text)
	text = width.Fold.String(spelt)
	whole := text
	if strings.HasPrefix(text, "(") || strings.HasPrefix(text, "【") {
		if g := reEnclosed.FindStringSubmatch(text); g != nil {
			text = g[1]
		}
	}
	text = strings.ReplaceAll(text, "会同", "\n"+together)
	labels := strings.Contains(text, ":")
	if labels {
		text = reLabel.ReplaceAllString(text, "\n$0")
	}
	var out []party
	for _, clause := range cutOutside(text, "\r\n;。") {
		label := noRole
		clause, joins := strings.CutPrefix(clause, together)
		if joins {
			// A会同B牵头: the verb is that of A, whom B helps.
			for i := range out {
				if out[i].role == noRole {
					out[i].role = leads
				}
			}
		}
		if labels {
			if g := reLabelled.FindStringSubmatch(clause); g != nil {
				clause = clause[len(g[0]):]
				if label = roleOf[g[1]]; label == acts || g[1] == "责任" {
					label = noRole
				}
			}
		}
		pending := len(out)
		for _, item := range d.items(clause) {
			parties, closing := d.parties(item)
			if label != noRole {
				for i := range parties {
					if parties[i].role == noRole {
						parties[i].role = label
					}
				}
			}
			if joins {
				for i := range parties {
					parties[i].role = supports
				}
				closing = min(closing, supports)
			}
			out = append(out, parties...)
			if closing != noRole {
				for i := pending; i < len(out); i++ {
					if out[i].role == noRole {
						out[i].role = closing
					}
				}
				pending = len(out)
			}
		}
	}
	if whole != spelt {
		for i := range out {
			out[i].name = asSpelt(out[i].name, whole, spelt)
		}
	}
	return out
}

// asSpelt finds name in folded and returns the same runes of spelt.
func asSpelt(name, folded, spelt string) string {
	at := strings.Index(folded, name)
	if at < 0 || utf8.RuneCountInString(folded) != utf8.RuneCountInString(spelt) {
		return name
	}
	from := utf8.RuneCountInString(folded[:at])
	return string([]rune(spelt)[from : from+utf8.RuneCountInString(name)])
}

// items cuts a clause at its separators, and at spaces that separate names.
func (d *Directory) items(clause string) (out []string) {
	for _, item := range cutOutside(clause, "、,/|") {
		if item = strings.TrimSpace(item); !startsPlain(item) {
			item = reItemNo.ReplaceAllString(item, "")
		}
		if item == "" {
			continue
		}
		pieces := strings.Fields(item)
		if len(pieces) == 1 || d.named(item) {
			out = append(out, item)
			continue
		}
		apart := true
		for _, p := range pieces {
			first, _ := utf8.DecodeRuneInString(p)
			apart = apart && first >= 0x80 && utf8.RuneCountInString(p) >= 2
		}
		switch {
		case apart:
			for _, p := range pieces {
				out = append(out, reItemNo.ReplaceAllString(p, ""))
			}
		default:
			out = append(out, item) // 财 政 局, Finance Office
		}
	}
	return out
}

// parties reads one item; closing is the role that its verb gives to the items
// before it as well.
func (d *Directory) parties(item string) (out []party, closing role) {
	if d.named(item) {
		return []party{{name: item}}, noRole
	}
	if g := bracketed(item); g != nil {
		inside := strings.ToLower(strings.TrimSpace(g[2]))
		r, isRole := roleOf[inside]
		if v := reVerbOnly.FindStringSubmatch(inside); v != nil {
			r, isRole = roleOf[v[1]], true
		}
		switch {
		case isRole && g[1] != "":
			return []party{{name: clean(g[1]), role: r}}, noRole
		case verb(inside) != nil && g[1] != "": // A（B、C配合）
			return append([]party{{name: clean(g[1])}}, d.splitUnits(g[2])...), noRole
		}
	}
	name := item
	if g := verb(item); g != nil {
		name, closing = g[1], roleOf[g[2]]
	}
	if name = clean(name); name == "" {
		return nil, closing
	}
	if !d.named(name) {
		strange := func(half string) bool { return !d.office(half) }
		if halves := reAnd.Split(name, -1); len(halves) > 1 && !slices.ContainsFunc(halves, strange) {
			for _, h := range halves {
				out = append(out, party{clean(h), closing})
			}
			return out, closing
		}
	}
	return []party{{name, closing}}, closing
}

// office reports whether name is that of a unit, as far as can be seen: the
// directory has it, or it ends as the names of offices do (财政局, 财政部等).
func (d *Directory) office(name string) bool {
	name = clean(name)
	return d.Known(name) || reOffice.MatchString(name)
}

// clean is a name without what lists add to it.
func clean(name string) string {
	name = strings.Trim(strings.TrimSpace(name), ":.,;、。 ")
	name = strings.TrimPrefix(name, "由")
	if strings.HasSuffix(name, "分工") || strings.HasSuffix(name, "职责") {
		name = reDuties.ReplaceAllString(name, "")
	}
	if !strings.Contains(name, "等") {
		return strings.TrimSpace(name)
	}
	return strings.TrimSpace(reEtc.ReplaceAllString(name, ""))
}

// Most names hold nothing that the expressions look for, and what they look for
// begins or ends in few ways; a ledger has thousands of different cells.

// startsPlain reports whether s begins with a Chinese character, and so with no
// number of an item.
func startsPlain(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x4e00 && r <= 0x9fff
}

// bracketed is reBracket's match of item.
func bracketed(item string) []string {
	if r, _ := utf8.DecodeLastRuneInString(item); r != ')' && r != ']' && r != '】' {
		return nil
	}
	return reBracket.FindStringSubmatch(item)
}

// verb is reVerb's match of item.
func verb(item string) []string {
	if n := len(item) - 2*len("落"); n < 0 || !verbEnds[item[n:]] {
		return nil
	}
	return reVerb.FindStringSubmatch(item)
}

// verbEnds are the last two characters of all that reVerb matches.
var verbEnds = func() map[string]bool {
	ends := map[string]bool{}
	for _, w := range strings.Split(strings.Trim(verbRE, "()")+"|"+verbHow+"|"+verbWhat, "|") {
		ends[w[len(w)-2*len("落"):]] = true
	}
	return ends
}()

// cutOutside splits s at the runes of seps that stand outside brackets.
func cutOutside(s, seps string) (out []string) {
	depth, from := 0, 0
	for i, r := range s {
		switch {
		case strings.ContainsRune("([【〔《", r):
			depth++
		case strings.ContainsRune(")]】〕》", r):
			depth = max(depth-1, 0)
		case depth == 0 && strings.ContainsRune(seps, r):
			out = append(out, strings.TrimSpace(s[from:i]))
			from = i + utf8.RuneLen(r)
		}
	}
	return append(out, strings.TrimSpace(s[from:]))
}

// assign makes of the parties of a lead cell and a support cell the unit that
// leads and those that support, by canonical names. Of several leads the first
// leads and the others come first among the supporting.
func (d *Directory) assign(leadCell, supportCell []party) (lead string, support []string) {
	var first, rest []string
	named := slices.ContainsFunc(leadCell, func(p party) bool { return p.role == leads && d.Canonical(p.name) != "" })
	for _, p := range leadCell {
		name := d.Canonical(p.name)
		if name == "" {
			continue // nothing but what cannot be seen
		}
		if p.role == leads || !named && p.role != supports {
			first = append(first, name)
		} else {
			rest = append(rest, name)
		}
	}
	for _, p := range supportCell {
		name := d.Canonical(p.name)
		if name == "" {
			continue
		}
		if p.role == leads && len(first) == 0 {
			first = append(first, name)
		} else {
			rest = append(rest, name)
		}
	}
	if len(first) > 0 {
		lead = first[0]
		rest = append(first[1:], rest...)
	}
	for _, name := range rest {
		if name != lead && !slices.Contains(support, name) {
			support = append(support, name)
		}
	}
	return lead, support
}

// leading are the units of a lead cell that lead, where they are several; nil if only
// lead does. Those whose part the cell says is another are none of them.
func (d *Directory) leading(cell []party, lead string) (out []string) {
	named := slices.ContainsFunc(cell, func(p party) bool { return p.role == leads && d.Canonical(p.name) != "" })
	for _, p := range cell {
		name := d.Canonical(p.name)
		if name != "" && !slices.Contains(out, name) && (p.role == leads || !named && p.role != supports) &&
			!d.Collective(name) {
			out = append(out, name)
		}
	}
	if len(out) < 2 || !slices.Contains(out, lead) {
		return nil
	}
	return out
}
