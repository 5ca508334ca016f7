package table

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/sheet/ooxml"
)

// sampled is how many values of a column are looked at, and sampledRows how many
// rows are passed for them: a column is judged by its first rows, so that a large
// sheet costs no more than a small one.
const (
	sampled     = 64
	sampledRows = 400
)

// profile is what the values of a column look like. Counts are of values.
type profile struct {
	values   []string
	rows     int // rows that hold something, in this column or another
	dates    int // cells that hold dates, and texts that say when
	serials  int // cells that hold dates
	numbers  int // plain numbers
	shares   int // 80%
	counters int // 1, 2.1, A-07
	codes    int // letters and digits, no words
	units    int // names of offices
	persons  int // names of people
	phones   int
	dones    int  // days on which something was done: 2022-08-26完成
	plans    int  // dates in words that tell of a plan: 6月底前, 每季度, 长期坚持
	amounts  int  // figures with a unit: 8个, 6万平方米
	deeds    int  // texts that say what is to be done: 修订…, 完成…
	bare     bool // no letter stands in the heading
	clocks   int  // times of day, and spans of them
	links    int
	ticks    int // √, 是, TRUE
	long     int // more than 12 letters
	letters  int // of all values together
	distinct int
	merged   int // values that stand for several rows
	covered  int // rows that values stand for
}

func (p *profile) n() float64 { return float64(len(p.values)) }

// share is the part of the values that a count stands for.
func (p *profile) share(count int) float64 {
	if len(p.values) == 0 {
		return 0
	}
	return float64(count) / p.n()
}

// profiles looks at the values of columns in the rows after below, which lie
// before end and hold more than one value.
func (g *grid) profiles(cols []heading, below, end int) []profile {
	out := make([]profile, len(cols))
	at := map[int]int{}
	for i := range cols {
		at[cols[i].col] = i
	}
	first, last := cols[0].col, cols[len(cols)-1].col
	seen := make([]map[string]bool, len(cols))
	for i := range seen {
		seen[i] = map[string]bool{}
	}
	full := 0
	for i := g.index(below + 1); i < len(g.rows) && g.rows[i].row < end && g.rows[i].row <= below+sampledRows &&
		full < sampled; i++ {
		cells := g.Cells[g.rows[i].lo:g.rows[i].hi]
		n := 0
		for k := range cells {
			if c := &cells[k]; c.Col >= first && c.Col <= last && !g.blank(c) {
				n++
			}
		}
		if n < 2 {
			continue
		}
		full++
		for k := range cells {
			c := &cells[k]
			j, ok := at[c.Col]
			if !ok || g.blank(c) {
				continue
			}
			out[j].add(g, c, seen[j])
		}
		for j := range out {
			out[j].rows++
		}
	}
	for j := range out {
		out[j].distinct = len(seen[j])
		out[j].bare = strings.IndexFunc(cols[j].joined(), unicode.IsLetter) < 0
	}
	return out
}

// add takes up one value.
func (p *profile) add(g *grid, c *ooxml.Cell, seen map[string]bool) {
	text := strings.TrimSpace(g.text(c))
	m := g.mergeAt(c.Ref)
	p.covered += 1 + m.Last.Row - m.First.Row
	if isPlaceholder(text) {
		return
	}
	p.values = append(p.values, text)
	seen[text] = true
	if m.Last.Row > m.First.Row {
		p.merged++
	}
	n := utf8.RuneCountInString(text)
	p.letters += n
	if n > 12 {
		p.long++
	}
	if isClock(fold(text)) {
		p.clocks++
		return
	}
	switch {
	case c.Kind == ooxml.Date || c.Kind == ooxml.Number && c.Style != 0 && g.read.IsDate(int(c.Style)):
		p.dates++
		p.serials++
		return
	case c.Kind == ooxml.Bool:
		p.ticks++
		return
	}
	s := fold(text)
	switch {
	case strings.HasSuffix(s, "%") && isFigure(strings.TrimSuffix(s, "%")):
		p.shares++
		return
	case isFigure(s):
		p.numbers++
	}
	if isCounter(text) && n <= 6 {
		p.counters++
	}
	if c.Kind == ooxml.Number {
		return
	}
	if isDeed(s) {
		p.deeds++
	}
	switch {
	case isPhone(s):
		p.phones++
	case saysWhen(s):
		p.dates++
		if saysPlan(s) {
			p.plans++
		} else if strings.ContainsAny(s, "完办") || strings.Contains(s, "解决") {
			p.dones++
		}
	case isAmount(s):
		p.amounts++
	case isCode(s):
		p.codes++
	case isTick(s):
		p.ticks++
	case strings.Contains(s, "http") || strings.Contains(s, "@") || strings.Contains(s, "www."):
		p.links++
	case areUnits(s):
		p.units++
	case arePersons(s):
		p.persons++
	}
}

