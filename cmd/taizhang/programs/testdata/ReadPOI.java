import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import javax.xml.parsers.SAXParserFactory;
import org.apache.poi.hssf.usermodel.HSSFRichTextString;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.RichTextString;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler.SheetContentsHandler;
import org.apache.poi.xssf.model.SharedStrings;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Reads workbooks with Apache POI: a file name a line, answered by lines "SHEET!CELL", a tab
 * and the value as read_openpyxl.py writes it, tabs and line breaks escaped, and an empty line.
 *
 * Debian 12's package lacks most classes that POI makes from the schemas, and its object model
 * opens no .xlsx at all. The event model works without them, except for rich text: the shared
 * texts are handed on as those of .xls files, and inline texts as results of formulas.
 */
public class ReadPOI {
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        for (String file = in.readLine(); file != null; file = in.readLine()) {
            try (OPCPackage book = OPCPackage.open(file, PackageAccess.READ)) {
                SharedStrings texts = new PlainTexts(new ReadOnlySharedStringsTable(book));
                XSSFReader.SheetIterator sheets = (XSSFReader.SheetIterator) new XSSFReader(book).getSheetsData();
                while (sheets.hasNext()) {
                    try (InputStream data = sheets.next()) {
                        Cells cells = new Cells(sheets.getSheetName(), out);
                        XMLReader xml = new InlineTexts(parser());
                        xml.setContentHandler(new XSSFSheetXMLHandler(null, null, texts, cells, new DataFormatter(), false));
                        xml.parse(new InputSource(data));
                    }
                }
            } catch (Throwable e) {
                out.println("!error\t" + quoted(e.toString()));
            }
            out.println();
            out.flush();
        }
    }

    private static XMLReader parser() throws Exception {
        SAXParserFactory factory = SAXParserFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newSAXParser().getXMLReader();
    }

    private static class Cells implements SheetContentsHandler {
        private final String sheet;
        private final PrintStream out;

        Cells(String sheet, PrintStream out) {
            this.sheet = quoted(sheet);
            this.out = out;
        }

        @Override public void cell(String at, String value, XSSFComment comment) {
            if (value != null && !value.isEmpty()) {
                out.println(sheet + "!" + at + "\t" + quoted(value.startsWith("ERROR:") ? "e" + value.substring(6) : "?" + value));
            }
        }

        @Override public void startRow(int row) {}

        @Override public void endRow(int row) {}

        @Override public void headerFooter(String text, boolean isHeader, String tag) {}
    }

    private static class PlainTexts implements SharedStrings {
        private final ReadOnlySharedStringsTable table;

        PlainTexts(ReadOnlySharedStringsTable table) {
            this.table = table;
        }

        @SuppressWarnings("deprecation")
        @Override public RichTextString getItemAt(int i) {
            return new HSSFRichTextString(table.getEntryAt(i));
        }

        @Override public int getCount() {
            return table.getCount();
        }

        @Override public int getUniqueCount() {
            return table.getUniqueCount();
        }
    }

    private static class InlineTexts extends XMLFilterImpl {
        InlineTexts(XMLReader parent) {
            super(parent);
        }

        @Override public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
            if (name.equals("c") && "inlineStr".equals(attributes.getValue("t"))) {
                AttributesImpl changed = new AttributesImpl(attributes);
                changed.setValue(changed.getIndex("t"), "str");
                attributes = changed;
            }
            super.startElement(uri, name, qName, attributes);
        }
    }

    static String quoted(String s) {
        return s.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
    }
}
