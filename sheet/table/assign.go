package table

import (
	"math"
	"slices"
	"strings"

	"taizhang/sheet/msg"
)

// A column gets a field if heading and values together score more than this.
const leastScore = 0.42

// meaning is what one column of a header was taken for.
type meaning struct {
	field   string
	at      int     // position of field in the schema's Fields, -1 if none
	heading float64 // what the heading said for it
	values  float64 // what the values said for it, negative: against it
	near    bool    // the columns beside it settled what it is
	guessed bool    // by its values alone
	free    bool    // and it does not help to make the table one of its kind
	spans   bool    // its values are merged over several rows each
	tied    bool    // the column before it could be it just as well
	sure    float64
	other   string // the field that comes next, "" if none does
	foreign bool   // its heading speaks against the kind of table
	rival   int    // index of the column that has the field instead, -1 if none
	same    bool   // the rival has the very same heading
}

// assign gives every column its meaning under a schema: each field to one column
// at most, so that heading and values of all columns together say the most.
func (m *matcher) assign(schema int, cols []heading, profs []profile) []meaning {
	s := &m.schemas[schema]
	scores := make([][]float64, len(cols)) // by column and field: heading and values
	heads := make([][]float64, len(cols))
	vals := make([][]float64, len(cols))
	for i := range cols {
		heads[i] = m.score(schema, &cols[i])
		if l := cols[i].levels; len(l) > 0 && l[len(l)-1].left < cols[i].col && len(profs[i].values) == 0 {
			clear(heads[i]) // a heading merged over several columns; only the first holds anything
		} else if len(l) > 0 && l[len(l)-1].right > cols[i].col && l[len(l)-1].left == cols[i].col &&
			profs[i].numbersNext(cols, profs, i) {
			clear(heads[i]) // a heading merged over a number and what it numbers
		}
		scores[i], vals[i] = make([]float64, len(s.Fields)), make([]float64, len(s.Fields))
		p := &profs[i]
		bad := m.isForeign(schema, &cols[i])
		for f, h := range heads[i] {
			if h == 0 || bad && h < wholeLeast {
				continue
			}
			v := p.fits(s.Fields[f].Type, p.means(s.Fields[f].Means))
			switch {
			case h >= wholeLeast:
				v = max(v, -0.4) // a listed heading is doubted, not overruled
			case h < hintHeading && v > 0:
				v *= h / hintHeading // 线路名称 is less of a name than 名称
			}
			if s.Fields[f].Unique && len(p.values) > 2 {
				v -= 0.9 * (1 - p.share(p.distinct))
			}
			v += p.past(&s.Fields[f])
			vals[i][f] = v
			scores[i][f] = h + v
		}
	}
	names := make([]string, len(cols))
	for i := range cols {
		// Of two columns with the same heading the first is meant, unless it is empty.
		names[i] = foldWhole(cols[i].text())
		j := 0
		for j < i && (len(cols[j].levels) == 0 || names[j] != names[i]) {
			j++
		}
		if j < i && len(profs[j].values) > 0 && slices.Max(heads[j]) > 0 {
			for f := range scores[i] {
				if scores[i][f] > 0 {
					scores[i][f] = min(scores[i][f], scores[j][f]) - 0.01
				}
			}
		}
	}
	s.deeds(profs, scores)
	s.shares(profs, scores, heads)
	s.firstNames(profs, scores)
	s.sections(profs, scores, heads)
	best := s.best(scores, vals)
	later := s.laterOfTwo(cols, profs, scores, best)
	out := make([]meaning, len(cols))
	for i, f := range best {
		timed := profs[i].share(profs[i].clocks) > 0.5 // who worked from when to when
		out[i] = meaning{at: f, rival: -1, tied: i == later, foreign: f < 0 && (timed || m.isForeign(schema, &cols[i]))}
		if f >= 0 {
			out[i].field, out[i].heading, out[i].values = s.Fields[f].Name, heads[i][f], vals[i][f]
		}
	}
	s.guess(profs, scores, out)
	s.standIn(profs, scores, out)
	s.promote(scores, out)
	s.ends(cols, profs, out)
	s.stillToCome(profs, scores, out)
	m.settle(schema, cols, profs, heads, scores, out)
	s.leading(profs, heads, out)
	s.surety(scores, out)
	for i := range out {
		if out[i].at >= 0 {
			continue
		}
		// A column whose heading is listed for a field that another column has.
		for f := range s.Fields {
			if s.Fields[f].Name == "" || heads[i][f] < wholeLeast {
				continue
			}
			if j := slices.IndexFunc(out, func(o meaning) bool { return o.at == f }); j >= 0 && j != i {
				out[i].rival, out[i].same = j, names[i] == names[j]
				break
			}
		}
	}
	return out
}

