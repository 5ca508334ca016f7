package ledger

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"taizhang/sheet/ledger/internal/fold"
)

// Directory knows the units, their aliases and collectives. Methods on the
// zero Directory know no unit. It is immutable once built.
type Directory struct {
	units    []Unit
	byName   map[string]int      // folded name or alias → index in units
	groups   map[string][]string // folded collective → members, in the directory's order
	others   map[string]string   // folded names of the ledger that are not in it → as they are spelt first
	explicit bool                // from a units sheet or the configuration, so that other names are worth a remark
}

// NewDirectory makes a directory of units. An alias that two units claim
// belongs to the first. Usual short forms (党政办 of 党政办公室) are understood
// where they fit only one unit.
func NewDirectory(units []Unit) *Directory {
	d := &Directory{byName: map[string]int{}, groups: map[string][]string{}, explicit: true}
	for _, u := range units {
		if fold.Text(u.Name) == "" {
			continue
		}
		if i, ok := d.byName[fold.Text(u.Name)]; ok && fold.Text(d.units[i].Name) == fold.Text(u.Name) {
			continue
		}
		d.byName[fold.Text(u.Name)] = len(d.units)
		d.units = append(d.units, u)
	}
	member := map[[2]string]bool{} // group and unit
	for i, u := range d.units {
		for _, a := range u.Aliases {
			if f := fold.Text(a); f != "" {
				if _, taken := d.byName[f]; !taken {
					d.byName[f] = i
				}
			}
		}
		for _, g := range u.Groups {
			if f := fold.Text(g); f != "" && !member[[2]string{f, u.Name}] {
				member[[2]string{f, u.Name}] = true
				d.groups[f] = append(d.groups[f], u.Name)
			}
		}
	}
	d.addShortForms()
	return d
}

// addShortForms makes the usual short forms of names known, except those that
// fit two units or are somebody's name already.
func (d *Directory) addShortForms() {
	short := map[string]int{}
	for i, u := range d.units {
		for _, f := range shortForms(fold.Text(u.Name)) {
			if j, ok := short[f]; ok && j != i {
				short[f] = -1
			} else {
				short[f] = i
			}
		}
	}
	for f, i := range short {
		if _, taken := d.byName[f]; !taken && i >= 0 {
			d.byName[f] = i
		}
	}
}

// shortForms are the ways in which a unit's name is usually shortened.
func shortForms(name string) []string {
	for long, shorts := range map[string][]string{
		"街道办事处": {"街道", "街道办", "街办", "办事处"},
		"办公室":   {"办"},
		"委员会":   {"委"},
		"人民政府":  {"政府", ""},
		"管理委员会": {"管委会"},
	} {
		stem, ok := strings.CutSuffix(name, long)
		if !ok || len(stem) < 6 || long == "委员会" && strings.HasSuffix(stem, "管理") {
			continue
		}
		var out []string
		for _, s := range shorts {
			out = append(out, stem+s)
		}
		return out
	}
	return nil
}

// Units in the directory's order.
func (d *Directory) Units() []Unit { return d.units }

// Known reports whether name is a unit, an alias or a collective.
func (d *Directory) Known(name string) bool {
	_, ok := d.lookup(name)
	return ok || d.Collective(name)
}

// named reports whether the directory itself has name, as a unit or collective.
func (d *Directory) named(name string) bool {
	if _, ok := d.lookup(name); ok {
		return true
	}
	_, ok := d.groups[fold.Text(name)]
	return ok
}

// Canonical is the unit's name for any of its names, as the directory spells it. A
// name that is not in the directory comes back as the ledger spells it first.
func (d *Directory) Canonical(name string) string {
	if u, ok := d.lookup(name); ok {
		return u.Name
	}
	return d.unknown(name)
}

// unknown is a name that the directory does not have, in one spelling for all that
// are the same when folded.
func (d *Directory) unknown(name string) string {
	if first, ok := d.others[fold.Text(name)]; ok {
		return first
	}
	return tidy(name)
}

// spelt is text with every name in it that is a unit's but for width, case or
// spaces as the directory spells it. Aliases were typed and stay.
func (d *Directory) spelt(text string) string {
	for _, p := range d.splitUnits(text) {
		if u, ok := d.lookup(p.name); ok && u.Name != p.name && fold.Text(u.Name) == fold.Text(p.name) {
			text = strings.Replace(text, p.name, u.Name, 1)
		}
	}
	return text
}