// isPlaceholder reports whether a text stands where somebody has nothing to say yet, so that
// it tells nothing of what its column means.
func isPlaceholder(s string) bool {
	switch strings.ToLower(fold(s)) {
	case "/", "\\", "-", "--", "—", "——", "－", "...", "……", "?", "未知", "未定", "暂无", "暂定", "待确认", "待补充", "待填", "tbd",
		"tbc", "n/a", "na", "none":
		return true
	}
	return false
}

func isFigure(s string) bool {
	s = strings.TrimPrefix(strings.TrimSpace(s), "-")
	digit := false
	for _, r := range s {
		if r != '.' && r != ',' && (r < '0' || r > '9') {
			return false
		}
		digit = digit || r >= '0' && r <= '9'
	}
	return digit
}

func isPhone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("-+() /、,，;；\n", r):
			return false
		}
	}
	return digits >= 7 && !strings.HasPrefix(s, "20") && !strings.HasPrefix(s, "19") || digits == 11
}

func isTick(s string) bool {
	switch strings.ToLower(s) {
	case "√", "✓", "✔", "☑", "×", "✗", "✘", "☐", "□", "○", "●", "是", "否", "有", "无", "true", "false", "yes", "no", "y",
		"n", "v", "x":
		return true
	}
	return false
}

// isCode reports whether a text is made of letters, digits and marks, with digits.
func isCode(s string) bool {
	digit := false
	for _, r := range s {
		if r >= utf8.RuneSelf && r != '〔' && r != '〕' && r != '第' && r != '号' {
			return false
		}
		digit = digit || r >= '0' && r <= '9'
	}
	return digit && len(s) <= 30
}

// saysWhen reports whether a folded text is a date, a range, or words for one.
func saysWhen(s string) bool {
	n := utf8.RuneCountInString(s)
	if n == 0 || n > 30 || isClock(s) {
		return false
	}
	if n <= 14 {
		rest := s
		for _, w := range whenWords {
			rest = strings.ReplaceAll(rest, w, "")
		}
		if rest != s && utf8.RuneCountInString(strings.Trim(rest, dateLetters)) <= 2 {
			return true
		}
	}
	digits, marks, others := 0, 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune(dateLetters, r):
			if strings.ContainsRune("年月日号季/-.~", r) {
				marks++
			}
		default:
			others++
		}
	}
	if digits == 0 {
		return strings.ContainsAny(s, "年月季旬周") && others <= 2 && strings.ContainsAny(s, "底末前内中一二三四五六七八九十") && n <= 12
	}
	if others > 3 || others > n/3 {
		return false
	}
	return digits >= 5 && digits <= 8 && marks == 0 && (strings.HasPrefix(s, "20") || strings.HasPrefix(s, "19")) &&
		digits == 8 ||
		marks >= 1 && strings.ContainsAny(s, "年月日季") || marks >= 2 && digits >= 3 || marks >= 1 &&
		strings.ContainsAny(s, "-/~") && digits >= 2 && digits <= 8 && !strings.Contains(s, ".") ||
		marks == 1 && strings.ContainsAny(s, "./-") && (isMonthDay(strings.TrimRight(s, "以之前底止")) || isYearMonth(s))
}

// isClock reports whether a text is a time of day, or a span of it: 10:00, 9:30-11:00.
func isClock(s string) bool {
	return strings.Contains(s, ":") && len(s) <= 13 && strings.Trim(s, "0123456789:-~ ") == "" &&
		!strings.Contains(s, "20")
}

// isYearMonth reports whether a text is 2024.8: a year and a month.
func isYearMonth(s string) bool {
	i := strings.IndexAny(s, "./-")
	y, m := atoi(s[:i]), atoi(s[i+1:])
	return i == 4 && y >= 1990 && y < 2100 && m >= 1 && m <= 12
}

// isMonthDay reports whether a text is 6.30: a month and a day of two digits.
func isMonthDay(s string) bool {
	a, b, ok := strings.Cut(s, ".")
	m, d := atoi(a), atoi(b)
	return ok && len(b) == 2 && len(a) <= 2 && m >= 1 && m <= 12 && d >= 1 && d <= 31
}

// dateLetters are what stands between the digits of a date.
const dateLetters = "年月日号季度旬周前底初末中上下半至到-/.~—–:：、,，（）() 第内之以起止?？\n\rt"

var whenWords = []string{"年底", "年内", "月底", "月末", "季度", "长期", "持续", "常态", "适时", "半年", "每月", "每周", "每年", "全年", "年末",
	"立行立改", "工作日", "近期", "待定", "月中", "年终", "ongoing"}

