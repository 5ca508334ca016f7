package bookxml

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/zipfile"
	"taizhang/sheet/ooxml/internal/ziptest"
)

const (
	officeRel = opc.TransitionalNS + "relationships/"
	rootRels  = `<Relationships><Relationship Id="a" Type="` + officeRel +
		`officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels = `<Relationships><Relationship Id="r1" Type="` + officeRel + `worksheet" Target="sheet1.xml"/>` +
		`<Relationship Id="r2" Type="` + officeRel + `chartsheet" Target="chart.xml"/>` +
		`<Relationship Id="r3" Type="` + officeRel + `sharedStrings" Target="texts.xml"/></Relationships>`
	bookPart = `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="任务" sheetId="4" r:id="r1"/>` +
		`<sheet name="图" sheetId="7" state="hidden" r:id="r2"/></sheets>` +
		`<definedNames><definedName name="区">任务!$A$1</definedName><definedName name="区" localSheetId="0">任务!$A$2</definedName></definedNames></workbook>`
)

// read reads a book of a worksheet with those rows and a chart; more parts replace or
// follow those of it.
func read(t *testing.T, rows string, more ...string) *Book {
	t.Helper()
	parts := []string{"_rels/.rels", rootRels, "xl/_rels/workbook.xml.rels", bookRels, "xl/workbook.xml", bookPart,
		"xl/chart.xml", `<c/>`,
		"xl/texts.xml", `<sst><si><t>甲</t></si><si><t></t></si></sst>`, "xl/sheet1.xml", `<worksheet><sheetData>` +
			rows + `</sheetData></worksheet>`}
	p, err := opc.Open(ziptest.Of(t, append(parts, more...)...), zipfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	b := &Book{Package: p, MaxText: 1 << 20}
	if err := b.ReadBook(); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatTheWorkbookSays(t *testing.T) {
	b := read(t, "")
	want := []SheetPart{
		{SheetInfo{"任务", sheetxml.Visible, true}, "xl/sheet1.xml", "worksheet", "4"},
		{SheetInfo{"图", sheetxml.Hidden, false}, "xl/chart.xml", "chartsheet", "7"},
	}
	if d := cmp.Diff(want, b.Sheets); d != "" || !b.Date1904 || b.StringsPart != "xl/texts.xml" ||
		b.SheetIndex("图") != 1 {
		t.Error(d)
	}
	for sheet, want := range map[int]string{0: "任务!$A$2", 1: "任务!$A$1"} {
		if got, ok := FindName(b.DefinedNames, "区", sheet); !ok || got.Formula != want {
			t.Errorf("as seen from sheet %d: %q", sheet, got.Formula)
		}
	}
}

func TestAPackageWithoutAWorkbookIsNone(t *testing.T) {
	p, err := opc.Open(ziptest.Of(t, "word/document.xml", "<d/>"), zipfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := (&Book{Package: p}).ReadBook(); !errors.Is(err, ErrNoBook) {
		t.Error(err)
	}
}

func TestContentsOfARow(t *testing.T) {
	b := read(t, `<row r="1"><c r="A1"/><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="D1"><v>0</v></c>`+
		`<c r="E1"><f>A1</f></c><c r="F1" t="inlineStr"><is><t></t></is></c></row>`)
	d, err := b.Draft("任务")
	if err != nil {
		t.Fatal(err)
	}
	cells, err := b.Contents(d, 1)
	var cols []int
	for _, c := range cells {
		cols = append(cols, c.Col)
	}
	if diff := cmp.Diff([]int{2, 4, 5}, cols); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if cells, err := b.Contents(d, 2); len(cells) > 0 || err != nil {
		t.Error(cells, err)
	}
}

func TestEditsOfCellsWaitAndAreRemembered(t *testing.T) {
	b := read(t, `<row r="3"><c r="A3"><v>1</v></c></row>`)
	if _, err := b.Draft("图"); !errors.As(err, new(*NoCellsError)) {
		t.Error(err)
	}
	d, err := b.Draft("任务")
	if err != nil || b.IsDirty() {
		t.Fatal(err)
	}
	refused := errors.New("refused")
	err = b.Attempt(func() error {
		b.Put("xl/other.xml", []byte("<o/>"))
		return refused
	})
	if !errors.Is(err, refused) || b.IsDirty() {
		t.Error("a refused edit left a trace", err)
	}
	d.Set(a1.At(3, 1), sheetxml.Setting{Value: sheetxml.NumberValue("2"), Style: -1})
	if !b.IsDirty() {
		t.Error("nothing waits")
	}
	if err := b.Flush(); err != nil {
		t.Fatal(err)
	}
	if text, err := b.Current("xl/sheet1.xml"); err != nil || !strings.Contains(string(text), `<v>2</v>`) {
		t.Errorf("%s, %v", text, err)
	}
	b.NoteInserted(InsertedRow{Sheet: 0, Row: 2, Shift: true})
	if !b.Pending.Written[Place{0, a1.At(4, 1)}] || len(b.Pending.Written) != 1 {
		t.Errorf("written %v", b.Pending.Written)
	}
}

func TestCalcOnLoadKeepsTheOrderOfTheSchema(t *testing.T) {
	for name, c := range map[string]struct{ book, want string }{
		"none": {
			`<workbook><sheets/><definedNames><definedName name="x">1</definedName></definedNames><pivotCaches/></workbook>`,
			`</definedNames><calcPr fullCalcOnLoad="1"/><pivotCaches/>`},
		"there": {`<workbook><sheets/><calcPr calcId="1"/></workbook>`, `<calcPr fullCalcOnLoad="1" calcId="1"/>`},
		"set to 0": {`<workbook><sheets/><calcPr fullCalcOnLoad="0" calcId="1"/></workbook>`,
			`<calcPr fullCalcOnLoad="1" calcId="1"/>`},
		"prefixed": {`<x:workbook xmlns:x="m"><x:sheets/></x:workbook>`, `<x:sheets/><x:calcPr fullCalcOnLoad="1"/>`},
	} {
		b := read(t, "")
		b.Put(b.Part, []byte(c.book))
		if err := b.CalcOnLoad(); err != nil {
			t.Fatal(err)
		}
		if got, _ := b.Current(b.Part); !strings.Contains(string(got), c.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