// numbersNext reports whether column i holds nothing but row numbers under a heading that
// it shares with the texts on its right.
func (p *profile) numbersNext(cols []heading, profs []profile, i int) bool {
	n := len(p.values)
	if n < 2 || p.counters < n || p.distinct < n || i+1 >= len(cols) {
		return false
	}
	next := cols[i+1].levels
	return len(next) > 0 && next[len(next)-1].left == cols[i].col && len(profs[i+1].values) > 0 &&
		profs[i+1].numbers == 0
}

// deeds lets a column whose values say what is to be done be what the rows are, where
// its heading speaks for nothing else.
func (s *Schema) deeds(profs []profile, scores [][]float64) {
	f := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name != "" && f.Name == s.Guess })
	if f < 0 || len(s.Work) == 0 {
		return
	}
	for i := range profs {
		if p := &profs[i]; p.saysDeeds() && p.distinct*5 >= len(p.values)*4 && slices.Max(scores[i]) < 0.65 {
			scores[i][f] = max(scores[i][f], 0.5+0.25*p.share(p.deeds)*math.Min(1, float64(p.covered)/float64(p.rows)))
		}
	}
}

// shares leaves a state to the column that says it in words: per cents beside it (完成情况 | 进度)
// tell how far the work has come.
func (s *Schema) shares(profs []profile, scores, heads [][]float64) {
	for f := range s.Fields {
		if s.Fields[f].Type != State || s.Fields[f].Name == "" {
			continue
		}
		inWords := func(i int) bool { return scores[i][f] >= 0.9 && profs[i].share(profs[i].shares) < 0.3 }
		if !anyOf(len(profs), inWords) {
			continue
		}
		for i := range profs {
			if profs[i].share(profs[i].shares) < 0.5 {
				continue
			}
			scores[i][f] -= 0.4
			for k := range s.Fields {
				if s.Fields[k].Type == Prose && heads[i][k] >= hintHeading {
					scores[i][k] += 0.4
				}
			}
		}
	}
}

// firstNames favours, for what the rows are about, the first column of texts that hardly
// repeat: what has by whom or by when between it and another one (工程名称 | 责任单位 | 竣工 | 问题)
// says more of the rows than that one.
func (s *Schema) firstNames(profs []profile, scores [][]float64) {
	f := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name != "" && f.Name == s.Guess })
	if f < 0 || len(s.Work) == 0 {
		return
	}
	first := slices.IndexFunc(profs, func(p profile) bool {
		n := len(p.values)
		return n > 1 && p.covered >= p.rows && p.merged == 0 && p.distinct*5 >= n*4 && p.letters >= 3*n &&
			p.share(p.dates+p.numbers+p.persons+p.units+p.ticks+p.amounts+p.shares+p.codes) < 0.4
	})
	if first < 0 || scores[first][f] < 0.4 {
		return
	}
	scores[first][f] += 0.12
	told := false
	for j := first + 1; j < len(profs); j++ {
		if told {
			scores[j][f] -= 0.25
		}
		for k, v := range scores[j] {
			t := s.Fields[k].Type
			told = told || s.Fields[k].Name != "" && v >= 0.8 && (t == UnitName || t == Person || t == DateValue)
		}
	}
}

// laterOfTwo gives a day that is due to the second of two columns of dates side by side that
// speak for it alike (计划挂网时间 | 计划开标时间), and returns that column, -1 if there is none.
func (s *Schema) laterOfTwo(cols []heading, profs []profile, scores [][]float64, best []int) int {
	for i := 0; i+1 < len(best); i++ {
		f, next := best[i], i+1
		if f < 0 || best[next] >= 0 || s.Fields[f].Type != DateValue || s.Fields[f].Past || s.Fields[f].Name == "" ||
			scores[next][f] < scores[i][f]-0.005 || foldWhole(cols[i].text()) == foldWhole(cols[next].text()) ||
			profs[i].share(profs[i].dates) < 0.7 || profs[next].share(profs[next].dates) < 0.7 {
			continue
		}
		best[i], best[next] = -1, f
		return next
	}
	return -1
}

