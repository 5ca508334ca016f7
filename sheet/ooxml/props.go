package ooxml

import (
	"bytes"
	"strconv"
	"strings"

	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/owner"
)

const (
	customType  = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
	customFmtID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
	customPart  = "docProps/custom.xml"
)

// Property is the custom document property of that name, if it is a string;
// one that SetProperty has set shows at once. Names differ in more than case.
func (w *Workbook) Property(name string) (string, bool) {
	part, ok := w.customName()
	if !ok {
		return "", false
	}
	data, err := w.book.Current(part)
	if err != nil {
		return "", false
	}
	p, ok := findProperty(data, name)
	return p.value, ok && p.isString
}

// property is a property element of the custom properties.
type property struct {
	inner    xmlpart.Span
	value    string
	isString bool
}

func findProperty(data []byte, name string) (p property, ok bool) {
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if s.Kind != xmlpart.StartTag || s.Depth() != 2 || !s.Is("property") {
			continue
		}
		if !strings.EqualFold(s.Value("name"), name) {
			continue
		}
		p.inner.Start = s.End
		var text []byte
		for s.Next() {
			if s.Kind == xmlpart.EndTag && s.Depth() == 1 {
				break
			}
			switch s.Kind {
			case xmlpart.StartTag, xmlpart.EmptyTag:
				p.isString = s.Is("lpwstr") || s.Is("lpstr") || s.Is("bstr")
			case xmlpart.Chars, xmlpart.CDATA:
				if s.Depth() == 3 {
					text = s.AppendText(text)
				}
			}
		}
		p.inner.End = s.Start
		p.value = string(text)
		return p, s.Err() == nil
	}
	return property{}, false
}

// SetProperty sets a custom document property to a string. All other
// properties stay as they are. Errors: ErrSigned, ErrDamaged.
func (w *Workbook) SetProperty(name, value string) (err error) {
	defer w.say(&err)
	if err := w.mayEdit(); err != nil {
		return err
	}
	if old, ok := w.Property(name); ok && old == value {
		return nil
	}
	return w.book.Attempt(func() error { return w.setProperty(name, value) })
}

func (w *Workbook) setProperty(name, value string) error {
	part, data, err := w.customProperties()
	if err != nil {
		return err
	}
	whole, inner, prefix, err := xmlpart.Element(data, "Properties", 1)
	if err != nil {
		return w.damagedPart(part, err)
	}
	content := stringVariant(data, value)
	if p, ok := findProperty(data, name); ok {
		w.book.Put(part, xmlpart.Splice(data, p.inner, content))
		return nil
	}
	child := "<" + prefix + `property fmtid="` + customFmtID + `" pid="` + strconv.Itoa(freePID(data)) + `" name="` +
		xmlpart.EscapeAttr(name) + `">` + content + "</" + prefix + "property>"
	w.book.Put(part, xmlpart.InsertLast(data, whole, inner, child))
	return nil
}

// customName finds the part of the custom properties. One that nothing refers
// to is no part of the workbook.
func (w *Workbook) customName() (string, bool) {
	if r, ok, err := w.book.Rel("", "custom-properties"); err == nil && ok && w.book.Exists(r.Target) {
		return r.Target, true
	}
	for _, name := range w.book.AddedNames() {
		if strings.HasPrefix(name, "docProps/custom") {
			return name, true
		}
	}
	return "", false
}

// customProperties is the part of the custom properties, made if need be.
func (w *Workbook) customProperties() (string, []byte, error) {
	if part, ok := w.customName(); ok {
		data, err := w.book.Current(part)
		return part, data, err
	}
	part := customPart
	if w.book.Exists(part) {
		var err error
		if part, err = w.book.FreePart(w.book.Part, "docProps/custom", ".xml"); err != nil {
			return "", nil, err
		}
	}
	// Also in strict workbooks the names are those of the transitional format:
	// LibreOffice and Excel disagree on how the strict ones are spelled.
	const base = opc.TransitionalNS
	const relType, space = base + "relationships/custom-properties", "custom-properties"
	if _, err := w.book.AddRel("", relType, part); err != nil {
		return "", nil, err
	}
	if err := w.book.AddType(part, customType); err != nil {
		return "", nil, err
	}
	return part, []byte(xmlpart.Header + `<Properties xmlns="` + base + space + `" xmlns:vt="` + base +
		`docPropsVTypes"></Properties>`), nil
}

// stringVariant is a string value in the part's own namespace prefix.
func stringVariant(data []byte, value string) string {
	prefix, declare := "vt", ""
	s := xmlpart.NewScanner(data)
	found := false
	for s.Next() && s.Depth() <= 1 && !found {
		for _, a := range s.Attrs {
			if a.Local > a.Name.Start && string(data[a.Name.Start:a.Local]) == "xmlns:" &&
				bytes.HasSuffix(data[a.Value.Start:a.Value.End], []byte("docPropsVTypes")) {
				prefix, found = string(data[a.Local:a.Name.End]), true
			}
		}
	}
	if !found {
		declare = ` xmlns:vt="` + opc.TransitionalNS + `docPropsVTypes"`
	}
	return "<" + prefix + ":lpwstr" + declare + ">" + string(xmlpart.AppendXString(nil, value)) + "</" + prefix +
		":lpwstr>"
}

// freePID is a property id that none has; 0 and 1 are reserved.
func freePID(data []byte) int {
	free := 2
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("property") {
			if n, ok := xmlpart.Number(s.Value("pid")); ok && n >= free {
				free = n + 1
			}
		}
	}
	return free
}

// LastModifiedBy is who saved the file last, from the core properties.
func (w *Workbook) LastModifiedBy() string {
	r, ok, err := w.book.Rel("", "core-properties")
	if err != nil || !ok {
		return ""
	}
	data, err := w.book.Original(r.Target)
	if err != nil {
		return ""
	}
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.Kind == xmlpart.StartTag && s.Depth() == 2 && s.Is("lastModifiedBy") {
			return owner.Printable(string(s.Content(nil)))
		}
	}
	return ""
}