// areUnits reports whether a text is the name of an office, or several.
func areUnits(s string) bool {
	n, units := 0, 0
	for _, part := range cutNames(s) {
		n++
		if isUnitName(part) {
			units++
		}
	}
	return units > 0 && units*2 >= n
}

func isUnitName(s string) bool {
	s = dropBrackets(strings.Map(func(r rune) rune {
		if r == '（' {
			return '('
		}
		if r == '）' {
			return ')'
		}
		return r
	}, s))
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 24 {
		return false
	}
	for _, w := range unitTails {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return strings.HasPrefix(s, "各") && n <= 14
}

var unitTails = strings.Fields(
	"局 办 委 中心 街道 科 部 公司 处 院 站 所 队 厅 室 会 政府 办公室 办事处 委员会 镇 乡 村 社区 学校 大学 学院 集团 银行 分局 支队 大队 总队 指挥部 工会 妇联 团委 " +
		"支行 网点 营业部 庭 庭室 股 苑 组委会 专班 项目部 车间 " +
		"法院 检察院 单位 部门 科室 管委会 园区 开发区 县 区 市 组 班 局机关 协会 商会 医院 馆 台 社 厂 船队 联 department bureau office team centre center " +
		"division")

func cutNames(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,;；/|+&和\n\r ", r) })
}

// arePersons reports whether a text is the name of a person, or several.
func arePersons(s string) bool {
	n := 0
	for _, part := range cutNames(dropSpaces(s)) {
		if n > 0 && isPhone(part) {
			continue // 张明 13900000001
		}
		if !isPerson(part) {
			return false
		}
		n++
	}
	return n > 0
}

// dropSpaces joins 许 岚, a name spaced out to the width of three characters.
func dropSpaces(s string) string {
	r := []rune(s)
	var b strings.Builder
	for i, c := range r {
		if unicode.IsSpace(c) && c != '\n' && i > 0 && i+1 < len(r) && unicode.Is(unicode.Han, r[i-1]) &&
			unicode.Is(unicode.Han, r[i+1]) {
			alone := (i < 2 || !unicode.Is(unicode.Han, r[i-2])) && (i+2 >= len(r) || !unicode.Is(unicode.Han, r[i+2]))
			if alone {
				continue
			}
		}
		b.WriteRune(c)
	}
	return b.String()
}

func isPerson(s string) bool {
	s = strings.TrimFunc(s, unicode.IsSpace)
	if i := strings.IndexAny(s, "(（"); i > 0 {
		s = s[:i]
	}
	r := []rune(s)
	if len(r) == 3 && slices.Contains(addresses, string(r[1:])) {
		return strings.ContainsRune(surnames, r[0])
	}
	if len(r) < 2 || len(r) > 4 {
		return false
	}
	for _, c := range r {
		if !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	switch {
	case len(r) <= 3 && r[len(r)-1] == '某':
		return true
	case len(r) == 2 && strings.ContainsRune("小老", r[0]):
		return strings.ContainsRune(surnames, r[1])
	case len(r) == 2 && r[0] == '阿':
		return true
	case len(r) == 2 && strings.ContainsRune("总工", r[1]):
		return strings.ContainsRune(surnames, r[0])
	case len(r) == 4:
		return strings.Contains(doubleSurnames, string(r[:2]))
	}
	return strings.ContainsRune(surnames, r[0]) && !strings.ContainsRune("的中度后前等", r[1])
}

// addresses follow a surname in place of a name.
var addresses = strings.Fields("经理 主任 书记 校长 院长 处长 科长 局长 部长 老师 博士 先生 小姐 女士 师傅 医生 教授 主管 组长 队长 站长 所长 会长")

const (
	surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫阎雷段龙黎史陶贺" +
		"毛郝顾龚邵万覃武钱戴严莫孔向汤康易乔赖文樊兰殷施洪翁温柳葛安岑俞喻乐费倪齐裴童季祝毕舒路鲍时滕鲁常关游辛宁耿欧聂邢米章岳艾骆申苗凌霍牛纪尚柏窦柴车成房司甘卓植储左甄鄢巩阮闵" +
		"尤戚奚郎昌凤皮卞康余穆湛禹狄臧谈茅席虞昝裘缪宗宣贲郁诸钮嵇滑荣荀於惠封芮羿汲邴糜巫弓" +
		"隗宓郗仲宫暴钭戎祖束司韶郜薄宿怀邰鄂索籍屠蒙池胥" +
		"闻莘劳逄姬扶宰郦雍璩桑濮扈燕郏浦别瞿慕茹宦容慎戈庾终暨居匡寇禄阙沃蔚晁勾敖訾阚饶毋乜鞠巢蒯荆竺逯桓佘佟练仝麦揭敬邝植缑亓甯" +
		"单包应焦谷靳盛全古符平党褚涂柯容饶连解詹伍明庄翟穆池庞桂蓝管冉项屈冀简卜蒲蔺荆邬娄晏伏臧仇栾冷祁厉"
	doubleSurnames = "欧阳上官司马诸葛皇甫尉迟公孙慕容司徒令狐夏侯东方南宫端木轩辕"
)

// fits is how far values speak for a type: up to 0.25 for it, down to -0.6 against
// it, 0 where there are none. means is the share that the field's own words make
// up, -1 if it has none.
func (p *profile) fits(t Type, means float64) float64 {
	if len(p.values) == 0 {
		return 0
	}
	plain := p.share(p.numbers + p.shares)
	dates := p.share(p.dates)
	if t == State || t == Prose {
		dates = p.share(p.dates - p.dones)
	}
	long := p.share(p.long)
	mean := float64(p.letters) / p.n()
	few := 1 - p.share(p.distinct) // how often values repeat
	switch t {
	case Counter:
		return 0.15*p.share(p.counters) + 0.35*b2f(p.counts()) - 0.6*long - 0.3*dates
	case Code:
		c := p.share(p.codes + p.numbers)
		return 0.2*c - 0.4*long - 0.3*(1-c)*b2f(p.distinct*2 < len(p.values))
	case Group:
		over := b2f(p.merged > 0 && p.merged*3 >= len(p.values) && p.covered*5 >= p.rows*4)
		alone := b2f(p.merged == 0 && p.distinct == len(p.values) && p.distinct > 2) // each of another group
		return 0.15*few + 0.2*over - 0.05*alone - 0.4*plain - 0.5*dates - 0.2*long*b2f(few < 0.2)
	case Name:
		v := 0.1 + 0.12*p.share(p.deeds) - 0.5*p.share(p.amounts) - 0.6*plain - 0.6*dates - 0.5*p.share(
			p.ticks) - 0.3*p.share(p.persons) - 0.3*p.share(p.codes) - 0.15*p.share(p.units)
		if len(p.values) >= 4 {
			v -= 0.3 * few
		}
		switch {
		case mean >= 4:
			v += 0.1
		case mean < 3:
			v -= 0.1
		}
		if p.rows > 1 {
			v -= 0.4 * (1 - min(1, float64(p.covered)/float64(p.rows)))
		}
		if p.spans() { // two rows for a task are usual, more are a group's
			v -= 0.15 * min(1, float64(p.covered-len(p.values))/p.n()/2)
		}
		return v
	case Prose:
		return 0.05 + 0.15*long - 0.4*p.share(p.numbers) - 0.5*b2f(p.share(p.shares) > 0.6) - 0.6*dates - 0.4*p.share(
			p.ticks) - 0.2*p.share(p.persons)
	case UnitName:
		u := p.share(p.units)
		return 0.25*u - 0.3*b2f(mean < 2) - 0.6*plain - 0.6*dates - 0.4*p.share(p.persons) - 0.4*long*(1-u) - 0.3*p.share(p.ticks) - 0.15*b2f(u == 0)
	case Person:
		u := p.share(p.persons)
		return 0.25*u - 0.6*plain - 0.6*dates - 0.4*p.share(p.units) - 0.3*long*(1-u) - 0.4*p.share(p.ticks)
	case Phone:
		u := p.share(p.phones)
		return 0.25*u - 0.5*dates - 0.4*(1-u)
	case DateValue:
		return 0.25*dates - 0.55*(1-dates-p.share(p.ticks)*0) + 0.05*p.share(p.serials)
	case State:
		if means < 0 {
			means = 0
		}
		if means*3 >= 2 {
			means = 1
		}
		sm := 0.0
		if p.distinct <= 6 || few > 0.6 {
			sm = 1
		}
		return 0.45*max(max(0, means-0.5*p.share(p.shares)),
			0.5*p.share(p.ticks)) + 0.05*sm - 0.5*dates*(1-means) - 0.35*long*(1-means) - 0.3*(1-means)*b2f(few < 0.3 &&
			len(p.values) >= 4) - 0.3*(1-means)*(1-p.share(p.ticks))
	case Amount:
		return 0.2*plain - 0.5*dates - 0.4*long
	case Link:
		return 0.2*p.share(p.links) - 0.3*plain - 0.4*dates
	}
	return 0
}

// counts reports whether the values are 1, 2, 3, ….
func (p *profile) counts() bool {
	for i, v := range p.values {
		if i > 8 {
			break
		}
		if n := atoi(v); len(v) > 2 || n != i+1 {
			return false
		}
	}
	return len(p.values) > 1
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