// anyOf reports whether is holds for one of 0 to n-1.
func anyOf(n int, is func(int) bool) bool {
	for i := range n {
		if is(i) {
			return true
		}
	}
	return false
}

// means is the share of the values that mean something to a field, -1 if it does
// not say.
func (p *profile) means(is func(string) bool) float64 {
	if is == nil || len(p.values) == 0 {
		return -1
	}
	n := 0
	for _, v := range p.values {
		if is(v) {
			n++
		}
	}
	return p.share(n)
}

// sections lets a column whose values stand for several rows each be a group over
// the one whose values do not: 任务 merged over 任务明细.
func (s *Schema) sections(profs []profile, scores, heads [][]float64) {
	group := s.groupField()
	if group < 0 {
		return
	}
	for f := range s.Fields {
		if s.Fields[f].Type != Name || s.Fields[f].Name == "" {
			continue
		}
		for i := range profs {
			n := len(profs[i].values)
			if scores[i][f] < leastScore || n == 0 || profs[i].merged*3 < n {
				continue
			}
			few := n*2 <= profs[i].rows
			for j := range profs {
				q := &profs[j]
				if !few && (j < i || len(q.values) < q.rows || q.merged > 0) {
					continue // beside a group of few rows, a column on its right must name each row
				}
				if j == i || len(q.values) <= len(profs[i].values) || q.merged*2 >= len(q.values) {
					continue
				}
				if heads[j][f] < 0.8 && numbered(profs, i) {
					continue // the rows have their numbers by this column
				}
				if scores[j][f] >= leastScore || j > i && s.names(q, heads[j]) {
					scores[j][f] = max(scores[j][f], 0.7)
					for k := range s.Fields {
						if len(s.Need) > 0 && slices.Contains(s.Need[0], s.Fields[k].Name) {
							scores[j][f] = max(scores[j][f], scores[j][k])
						}
					}
					scores[i][group] = max(scores[i][group], 0.82)
					scores[i][f] -= 0.35
					break
				}
			}
		}
	}
}

// numbered reports whether a column before column i numbers its values, merged as they are.
func numbered(profs []profile, i int) bool {
	return slices.ContainsFunc(profs[:i], func(p profile) bool {
		return len(p.values) > 1 && p.counters == len(p.values) && p.distinct == len(p.values) &&
			len(p.values) == len(profs[i].values) && p.merged == profs[i].merged && p.covered == profs[i].covered
	})
}

// names reports whether a column says what each row is, though its heading says
// so only for another field of the same need, or not at all.
func (s *Schema) names(p *profile, heads []float64) bool {
	for f, h := range heads {
		if h >= hintHeading && (s.Fields[f].Name == "" || len(s.Need) > 0 &&
			!slices.Contains(s.Need[0], s.Fields[f].Name)) {
			return false
		}
	}
	n := len(p.values)
	return n > 1 && p.distinct*5 >= n*4 && p.letters >= 4*n &&
		p.share(p.dates+p.numbers+p.persons+p.units+p.ticks+p.amounts+p.shares+p.codes) < 0.4
}

// groupField is the named field whose values stand for several rows each, -1 if
// there is none.
func (s *Schema) groupField() int {
	return slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name != "" && f.Type == Group })
}

// spans reports whether a column's values are merged over several rows each.
func (p *profile) spans() bool {
	n := len(p.values)
	return n > 0 && p.merged*3 >= n && n < p.rows && p.covered*5 >= p.rows*4
}

// leading gives the group field, if no heading claims it, to a column that stands before a
// named column of short texts: the first whose values span several rows (阶段 or 目标 merged
// over 工作项目), else the one whose heading hints at a group (阶段 | 任务).
func (s *Schema) leading(profs []profile, heads [][]float64, out []meaning) {
	group := s.groupField()
	if group < 0 || slices.ContainsFunc(out, func(o meaning) bool { return o.at == group }) {
		return
	}
	title := slices.IndexFunc(out, func(o meaning) bool { return o.at >= 0 && s.Fields[o.at].Type == Name })
	hinted := -1
	for i := range out[:max(title, 0)] {
		o := &out[i]
		free := o.at < 0 || s.Fields[o.at].Type == Prose && o.heading < wholeLeast
		if free && profs[i].spans() && profs[i].dates == 0 {
			*o = meaning{field: s.Fields[group].Name, at: group, heading: 0.5, values: 0.15, near: true, rival: -1,
				spans: true}
			return
		}
		if o.at < 0 && len(profs[i].values) > 1 && profs[i].share(profs[i].dates+profs[i].numbers) < 0.3 &&
			heads[i][group] >= hintHeading {
			hinted = i
		}
	}
	if hinted >= 0 {
		out[hinted] = meaning{field: s.Fields[group].Name, at: group, heading: heads[hinted][group], near: true,
			rival: -1}
	}
}