func (d *Directory) lookup(name string) (Unit, bool) {
	if len(d.byName) == 0 {
		return Unit{}, false
	}
	f := fold.Text(name)
	if i, ok := d.byName[f]; ok {
		return d.units[i], true
	}
	if i := strings.IndexByte(f, '('); i > 0 && strings.HasSuffix(f, ")") && verb(f[i+1:len(f)-1]) == nil {
		f = f[:i] // 财政局(国资局)
		if i, ok := d.byName[f]; ok {
			return d.units[i], true
		}
	}
	// 区财政局 in a district's own ledger is its 财政局.
	for _, prefix := range []string{"区", "市", "县", "本"} {
		if rest, ok := strings.CutPrefix(f, prefix); ok {
			if i, ok := d.byName[rest]; ok {
				return d.units[i], true
			}
		}
	}
	return Unit{}, false
}

// tidy is a name on one line, as it is spelt: names are folded to be compared, never
// to be shown or written.
func tidy(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, name))
}

var (
	reCollective = regexp.MustCompile(`^(?:各|全体|所有|有关|相关|其他|其它)`)
	reWhose      = regexp.MustCompile(`^[全本]?[省市州县区旗镇乡](?:级|直|属|委|人民政府|政府)*(各|有关|相关)`)
	reQualifier  = regexp.MustCompile(`有关|相关|全体|所有|其他|其它|直属|责任|牵头|配合|成员`)
	reTrade      = regexp.MustCompile(`(?:行业|业务)?主管(?:部门|单位)$|(?:职能|责任|成员|配合|牵头)(?:部门|单位)$`)
	reStreet     = regexp.MustCompile(`(?:街道|街道办事处|街道办|街办|镇|乡|人民政府)$`)
	reVillage    = regexp.MustCompile(`(?:社区|村|居委会|村委会|社区居委会)$`)
)

// ofTheOffice is a collective without whose it is: 县政府各部门 and 县直各部门 are 各部门.
func ofTheOffice(folded string) string { return reWhose.ReplaceAllString(folded, "$1") }

// Collective reports whether name stands for several units: one of the
// directory's collectives, or a usual one such as 各部门.
func (d *Directory) Collective(name string) bool {
	f := fold.Text(name)
	if _, ok := d.byName[f]; ok {
		return false
	}
	if _, ok := d.groups[f]; ok {
		return true
	}
	return reCollective.MatchString(ofTheOffice(f)) || reTrade.MatchString(f) || f == "街道办事处" || f == "all units" ||
		f == "all departments"
}

// Expand is the members of a collective, or the unit itself. A collective whose
// members nobody named comes back as it is.
//
// 各单位 is every unit. 各部门 and 各街道办事处 are what the directory says they
// are, else the units that are not street offices, and those that are.
func (d *Directory) Expand(name string) []string {
	if u, ok := d.lookup(name); ok {
		return []string{u.Name}
	}
	f := fold.Text(name)
	if members, ok := d.groups[f]; ok {
		return members
	}
	if !d.Collective(name) || len(d.units) == 0 {
		return []string{d.unknown(name)}
	}
	stem := strings.TrimPrefix(reQualifier.ReplaceAllString(ofTheOffice(f), ""), "各")
	for _, g := range []string{"各" + stem, stem} {
		if members, ok := d.groups[g]; ok {
			return members
		}
	}
	var members []string
	switch {
	case stem == "单位" || stem == "部门单位" || stem == "部门各单位" || f == "all units":
		members = d.members(func(string) bool { return true })
	case reTrade.MatchString(f):
	case strings.HasPrefix(stem, "部门") && strings.Contains(stem, "街"):
		members = d.members(func(n string) bool { return !reVillage.MatchString(n) })
	case stem == "部门" || stem == "科室" || f == "all departments":
		members = d.group("各部门", func(n string) bool { return !reStreet.MatchString(n) && !reVillage.MatchString(n) })
	case reStreet.MatchString(stem) || stem == "办事处" || stem == "镇街" || stem == "乡镇街道" || stem == "镇办":
		members = d.group("各街道办事处", reStreet.MatchString)
	case reVillage.MatchString(stem):
		members = d.members(reVillage.MatchString)
	}
	if len(members) == 0 {
		return []string{d.unknown(name)}
	}
	return members
}

// group is the members of a named collective, else the units that fit.
func (d *Directory) group(name string, fits func(string) bool) []string {
	if members, ok := d.groups[fold.Text(name)]; ok {
		return members
	}
	return d.members(fits)
}

func (d *Directory) members(fits func(string) bool) (out []string) {
	for _, u := range d.units {
		if fits(fold.Text(u.Name)) {
			out = append(out, u.Name)
		}
	}
	return out
}

// has reports whether the unit is among the named units and collectives.
func (d *Directory) has(names []string, unit string) bool {
	for _, n := range names {
		if slices.Contains(d.Expand(n), unit) {
			return true
		}
	}
	return false
}
