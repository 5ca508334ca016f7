package print

import (
	"strings"

	"taizhang/sheet/ledger"
)

// feeDoc is what a request may cost, by item and by page; the organ takes one of the two.
type feeDoc struct {
	ID        string    `json:"id"`
	Number    string    `json:"number"`
	Applicant string    `json:"applicant"`
	Month     string    `json:"month"` // "" where the register does not say when it came
	Nth       int       `json:"nth"`   // of its applicant in that month
	ItemBand  bandDoc   `json:"item_band"`
	ByItem    int       `json:"by_item"` // yuan
	Pages     int       `json:"pages"`
	PageBands []bandDoc `json:"page_bands"`
	ByPage    int       `json:"by_page"` // yuan
}

// bandDoc is a step of the scale; To is 0 for the last one.
type bandDoc struct {
	From  int `json:"from"`
	To    int `json:"to"`
	Price int `json:"price"`
}

// Fees shows what the requests may cost, both ways, with the bands that make it.
func (p *Printer) Fees(l *ledger.Ledger, csv bool) error {
	fees := l.Fees()
	if p.AsJSON {
		return List(p.file, fees, func(f ledger.Fee) feeDoc {
			d := feeDoc{ID: f.Entry.ID, Number: f.Entry.Number, Applicant: f.Entry.Get("applicant"), Month: f.Month,
				Nth:      f.Nth,
				ItemBand: bandDoc(f.Band), ByItem: f.ByItem, Pages: f.Pages, PageBands: []bandDoc{}, ByPage: f.ByPage}
			for _, b := range f.Bands {
				d.PageBands = append(d.PageBands, bandDoc(b))
			}
			return d
		})
	}
	heads := []string{p.FieldName(ledger.FieldNumber), p.FieldName("applicant"), p.Say("cmd.fee_month"),
		p.Say("cmd.fee_nth"),
		p.Say("cmd.fee_by_item"), p.Say("cmd.fee_band"), p.FieldName("pages"), p.Say("cmd.fee_by_page"),
		p.Say("cmd.fee_band")}
	records := [][]string{heads}
	for _, f := range fees {
		r := []string{f.Entry.Number, f.Entry.Get("applicant"), f.Month, "", "", "", "", "", ""}
		if f.Nth > 0 {
			r[3], r[4], r[5] = number(f.Nth), number(f.ByItem), p.band(f.Band, "cmd.fee_items")
		}
		if f.Pages > 0 {
			var bands []string
			for _, b := range f.Bands {
				bands = append(bands, p.band(b, "cmd.fee_pages"))
			}
			r[6], r[7], r[8] = number(f.Pages), number(f.ByPage), strings.Join(bands, p.Say("cmd.comma"))
		}
		records = append(records, r)
	}
	if csv {
		return p.CSV(records)
	}
	if len(fees) == 0 {
		p.Line(p.Say("cmd.no_entries"))
		return nil
	}
	var rows [][]cell
	for _, r := range records {
		var row []cell
		for i, v := range r {
			row = append(row, cell{text: v, right: i == 0 || i == 3 || i == 4 || i == 6 || i == 7})
		}
		rows = append(rows, row)
	}
	p.table(rows)
	p.Line(p.Say("cmd.fee_note"))
	return nil
}

// band is a step of the scale in words.
func (p *Printer) band(b ledger.Band, key string) string {
	return p.Say(key, "From", b.From, "To", b.To, "Price", b.Price)
}