// best is the assignment of fields to columns with the highest sum of what the
// scores are above the least; unnamed fields may be given any number of times. A
// field that the table needs counts more. The result is by column, -1 for none.
func (s *Schema) best(scores, vals [][]float64) []int {
	n := len(scores)
	out := slices.Repeat([]int{-1}, n)
	var fields []int
	for f := range s.Fields {
		if s.Fields[f].Name == "" {
			continue
		}
		for i := range scores {
			if scores[i][f] > leastScore {
				fields = append(fields, f)
				break
			}
		}
	}
	if len(fields) == 0 {
		return out
	}
	// Each field is a row of the matrix, each column one of its columns; as many
	// columns more stand for giving the field to none.
	cost := make([][]float64, len(fields))
	for k, f := range fields {
		cost[k] = make([]float64, n+len(fields))
		for i := range scores {
			cost[k][i] = 1
			w := scores[i][f] - leastScore
			if w <= 0 || scores[i][f] <= s.unnamed(scores[i]) {
				continue
			}
			cost[k][i] = -w - s.need(f) + 1e-5*float64(i)
		}
	}
	for k, i := range hungarian(cost) {
		if i < n && cost[k][i] < 0 {
			out[i] = fields[k]
		}
	}
	return out
}

// unnamed is the best score of a field without a name.
func (s *Schema) unnamed(scores []float64) (best float64) {
	for f := range s.Fields {
		if s.Fields[f].Name == "" {
			best = max(best, scores[f])
		}
	}
	return best
}

// need is what a field is worth beyond its score for being the first choice of
// a group of fields that the table must have one of.
func (s *Schema) need(f int) float64 {
	for _, group := range s.Need {
		if group[0] == s.Fields[f].Name {
			return 0.4
		}
	}
	return 0
}

// guess gives Schema.Guess to a column by its values, where no heading claims it:
// the first of short texts that hardly repeat. Where another field of the same
// need is there, the column must stand before it and be filled throughout.
func (s *Schema) guess(profs []profile, scores [][]float64, out []meaning) {
	f := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name != "" && f.Name == s.Guess })
	if f < 0 || slices.ContainsFunc(out, func(o meaning) bool { return o.at == f }) {
		return
	}
	before := len(out)
	for _, group := range s.Need {
		if slices.Contains(group, s.Guess) {
			if i := slices.IndexFunc(out, func(o meaning) bool { return slices.Contains(group, o.field) }); i >= 0 {
				before = i
			}
		}
	}
	best, most := -1, 0.25
	for i := range out[:before] {
		p := &profs[i]
		n := len(p.values)
		if out[i].at >= 0 || out[i].foreign || n == 0 || n*3 < p.rows*2 && (p.rows > 3 || before < len(out)) ||
			s.unnamed(scores[i]) >= leastScore {
			continue
		}
		if p.share(p.codes+p.numbers+p.shares+p.dates+p.phones+p.persons+p.ticks+p.units+p.links+p.amounts) > 0.4 ||
			before < len(out) && p.distinct*5 < n*4 {
			continue
		}
		if p.letters < 3*n {
			continue
		}
		v := p.fits(s.Fields[f].Type, -1) + 0.4*p.share(p.deeds) + 0.3*p.share(p.distinct) - 0.02*float64(
			i) + 0.1*math.Min(1, float64(p.letters)/p.n()/10)
		if v > most {
			best, most = i, v
		}
	}
	if best >= 0 {
		out[best] = meaning{field: s.Guess, at: f, values: most, guessed: true, rival: -1}
	}
}

