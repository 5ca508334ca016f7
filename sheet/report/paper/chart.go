package paper

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// chartPart is a chart and the workbook with its figures.
type chartPart struct{ chart, book []byte }

const (
	emuPerMM   = 36000
	chartWidth = 150 // mm, of the 156 that a line has
)

// chart writes a chart into the text, and keeps its parts.
func (w *writer) chart(c *Chart) error {
	book, err := figures(c)
	if err != nil {
		return err
	}
	w.charts = append(w.charts, chartPart{text(chartXML(c)), book})
	n := len(w.charts)
	height := c.Height
	if height == 0 {
		height = 75
		if c.Kind == Bars {
			height = min(30+7*float64(len(c.Categories)), 200)
		}
	}
	fmt.Fprintf(&w.body,
		`<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">`+
			`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/><wp:cNvGraphicFramePr/>`+
			`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">`+
			`<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="%s"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		chartWidth*emuPerMM, int(height*emuPerMM), n, "图"+strconv.Itoa(n), escape(oneLine(c.Title)), chartID(n))
	return nil
}

// figures is the workbook from which Word edits the chart's figures.
func figures(c *Chart) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	head := []any{""}
	for _, s := range c.Series {
		head = append(head, s.Name)
	}
	if err := f.SetSheetRow("Sheet1", "A1", &head); err != nil {
		return nil, err
	}
	for i, name := range c.Categories {
		row := []any{name}
		for _, s := range c.Series {
			row = append(row, s.at(i))
		}
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+2), &row); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (s Series) at(i int) float64 {
	if i < len(s.Values) {
		return s.Values[i]
	}
	return 0
}

// chartXML is the chart part.
func chartXML(c *Chart) string {
	var b strings.Builder
	b.WriteString(
		`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
			` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/><c:chart>`)
	b.WriteString(
		`<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1400" b="0"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1400" b="0">` +
			chartFont(heiFont) + `</a:rPr><a:t>` + escape(oneLine(c.Title)) +
			`</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`)
	b.WriteString(`<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart>`)
	direction, grouping := "col", "clustered"
	if c.Kind == Bars {
		direction, grouping = "bar", "stacked"
	}
	b.WriteString(`<c:barDir val="` + direction + `"/><c:grouping val="` + grouping + `"/><c:varyColors val="0"/>`)
	for i, s := range c.Series {
		column := string(rune('B' + i))
		fmt.Fprintf(&b,
			`<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>Sheet1!$%s$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
			i, i, column, escape(oneLine(s.Name)))
		if s.Colour != "" {
			b.WriteString(`<c:spPr><a:solidFill><a:srgbClr val="` + s.Colour + `"/></a:solidFill></c:spPr>`)
		}
		b.WriteString(
			`<c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="0;-0;;" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>` +
				chartText(900) +
				`<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`)
		last := len(c.Categories) + 1
		fmt.Fprintf(&b, `<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$%d</c:f><c:strCache><c:ptCount val="%d"/>`, last,
			len(c.Categories))
		for k, name := range c.Categories {
			fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, escape(oneLine(name)))
		}
		fmt.Fprintf(&b,
			`</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!$%s$2:$%s$%d</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`,
			column, column, last, len(c.Categories))
		for k := range c.Categories {
			fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, strconv.FormatFloat(s.at(k), 'f', -1, 64))
		}
		b.WriteString(`</c:numCache></c:numRef></c:val></c:ser>`)
	}
	b.WriteString(`<c:gapWidth val="60"/>`)
	if c.Kind == Bars {
		b.WriteString(`<c:overlap val="100"/>`)
	}
	b.WriteString(`<c:axId val="1001"/><c:axId val="1002"/></c:barChart>`)
	order, catAt, valAt := "minMax", "b", "l"
	if c.Kind == Bars {
		order, catAt, valAt = "maxMin", "l", "t" // the first category stands at the top
	}
	b.WriteString(`<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="` + order +
		`"/></c:scaling><c:delete val="0"/><c:axPos val="` + catAt +
		`"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>` + chartText(1000) +
		`<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>`)
	b.WriteString(
		`<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="` + valAt +
			`"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>` +
			`<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` + chartText(900) +
			`<c:crossAx val="1001"/><c:crosses val="` + map[bool]string{true: "max",
			false: "autoZero"}[c.Kind == Bars] + `"/><c:crossBetween val="between"/>` + unit(c) + `</c:valAx>`)
	b.WriteString(`</c:plotArea>`)
	if len(c.Series) > 1 {
		b.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/>` + chartText(1000) + `</c:legend>`)
	}
	b.WriteString(
		`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`)
	return b.String()
}

// unit keeps the axis of small counts from being divided into fractions.
func unit(c *Chart) string {
	most := 0.0
	for k := range c.Categories {
		all := 0.0
		for _, s := range c.Series {
			if c.Kind == Bars {
				all += s.at(k)
			} else {
				all = max(all, s.at(k))
			}
		}
		most = max(most, all)
	}
	if most <= 10 {
		return `<c:majorUnit val="1"/>`
	}
	return ""
}

func chartFont(name string) string {
	return `<a:latin typeface="` + latinFont + `"/><a:ea typeface="` + name + `"/>`
}

// chartText is the look of texts of a chart; the size is in hundredths of a point.
func chartText(size int) string {
	return fmt.Sprintf(
		`<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="%d">%s</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`, size, chartFont(songFont))
}
