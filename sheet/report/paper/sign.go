package paper

// signLine is a line of the signature, right-aligned, with the free room to its
// right in hundredths of a character.
type signLine struct {
	text  string
	right int
	empty int // empty lines above
}

// signLines are the lines of the signature, by 7.3.5 of the standard.
//
// Without a seal the name stands two characters from the edge and the date
// below it begins two characters to the right of the name; where the date is
// longer it is the date that stands two characters from the edge. With a seal
// the date stands four characters from the edge and the name is centred above
// it, with two empty lines above so that the seal's top comes within a line of
// the text.
func (p *Paper) signLines() []signLine {
	s := p.Sign
	unit, date := oneLine(s.Unit), s.date(p.Lang)
	n, d := halves(unit)*50, halves(date)*50
	switch {
	case unit == "" && date == "":
		return nil
	case unit == "" && s.Sealed:
		return []signLine{{date, 400, 3}}
	case unit == "":
		return []signLine{{date, 200, 1}}
	case date == "":
		return []signLine{{unit, 200, 1}}
	case s.Sealed:
		right := 400
		if n-d > 2*right { // centred on the date, a long name would not fit
			right = (n - d) / 2
		}
		return []signLine{{unit, right + (d-n)/2, 2}, {date, right, 0}}
	case d > n:
		return []signLine{{unit, d + 400 - n, 1}, {date, 200, 0}}
	}
	return []signLine{{unit, 200, 1}, {date, n - d, 0}}
}
