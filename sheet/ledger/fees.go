package ledger

import (
	"slices"
	"strings"

	"taizhang/sheet/ledger/internal/fold"
)

// Fees for requests (《政府信息公开信息处理费管理办法》, 国办函〔2020〕109号). For each
// request the organ takes one way, by item or by page, never both.

// Band is a step of a fee's scale: From to To items or pages cost Price yuan
// each; To is 0 for the last one.
type Band struct{ From, To, Price int }

// pageBands are the bands for the pages of one request.
var pageBands = []Band{{1, 30, 0}, {31, 100, 10}, {101, 200, 20}, {201, 0, 40}}

// PageFee is what so many pages of one request cost, and the bands it is made of.
func PageFee(pages int) (yuan int, bands []Band) {
	for _, b := range pageBands {
		n := pages - b.From + 1
		if b.To > 0 {
			n = min(n, b.To-b.From+1)
		}
		if n > 0 {
			yuan += n * b.Price
			bands = append(bands, b)
		}
	}
	return yuan, bands
}

// ItemBand is the band that the n-th request of one applicant in a month falls
// into: ten are free, the next twenty cost 100 yuan each, and from the 31st on
// every ten cost 100 yuan each more.
func ItemBand(n int) Band {
	switch {
	case n <= 10:
		return Band{1, 10, 0}
	case n <= 30:
		return Band{11, 30, 100}
	}
	step := (n - 31) / 10
	return Band{31 + 10*step, 40 + 10*step, 200 + 100*step}
}

// ItemFee is what so many requests of one applicant in one month cost together,
// and the bands it is made of.
func ItemFee(items int) (yuan int, bands []Band) {
	for n := 1; n <= items; n++ {
		b := ItemBand(n)
		yuan += b.Price
		if len(bands) == 0 || bands[len(bands)-1] != b {
			bands = append(bands, b)
		}
	}
	return yuan, bands
}

// Fee is what one request may cost, both ways.
type Fee struct {
	Entry *Entry
	Month string // 2022-09: the month in which it came in
	// Nth is the how manieth request it is of its applicant in that month; ByItem
	// is the price of the band that it falls into.
	Nth    int
	Band   Band
	ByItem int
	// Pages is 0 where the register does not say; ByPage is the sum over its bands.
	Pages  int
	Bands  []Band
	ByPage int
}

// Fees are what the requests of the register may cost, in the order of the
// register; those whose day or applicant is not stated have no ByItem.
func (l *Ledger) Fees() []Fee {
	r := l.Register("requests")
	if r == nil {
		return nil
	}
	out := make([]Fee, len(r.Entries))
	nth := map[[2]string]int{}
	order := make([]int, len(r.Entries))
	for i := range order {
		order[i] = i
	}
	came := func(i int) string {
		for _, f := range []string{"received", "started"} {
			if d := l.DayOf(r.Entries[i], f); !d.IsZero() {
				return d.Format("2006-01-02")
			}
		}
		return ""
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(came(a), came(b)) })
	for _, i := range order {
		f := &out[i]
		f.Entry = r.Entries[i]
		if f.Pages = number(strings.TrimRight(fold.Text(f.Entry.Get("pages")), "页张")); f.Pages > 0 {
			f.ByPage, f.Bands = PageFee(f.Pages)
		}
		day, who := came(i), fold.Text(f.Entry.Get("applicant"))
		if day == "" || who == "" {
			continue
		}
		f.Month = day[:7]
		nth[[2]string{who, f.Month}]++
		f.Nth = nth[[2]string{who, f.Month}]
		f.Band = ItemBand(f.Nth)
		f.ByItem = f.Band.Price
	}
	return out
}
