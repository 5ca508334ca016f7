"""LibreOffice as a maker, an editor and a reader of workbooks; the requests are
those of with_openpyxl.py. "read" calculates everything anew and answers with
what the cells show, and with the names of the custom properties. With "password"
the workbook is locked, and opened, with it."""
import json, os, subprocess, sys, tempfile, time

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale
from com.sun.star.sheet.ConditionOperator import FORMULA, GREATER_EQUAL
from com.sun.star.sheet.ValidationType import DATE, LIST
from com.sun.star.table import BorderLine2, TableBorder2
from com.sun.star.table.CellHoriJustify import CENTER
from com.sun.star.util import CellProtection


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not answer")


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def unlock(password):
    return (prop("Password", password),) if password else ()


def lock(password):
    if not password:
        return ()
    data = []
    for name, value in (("CryptoType", "Standard"), ("OOXPassword", password)):
        v = NamedValue()
        v.Name, v.Value = name, value
        data.append(v)
    return (prop("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", tuple(data))),)


def load(file, password=None):
    doc = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file) if file else "private:factory/scalc", "_blank", 0, (prop("Hidden", True),) + unlock(password))
    if doc is None:
        raise OSError("not opened: " + file)
    return doc


def save(doc, file, password=None):
    doc.storeToURL(uno.systemPathToFileUrl(file), (prop("FilterName", "Calc MS Excel 2007 XML"),) + lock(password))


def formula(text):
    out = text
    for name in ("任务台账", "单位名录"):
        out = out.replace(name + "!", "$" + name + ".")
    quoted = False
    parts = []
    for ch in out:  # arguments are separated by semicolons, but not in texts
        quoted ^= ch == '"'
        parts.append(";" if ch == "," and not quoted else ch)
    return "=" + "".join(parts)


def put(doc, cell, v):
    if isinstance(v, dict) and "formula" in v:
        cell.Formula = formula(v["formula"])
    elif isinstance(v, dict):
        cell.Formula = v["date"]  # as typed
        if cell.Type.value != "VALUE":
            raise ValueError("no date: " + v["date"])
    elif isinstance(v, str):
        cell.String = v
    else:
        cell.Value = float(v)  # a whole number beyond 32 bits is no double for the bridge


def style(doc, area, name):
    if name in ("head", "cell", "day", "open", "total"):
        line = BorderLine2()
        line.OuterLineWidth = line.LineWidth = 26
        b = TableBorder2()
        for side in ("TopLine", "BottomLine", "LeftLine", "RightLine", "HorizontalLine", "VerticalLine"):
            setattr(b, side, line)
            setattr(b, "Is%sValid" % side, True)
        area.TableBorder2 = b
    if name in ("title", "head", "total"):
        area.CharWeight = area.CharWeightAsian = 150.0
    if name == "title":
        area.CharHeight = area.CharHeightAsian = 18.0
        area.HoriJustify = CENTER
    if name == "head":
        area.CellBackColor = 0xDDEBF7
        area.HoriJustify = CENTER
    if name in ("head", "cell", "open"):
        area.IsTextWrapped = True
    if name in ("day", "open"):
        free = CellProtection()
        area.CellProtection = free
    if name == "day":
        formats = doc.NumberFormats
        key = formats.queryKey("YYYY-MM-DD", Locale("en", "US", ""), False)
        area.NumberFormat = key if key >= 0 else formats.addNew("YYYY-MM-DD", Locale("en", "US", ""))


