package annual

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// Kind is the register 年报数据, in which people type what no other register tells.
const Kind = "annual"

// item is a row of 年报数据.
type item struct {
	key, name, remark string
	kind              itemKind
}

type itemKind int

const (
	count  itemKind = iota // a whole number
	amount                 // of money, in units of 10,000 yuan
	carry                  // requests carried in, where the register does not hold them
	prose                  // text
)

const (
	zeroRemark    = "没有的填0"
	carryRemark   = "登记簿中没有上年申请时填写，留空则按登记簿统计"
	draftRemark   = "留空则按台账起草"
	missingRemark = "留空则在报告中留出待补充处"
)

// items are the rows of 年报数据 for a year, in order.
var items = []item{
	{"rules_issued", "规章：本年制发件数", zeroRemark, count},
	{"rules_repealed", "规章：本年废止件数", zeroRemark, count},
	{"rules_in_force", "规章：现行有效件数", zeroRemark, count},
	{"normative_issued", "行政规范性文件：本年制发件数", zeroRemark, count},
	{"normative_repealed", "行政规范性文件：本年废止件数", zeroRemark, count},
	{"normative_in_force", "行政规范性文件：现行有效件数", zeroRemark, count},
	{"licences", "行政许可：本年处理决定数量", zeroRemark, count},
	{"penalties", "行政处罚：本年处理决定数量", zeroRemark, count},
	{"coercive", "行政强制：本年处理决定数量", zeroRemark, count},
	{"charges", "行政事业性收费：本年收费金额（万元）", zeroRemark + "，可以有小数", amount},
	{"carried_person", "上年结转申请：自然人", carryRemark, carry},
	{"carried_company", "上年结转申请：商业企业", carryRemark, carry},
	{"carried_research", "上年结转申请：科研机构", carryRemark, carry},
	{"carried_welfare", "上年结转申请：社会公益组织", carryRemark, carry},
	{"carried_legal", "上年结转申请：法律服务机构", carryRemark, carry},
	{"carried_other_body", "上年结转申请：其他", carryRemark, carry},
	{"text_active", "第一部分（一）主动公开情况", draftRemark, prose},
	{"text_requests", "第一部分（二）依申请公开情况", draftRemark, prose},
	{"text_management", "第一部分（三）政府信息管理情况", missingRemark, prose},
	{"text_platform", "第一部分（四）政府信息公开平台建设情况", draftRemark, prose},
	{"text_guarantee", "第一部分（五）监督保障情况", draftRemark, prose},
	{"text_problems", "第五部分：存在的主要问题", draftRemark, prose},
	{"text_improve", "第五部分：改进情况", missingRemark, prose},
	{"text_other", "第六部分：其他需要报告的事项", "收费和任务落实情况已由台账起草，这里补充其余事项", prose},
}

// value is what is typed for an item.
type value struct {
	entry *ledger.Entry // nil: there is no such row
	text  string
	n     float64
	fault bool // the text is no number, or none that the item can have
	dash  bool // it was left blank, or holds a mark for nothing, and counts as 0
}

// values are those of a year, by key of the item.
type values map[string]*value

// num is the number typed for an item, 0 where there is none.
func (v values) num(key string) float64 {
	if v[key] == nil {
		return 0
	}
	return v[key].n
}

// text is the text typed for an item.
func (v values) text(key string) string {
	if v[key] == nil {
		return ""
	}
	return v[key].text
}

var reEntryYear = regexp.MustCompile(`(?:19|20|21)\d{2}`)

// yearOf is the year that a row of 年报数据 is of.
func yearOf(e *ledger.Entry) int {
	for _, f := range []string{"year", "number"} {
		if m := reEntryYear.FindString(width.Fold.String(e.Get(f))); m != "" {
			n, _ := strconv.Atoi(m) // four digits
			return n
		}
	}
	return 0
}

// typedIn are the values of a year that the ledger holds; a row whose item means
// none is not among them.
func typedIn(l *ledger.Ledger, year int) values {
	out := values{}
	r := l.Register(Kind)
	if r == nil {
		return out
	}
	for _, e := range r.Entries {
		it := itemNamed(e)
		if it == nil || yearOf(e) != year {
			continue
		}
		if had := out[it.key]; had != nil && had.text != "" {
			continue // the first that is filled
		}
		out[it.key] = readValue(it, e)
	}
	return out
}

// itemNamed is the item of a row: by its words, else by the number that it was given.
func itemNamed(e *ledger.Entry) *item {
	name := squeeze(e.Get("item"))
	for i := range items {
		if squeeze(items[i].name) == name {
			return &items[i]
		}
	}
	return nil
}

// squeeze is a text without what people change when they tidy up: white space,
// width, punctuation.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n　:：、,，.．。（）()“”\"《》", r) {
			return -1
		}
		return r
	}, width.Fold.String(s))
}

func readValue(it *item, e *ledger.Entry) *value {
	v := &value{entry: e, text: e.Get("value")}
	if it.kind == prose {
		return v
	}
	n, dash, ok := parseNumber(v.text)
	v.n, v.dash, v.fault = n, dash, !ok
	if ok && (n < 0 || it.kind != amount && n != float64(int64(n))) {
		v.fault = true
	}
	return v
}

var reNumber = regexp.MustCompile(`^-?\d+(?:\.\d+)?$`)

// parseNumber reads a figure of a report: a number, with or without separators and
// a unit behind it; a blank or a mark for nothing is 0.
func parseNumber(s string) (n float64, dash, ok bool) {
	s = strings.TrimSpace(width.Fold.String(s))
	switch s {
	case "", "/", "-", "—", "--", "——", "无", "－":
		return 0, true, true
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, ",", ""), " ", "")
	for _, unit := range []string{"万元", "件", "项", "条", "个", "元", "次"} {
		s = strings.TrimSuffix(s, unit)
	}
	if !reNumber.MatchString(s) {
		return 0, false, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, false, err == nil
}

// show is a number as the report prints it.
func show(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// Prepare gives the ledger the rows of 年报数据 for a year, unless it has one of
// them already, and says how many it made. They are one change, which can be
// undone.
func Prepare(ctx context.Context, s *syncer.Session, year int) (made int, err error) {
	if r := s.Snapshot().Ledger.Register(Kind); r != nil {
		for _, e := range r.Entries {
			if yearOf(e) == year {
				return 0, nil
			}
		}
	}
	var rows []map[string]string
	for i, it := range items {
		rows = append(rows, map[string]string{
			"number": fmt.Sprintf("%d-%02d", year, i+1), "year": strconv.Itoa(year), "item": it.name,
			"remark": it.remark,
		})
	}
	_, _, err = s.RecordAll(ctx, Kind, rows)
	if err != nil {
		return 0, err
	}
	return len(rows), nil
}