// standIn makes Schema.Guess of a column of Schema.StandIn, where no heading claims the guess:
// in a list of defects (存在问题 | 整改措施 | 责任单位) the defect is what each row is about. It must
// be filled throughout, without repeating itself, and stand before by whom and by when.
func (s *Schema) standIn(profs []profile, scores [][]float64, out []meaning) {
	f := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name != "" && f.Name == s.Guess })
	if f < 0 || slices.ContainsFunc(out, func(o meaning) bool { return o.at == f && o.heading >= 0.6 }) {
		return
	}
	for i := range out {
		p, o := &profs[i], &out[i]
		switch {
		case o.at == f || len(s.Need) > 1 && slices.ContainsFunc(s.Need[1:],
			func(g []string) bool { return slices.Contains(g, o.field) }):
			return
		case !slices.Contains(s.StandIn, o.field) || o.heading < 0.75 || p.rows == 0 ||
			p.covered*5 < p.rows*4 || p.distinct*5 < len(p.values)*4:
			continue
		}
		scores[i][f] = scores[i][o.at]
		if j := slices.IndexFunc(out, func(o meaning) bool { return o.at == f }); j >= 0 {
			out[j] = s.second(j, f, scores, out)
		}
		o.field, o.at, o.near = s.Guess, f, true
		return
	}
}

// second is the likeliest meaning of a column that loses field f: one that no other column has.
func (s *Schema) second(col, f int, scores [][]float64, out []meaning) meaning {
	best, most := meaning{at: -1, rival: -1}, leastScore
	for k, v := range scores[col] {
		if k != f && s.Fields[k].Name != "" && v > most && !slices.ContainsFunc(out,
			func(o meaning) bool { return o.at == k }) {
			best, most = meaning{field: s.Fields[k].Name, at: k, heading: v, near: true, rival: -1}, v
		}
	}
	return best
}

// ends reads two columns of dates side by side as a beginning and an end (实施日期 | 结束日期), where
// they were taken for when something is due and when it was done, though the second is filled
// throughout and neither heading tells of a plan or of what has happened for sure.
func (s *Schema) ends(cols []heading, profs []profile, out []meaning) {
	for i := 0; i+1 < len(out); i++ {
		due, done := &out[i], &out[i+1]
		if due.at < 0 || done.at < 0 || s.Fields[due.at].Type != DateValue || s.Fields[due.at].Past ||
			!s.Fields[done.at].Past {
			continue
		}
		plans := slices.ContainsFunc(s.Fields[due.at].Plans,
			func(w string) bool { return strings.Contains(foldWhole(cols[i].joined()), w) })
		if plans || due.heading >= wholeLeast || done.heading >= 0.6 || len(profs[i+1].values) == 0 ||
			profs[i+1].covered < profs[i+1].rows {
			continue
		}
		*done = meaning{field: due.field, at: due.at, heading: done.heading, values: profs[i+1].fits(DateValue, -1),
			near: true, rival: -1}
		*due = meaning{at: -1, rival: -1}
	}
}

// stillToCome reads days that only hint at what has happened (上线日期) as those on which it is
// due, where every row has one and no other column says when.
func (s *Schema) stillToCome(profs []profile, scores [][]float64, out []meaning) {
	plan := slices.IndexFunc(s.Fields, func(f Field) bool {
		return f.Name != "" && f.Type == DateValue && !f.Past &&
			f.Fill
	})
	if plan < 0 || slices.ContainsFunc(out, func(o meaning) bool { return o.at == plan }) {
		return
	}
	for i := range out {
		o, p := &out[i], &profs[i]
		if o.at >= 0 && s.Fields[o.at].Past && o.heading < 0.6 && p.rows > 1 && p.covered >= p.rows {
			scores[i][plan] = max(scores[i][plan], scores[i][o.at])
			*o = meaning{field: s.Fields[plan].Name, at: plan, heading: o.heading, values: p.fits(DateValue, -1),
				near: true, rival: -1}
			return
		}
	}
}

// promote makes Schema.Guess of the column of another field of the same need whose
// heading only hints at it, where no column has the guess: 隐患内容 alone is what is to
// be done, not how.
func (s *Schema) promote(scores [][]float64, out []meaning) {
	f := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name != "" && f.Name == s.Guess })
	if f < 0 || slices.ContainsFunc(out, func(o meaning) bool { return o.at == f }) {
		return
	}
	for _, group := range s.Need {
		if !slices.Contains(group, s.Guess) {
			continue
		}
		if i := slices.IndexFunc(out, func(o meaning) bool { return slices.Contains(group, o.field) }); i >= 0 {
			scores[i][f] = scores[i][out[i].at]
			out[i].field, out[i].at, out[i].near = s.Guess, f, true
		}
	}
}