def make(req):
    doc = load(None)
    sheets = req["book"]["sheets"]
    doc.Sheets.getByIndex(0).Name = "to be removed"  # it may be called like one of ours
    for i, s in enumerate(sheets):
        doc.Sheets.insertNewByName(s["name"], i)
    doc.Sheets.removeByName(doc.Sheets.getByIndex(len(sheets)).Name)
    for s in sheets:
        ws = doc.Sheets.getByName(s["name"])
        doc.CurrentController.setActiveSheet(ws)
        for r, row in enumerate(s["rows"]):
            for c, v in enumerate(row):
                if v is not None:
                    put(doc, ws.getCellByPosition(c, r), v)
        for area, name in s.get("styles", []):
            style(doc, ws.getCellRangeByName(area), name)
        for area in s.get("merges", []):
            ws.getCellRangeByName(area).merge(True)
        for col, w in s.get("widths", {}).items():
            ws.Columns.getByName(col).Width = int(w * 190)
        for row, h in s.get("heights", {}).items():
            ws.Rows.getByIndex(int(row) - 1).Height = int(h * 35.3)
        for col in s.get("hidden", []):
            ws.Columns.getByName(col).IsVisible = False
        if "freeze" in s:
            a = ws.getCellRangeByName(s["freeze"]).RangeAddress
            doc.CurrentController.freezeAtPosition(a.StartColumn, a.StartRow)
        if "filter" in s:
            area = ws.getCellRangeByName(s["filter"]).RangeAddress
            unnamed = doc.getPropertyValue("UnnamedDatabaseRanges")
            unnamed.setByTable(area)
            unnamed.getByTable(area.Sheet).AutoFilter = True
        if "table" in s:
            doc.DatabaseRanges.addNewByName(s["table"]["name"], ws.getCellRangeByName(s["table"]["range"]).RangeAddress)
        for l in s.get("lists", []):
            area = ws.getCellRangeByName(l["range"])
            v = area.Validation
            v.Type = LIST
            v.setFormula1(";".join('"%s"' % w for w in l["words"]) if "words" in l else formula(l["from"])[1:])
            area.Validation = v
        for d in s.get("dates", []):
            area = ws.getCellRangeByName(d["range"])
            v = area.Validation
            v.Type = DATE
            v.setOperator(GREATER_EQUAL)
            y, m, day = d["from"].split("-")
            v.setFormula1("DATE(%s;%s;%s)" % (y, m, day))
            area.Validation = v
        for i, c in enumerate(s.get("conditions", [])):
            name = "colour%d" % i
            if not doc.StyleFamilies.getByName("CellStyles").hasByName(name):
                look = doc.createInstance("com.sun.star.style.CellStyle")
                doc.StyleFamilies.getByName("CellStyles").insertByName(name, look)
                look.CellBackColor = int(c["fill"], 16)
            area = ws.getCellRangeByName(c["range"])
            cf = area.ConditionalFormat
            base = area.getCellByPosition(0, 0)
            cf.addNew((prop("Operator", FORMULA), prop("Formula1", formula(c["formula"])[1:]), prop("StyleName", name), prop("SourcePosition", base.CellAddress)))
            area.ConditionalFormat = cf
        for c in s.get("comments", []):
            ws.Annotations.insertNew(ws.getCellRangeByName(c["cell"]).CellAddress, c["text"])
        if "print" in s:
            p = s["print"]
            ws.setPrintAreas((ws.getCellRangeByName(p["area"]).RangeAddress,))
            rows = ws.getCellRangeByName("A%d:A%d" % tuple(p["rows"])).RangeAddress
            ws.setPrintTitleRows(True)
            ws.setTitleRows(rows)
            page = doc.StyleFamilies.getByName("PageStyles").getByName(ws.PageStyle)
            page.IsLandscape, page.Width, page.Height = True, 29700, 21000
        if s.get("protect"):
            ws.protect("")
    doc.CurrentController.setActiveSheet(doc.Sheets.getByIndex(0))
    save(doc, req["file"], req.get("password"))
    doc.close(True)


def edit(req):
    doc = load(req["file"], req.get("password"))
    for c in req["cells"]:
        put(doc, doc.Sheets.getByName(c["sheet"]).getCellRangeByName(c["cell"]), c["value"])
    save(doc, req["file"], req.get("password"))
    doc.close(True)


def read(req):
    doc = load(req["file"], req.get("password"))
    doc.calculateAll()
    out = {}
    for name in doc.Sheets.ElementNames:
        ws = doc.Sheets.getByName(name)
        cursor = ws.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        for r in range(min(end.EndRow, 60) + 1):
            for c in range(min(end.EndColumn, 25) + 1):
                cell = ws.getCellByPosition(c, r)
                if cell.String != "":
                    out["shown %s!%s%d" % (name, chr(65 + c), r + 1)] = cell.String
    for p in doc.DocumentProperties.UserDefinedProperties.PropertyValues:
        out["property " + p.Name] = str(p.Value)
    doc.close(True)
    return out


def values(req):
    """What each cell holds, as read_openpyxl.py writes it."""
    doc = load(req["file"], req.get("password"))
    out = {}
    for name in doc.Sheets.ElementNames:
        ws = doc.Sheets.getByName(name)
        cursor = ws.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        rows = ws.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
        for r, row in enumerate(rows):
            for c, v in enumerate(row):
                if v is None or v == "":
                    continue
                at = "%s!%s%d" % (name, column(c), r + 1)
                out[at] = "t" + v if isinstance(v, str) else "n%r" % v
    doc.close(True)
    return out


def column(n):
    s = ""
    n += 1
    while n > 0:
        s = chr(65 + (n - 1) % 26) + s
        n = (n - 1) // 26
    return s


with tempfile.TemporaryDirectory() as home:
    pipe = "taizhang-programs-%d" % os.getpid()
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", "-env:UserInstallation=file://" + home, "--accept=pipe,name=%s;urp;" % pipe],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        for line in sys.stdin:
            try:
                req = json.loads(line)
                answer = {"read": {"make": make, "edit": edit, "read": read, "values": values}[req["do"]](req)}
            except Exception as e:
                answer = {"error": "%s: %s" % (type(e).__name__, e)}
            print(json.dumps(answer), flush=True)
        try:
            desktop.terminate()
        except Exception:
            pass  # the pipe goes with the office
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()
            office.wait()
