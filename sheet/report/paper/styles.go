package paper

import (
	"fmt"
	"strings"
)

// The fonts of official papers.
const (
	titleFont = "方正小标宋简体"
	bodyFont  = "仿宋_GB2312"
	heiFont   = "黑体"
	kaiFont   = "楷体_GB2312"
	songFont  = "宋体"
	latinFont = "Times New Roman"
)

// fontTable names what stands in for a font that a machine has not.
func fontTable() string {
	var b strings.Builder
	b.WriteString(`<w:fonts ` + names + `>`)
	for _, f := range [][3]string{
		{titleFont, "小标宋,方正小标宋_GBK,宋体,SimSun,Noto Serif CJK SC", "roman"},
		{bodyFont, "仿宋,FangSong,华文仿宋,Noto Serif CJK SC", "modern"},
		{heiFont, "SimHei,Noto Sans CJK SC", "modern"}, {kaiFont, "楷体,KaiTi,华文楷体,Noto Serif CJK SC", "modern"},
		{songFont, "SimSun,Noto Serif CJK SC", "roman"},
	} {
		b.WriteString(`<w:font w:name="` + f[0] + `"><w:altName w:val="` + f[1] +
			`"/><w:charset w:val="86"/><w:family w:val="` + f[2] +
			`"/><w:pitch w:val="default"/></w:font>`)
	}
	b.WriteString(`<w:font w:name="` + latinFont +
		`"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>`)
	return b.String() + `</w:fonts>`
}

// font is a Chinese font with Times New Roman for Latin letters and digits; the
// size is in half points.
func font(name string, size int) string {
	latin := latinFont
	if name == songFont {
		latin = songFont // page numbers: 半角宋体
	}
	spacing := 0
	if size == size3 {
		spacing = charSpacing
	}
	return fmt.Sprintf(
		`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:cs="%s"/><w:spacing w:val="%d"/><w:sz w:val="%d"/><w:szCs w:val="%d"/>`,
		latin, latin, name, latinFont, spacing, size, size)
}

// Sizes in half points: 2号, 3号, 4号.
const (
	size2, size3, size4 = 44, 32, 28
)

// cellMargins are those of the cells of tables, a millimetre on the left and on the
// right. Each table has them, too: LibreOffice does not take them from the style.
const cellMargins = `<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>` +
	`<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>`

func styles() string {
	var b strings.Builder
	b.WriteString(`<w:styles ` + names + `><w:docDefaults><w:rPrDefault><w:rPr>` + font(bodyFont, size3) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	b.WriteString(
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/>` +
			exact + `<w:jc w:val="both"/></w:pPr><w:rPr>` + font(bodyFont, size3) + `</w:rPr></w:style>`)
	b.WriteString(
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>` +
			`<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` + cellMargins + `</w:tblPr></w:style>`)
	style := func(id, name, paragraph, characters string) {
		fmt.Fprintf(&b,
			`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`,
			id, name, paragraph, characters)
	}
	indent := fmt.Sprintf(`<w:ind w:firstLineChars="200" w:firstLine="%d"/>`, 2*charTwips)
	style("PaperTitle", "公文标题",
		`<w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:line="700" w:lineRule="exact"/><w:jc w:val="center"/>`, font(titleFont, size2))
	style("Flush", "公文顶格", ``, font(bodyFont, size3))
	style("Text", "公文正文", indent, font(bodyFont, size3))
	for i, name := range []string{heiFont, kaiFont, bodyFont, bodyFont} {
		style(fmt.Sprintf("Heading%d", i+1), fmt.Sprintf("heading %d", i+1), `<w:keepNext/><w:keepLines/>`+
			indent+fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, i), font(name, size3))
	}
	style("Sign", "公文署名", `<w:keepLines/><w:jc w:val="right"/>`, font(bodyFont, size3))
	style("CellText", "表格文字",
		`<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`,
		font(bodyFont, 24))
	style("CellHead", "表格表头",
		`<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`,
		font(heiFont, 24))
	style("Figure", "图",
		`<w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`, font(bodyFont, size3))
	foot := `<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>`
	style("FootOdd", "页码（单页）", foot+`<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>`,
		font(songFont, size4))
	style("FootEven", "页码（双页）", foot+`<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>`,
		font(songFont, size4))
	return b.String() + `</w:styles>`
}

var exact = fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, lineTwips)