// surety tells of each column how sure its meaning is, and what comes next.
func (s *Schema) surety(scores [][]float64, out []meaning) {
	taken := map[int]bool{}
	for i := range out {
		taken[out[i].at] = true
	}
	for i := range out {
		o := &out[i]
		next := 0.0
		for f := range s.Fields {
			if f != o.at && s.Fields[f].Name != "" && scores[i][f] > max(next, 0.3) {
				next, o.other = scores[i][f], s.Fields[f].Name
			}
		}
		switch {
		case o.at < 0:
			o.sure = clamp(1 - next)
			continue
		case o.free:
			o.sure = settled
			continue
		case o.guessed:
			o.sure = 0.3
			continue
		case o.spans:
			o.sure = 0.65
			continue
		}
		at := scores[i][o.at]
		o.sure = clamp(at)
		if o.heading < hintHeading {
			o.sure = min(o.sure, Doubtful-0.01) // a hint, and words that nobody explains
		}
		if next > at {
			o.near = true // what it looks like is another column's
		}
		for f := range s.Fields {
			if f != o.at && s.Fields[f].Name != "" && !taken[f] && o.heading < wholeLeast && scores[i][f] > at-0.12 {
				o.sure = clamp(o.sure - 0.15)
				break
			}
		}
	}
}

// beginning is what the dates on which rows begin are worth beside a deadline; see schedules.
const beginning = 0.5

// fits tells whether the meanings suffice for the schema, and how much they
// say in all.
func (s *Schema) fits(cols []meaning, planned bool) (score float64, ok bool) {
	has := map[string]float64{}
	foreign, n := -1, 0 // one column may be anything
	for _, c := range cols {
		if c.foreign {
			foreign++
		}
		if c.field != "" && !c.free {
			has[c.field] = c.sure
			score += c.sure
			n++
		}
	}
	foreign = max(foreign, 0)
	ok = n >= max(s.Min, 1)
	needed := 0.0
	for i, group := range s.Need {
		top, sum := 0.0, 0.0
		for _, f := range group {
			if v, is := has[f]; is {
				if v < Doubtful {
					v = min(v, 0.3)
				}
				top = max(top, v)
				sum += v
			}
		}
		ok = ok && top > 0
		if i == 0 {
			needed += top // what the rows are is said once
		} else {
			needed += sum
		}
	}
	if planned {
		needed += beginning
	}
	if len(s.Work) == 0 && foreign > 0 && s.Least > 0 {
		ok = false // people, not units
	}
	if s.Least > 0 {
		ok = ok && needed-0.5*float64(foreign) >= s.Least
	}
	return score - 0.5*float64(foreign), ok
}

// keepsThings reports whether the rows are objects and their keepers rather than what
// somebody has to do: the heading of the first choice names an object, or only hints at
// a name while the states are mostly none that the schema knows (有效, 在用); and nothing says
// what is to be done or how far it is.
func (m *matcher) keepsThings(schema int, cols []heading, profs []profile, means []meaning) bool {
	s := &m.schemas[schema]
	name := slices.IndexFunc(means, func(o meaning) bool { return o.field != "" && o.field == s.Guess })
	if name < 0 || len(s.Work) == 0 || means[name].heading >= wholeLeast {
		return false
	}
	thing := len(cols[name].levels) > 0 && m.evidence(cols[name].sub()).thing[schema]
	for i, o := range means {
		strange := false
		if o.at >= 0 && s.Fields[o.at].Type == State {
			known := profs[i].means(s.Fields[o.at].Means)
			strange = known >= 0 && known <= 0.5
		}
		thing = thing || strange && means[name].sure < Doubtful
		if slices.Contains(s.Work, o.field) && o.sure >= Doubtful && !strange {
			return false
		}
		head := foldWhole(cols[i].joined())
		if slices.ContainsFunc(s.Deeds, func(w string) bool { return strings.Contains(head, foldWhole(w)) }) {
			return false
		}
	}
	return thing
}

// lists reports whether a table merely lists something with somebody or some state beside
// it: no heading says for sure that its rows are work, hardly a row says what is to be done,
// and there is not more than one sure column of by whom, by when and how far. Rows that are
// planned from when to when have one such column more.
func (s *Schema) lists(profs []profile, means []meaning, planned bool) bool {
	if len(s.Work) == 0 {
		return false
	}
	told := 0
	if planned {
		told++
	}
	if s.arePeople(profs, means) {
		return true
	}
	for i, o := range means {
		switch {
		case o.field == "" || o.free:
		case slices.Contains(s.Need[0], o.field):
			if o.sure >= Doubtful || profs[i].share(profs[i].deeds) >= 0.3 {
				return false
			}
		case o.sure >= Doubtful && slices.ContainsFunc(s.Need[1:],
			func(g []string) bool { return slices.Contains(g, o.field) }):
			told++
		}
	}
	return told < 2
}

// arePeople reports whether the rows are people, each named first, under a heading that only
// hints at who does something (姓名), and hardly one says what is to be done.
func (s *Schema) arePeople(profs []profile, means []meaning) bool {
	first := -1
	for i, o := range means {
		if len(profs[i].values) > 0 && o.field != NumberField && o.field != "code" {
			first = i
			break
		}
	}
	if first < 0 || profs[first].share(profs[first].persons) < 0.7 || means[first].heading > 0.8 {
		return false
	}
	return !slices.ContainsFunc(means, func(o meaning) bool {
		return slices.Contains(s.Need[0], o.field) &&
			o.heading >= 0.8
	}) &&
		!slices.ContainsFunc(profs, func(p profile) bool { return p.saysDeeds() })
}

// nearly reports whether the meanings are those of the schema but for how sure
// they are, and two of them are sure.
func (s *Schema) nearly(cols []meaning) bool {
	sure := 0
	for _, c := range cols {
		if c.field != "" && c.field != NumberField && c.sure >= Doubtful && s.Fields[c.at].Type != AnyValue {
			sure++
		}
	}
	for _, group := range s.Need {
		if !slices.ContainsFunc(cols, func(c meaning) bool { return slices.Contains(group, c.field) }) {
			return false
		}
	}
	return s.Least > 0 && sure >= 2
}

// hungarian is the cheapest assignment of rows to columns: the column of each row.
// There are at least as many columns as rows.
func hungarian(cost [][]float64) []int {
	n, m := len(cost), len(cost[0])
	u, v := make([]float64, n+1), make([]float64, m+1)
	row, way := make([]int, m+1), make([]int, m+1)
	least, used := make([]float64, m+1), make([]bool, m+1)
	for i := 1; i <= n; i++ {
		row[0] = i
		j0 := 0
		for j := range least {
			least[j], used[j] = math.Inf(1), false
		}
		for {
			used[j0] = true
			i0, delta, j1 := row[j0], math.Inf(1), 0
			for j := 1; j <= m; j++ {
				if used[j] {
					continue
				}
				if cur := cost[i0-1][j-1] - u[i0] - v[j]; cur < least[j] {
					least[j], way[j] = cur, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := range used {
				if used[j] {
					u[row[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
			if row[j0] == 0 {
				break
			}
		}
		for j0 != 0 {
			row[j0] = row[way[j0]]
			j0 = way[j0]
		}
	}
	out := make([]int, n)
	for j := 1; j <= m; j++ {
		if row[j] > 0 {
			out[row[j]-1] = j - 1
		}
	}
	return out
}

// reading tells how a column came by its meaning.
func (o *meaning) reading(h *heading) Reading {
	r := Reading{Sure: math.Round(o.sure*100) / 100, Else: o.other}
	if o.tied {
		r.Sure = min(r.Sure, Doubtful-0.05)
	}
	if o.at < 0 {
		return r
	}
	switch {
	case o.guessed:
		r.Why = append(r.Why, msg.New("table.why.guessed"))
	case o.spans:
		r.Why = append(r.Why, msg.New("table.why.spans"))
	case o.heading >= wholeLeast:
		r.Why = append(r.Why, msg.New("table.why.whole", "Heading", h.text()))
	case o.heading >= 0.6:
		r.Why = append(r.Why, msg.New("table.why.parts", "Heading", h.text()))
	default:
		r.Why = append(r.Why, msg.New("table.why.hint", "Heading", h.text()))
	}
	switch {
	case o.guessed, o.spans:
	case o.values >= 0.1:
		r.Why = append(r.Why, msg.New("table.why.values"))
	case o.values <= -0.1:
		r.Why = append(r.Why, msg.New("table.why.against"))
	}
	if o.near || o.tied {
		r.Why = append(r.Why, msg.New("table.why.near"))
	}
	return r
}
