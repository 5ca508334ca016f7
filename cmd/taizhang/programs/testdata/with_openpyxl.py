"""openpyxl as a maker, an editor and an independent reader of workbooks.

One JSON request a line on standard input, one JSON answer a line on standard
output. Requests: {"do": "make", "book": what ledger.json describes, "file"},
{"do": "edit", "file", "cells": [{"sheet", "cell", "value"}]},
{"do": "read", "file"}: everything that this program knows about a workbook, as
a flat object of texts.
"""
import datetime, json, sys, warnings, zipfile
from xml.etree import ElementTree

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

warnings.simplefilter("ignore")

THIN = Side(style="thin", color="FF000000")
LOOK = {
    "title": dict(font=Font(name="方正小标宋简体", size=18, bold=True), alignment=Alignment(horizontal="center", vertical="center")),
    "head": dict(font=Font(bold=True), fill=PatternFill("solid", fgColor="FFDDEBF7"), border=Border(THIN, THIN, THIN, THIN), alignment=Alignment(horizontal="center", vertical="center", wrap_text=True)),
    "cell": dict(border=Border(THIN, THIN, THIN, THIN), alignment=Alignment(vertical="center", wrap_text=True)),
    "day": dict(border=Border(THIN, THIN, THIN, THIN), number_format="yyyy-mm-dd", protection=Protection(locked=False)),
    "open": dict(border=Border(THIN, THIN, THIN, THIN), alignment=Alignment(vertical="center", wrap_text=True), protection=Protection(locked=False)),
    "total": dict(font=Font(bold=True), border=Border(THIN, THIN, THIN, THIN)),
}


def native(v):
    if isinstance(v, dict):
        return "=" + v["formula"] if "formula" in v else datetime.datetime.fromisoformat(v["date"])
    return v


def cells(ws, area):
    c1, r1, c2, r2 = range_boundaries(area)
    for r in range(r1, r2 + 1):
        for c in range(c1, c2 + 1):
            yield ws.cell(r, c)


def make(req):
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    for s in req["book"]["sheets"]:
        ws = wb.create_sheet(s["name"])
        for r, row in enumerate(s["rows"], 1):
            for c, v in enumerate(row, 1):
                if v is not None:
                    ws.cell(r, c).value = native(v)
        for area, style in s.get("styles", []):
            for cell in cells(ws, area):
                for k, v in LOOK[style].items():
                    setattr(cell, k, v)
        for area in s.get("merges", []):
            ws.merge_cells(area)
        for col, w in s.get("widths", {}).items():
            ws.column_dimensions[col].width = w
        for row, h in s.get("heights", {}).items():
            ws.row_dimensions[int(row)].height = h
        for col in s.get("hidden", []):
            ws.column_dimensions[col].hidden = True
        ws.freeze_panes = s.get("freeze")
        ws.auto_filter.ref = s.get("filter")
        for l in s.get("lists", []):
            ws.add_data_validation(DataValidation("list", formula1='"%s"' % ",".join(l["words"]) if "words" in l else l["from"], allow_blank=True, sqref=l["range"]))
        for d in s.get("dates", []):
            y, m, day = d["from"].split("-")
            ws.add_data_validation(DataValidation("date", "greaterThanOrEqual", "DATE(%d,%d,%d)" % (int(y), int(m), int(day)), allow_blank=True, sqref=d["range"]))
        for c in s.get("conditions", []):
            ws.conditional_formatting.add(c["range"], FormulaRule([c["formula"]], fill=PatternFill(bgColor="FF" + c["fill"])))
        for c in s.get("comments", []):
            ws[c["cell"]].comment = Comment(c["text"], c["author"])
        if "table" in s:
            t = Table(displayName=s["table"]["name"], ref=s["table"]["range"])
            t.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
            ws.add_table(t)
        if s.get("protect"):
            ws.protection.sheet = True
            ws.protection.formatColumns = False
            ws.protection.autoFilter = False
        if "print" in s:
            p = s["print"]
            ws.page_setup.orientation = "landscape"
            ws.page_setup.paperSize = 9
            ws.print_area = p["area"]
            ws.print_title_rows = "%d:%d" % tuple(p["rows"])
            ws.oddFooter.center.text = p["footer"]
    wb.save(req["file"])


def edit(req):
    wb = openpyxl.load_workbook(req["file"])
    for c in req["cells"]:
        wb[c["sheet"]][c["cell"]].value = native(c["value"])
    wb.save(req["file"])


def properties(file):
    """The custom document properties, which openpyxl knows from 3.1 on only."""
    with zipfile.ZipFile(file) as z:
        if "docProps/custom.xml" not in z.namelist():
            return {}
        return {"property " + p.get("name"): "".join(p.itertext()).strip() for p in ElementTree.fromstring(z.read("docProps/custom.xml"))}


def text(v):
    if isinstance(v, datetime.datetime) and v.time() == datetime.time():
        return v.date().isoformat()
    if isinstance(v, float) and v == int(v):
        return str(int(v))
    if hasattr(v, "text") and hasattr(v, "ref"):  # an array formula
        return "%s over %s" % (v.text, v.ref)
    return str(v)


def look(c):
    def side(s):
        return s.style if s else None
    b, f, a = c.border, c.font, c.alignment
    return repr((c.number_format, f.name, f.sz, bool(f.b), bool(f.i), f.color.rgb if f.color and f.color.type == "rgb" else None,
                 c.fill.fill_type, c.fill.fgColor.rgb if c.fill.fgColor.type == "rgb" else c.fill.fgColor.value,
                 side(b.left), side(b.right), side(b.top), side(b.bottom), a.horizontal, a.vertical, bool(a.wrap_text)))


def flat(req):
    out = {}
    wb = openpyxl.load_workbook(req["file"])
    shown = openpyxl.load_workbook(req["file"], data_only=True)
    out.update(properties(req["file"]))
    names = wb.defined_names
    for d in names.definedName if hasattr(names, "definedName") else names.values():
        out["name " + d.name] = d.attr_text
    for ws in wb.worksheets:
        def put(kind, place, value):
            out["%s %s!%s" % (kind, ws.title, place)] = str(value)
        for c in list(ws._cells.values()):
            if c.value is not None:
                put("value", c.coordinate, text(c.value))
                put("shown", c.coordinate, text(shown[ws.title][c.coordinate].value))
            if c.has_style:
                put("style", c.coordinate, look(c))
                if not c.protection.locked:
                    put("unlocked", c.coordinate, "")
            if c.comment:
                put("comment", c.coordinate, c.comment.text.strip())
            if c.hyperlink:
                put("link", c.coordinate, c.hyperlink.target)
        for m in ws.merged_cells.ranges:
            put("merge", m.coord, "")
        for d in ws.data_validations.dataValidation:
            for r in d.sqref.ranges:
                for row in r.rows:
                    for row_, col in row:
                        put("dropdown" if d.type == "list" else "validation", ws.cell(row_, col).coordinate, (d.type, d.operator if d.type != "list" else "", d.formula1))
        for area in ws.conditional_formatting:
            for rule in area.rules:
                key = (rule.type, rule.operator, tuple(rule.formula), rule.dxf.fill.bgColor.rgb if rule.dxf and rule.dxf.fill else None)
                for r in area.sqref.ranges:
                    put("condition", r.coord, key)
        if ws.protection.sheet:
            put("protected", "", repr({k: v for k, v in ws.protection}))
        for col, d in ws.column_dimensions.items():
            if d.hidden:
                put("hidden", col, "")
            put("width", col, (d.min, d.max, round(d.width, 2)))
        for row, d in ws.row_dimensions.items():
            if d.hidden:
                put("hiddenrow", row, "")
            if d.height:
                put("height", row, round(d.height, 1))
        put("freeze", "", ws.freeze_panes)
        put("filter", "", ws.auto_filter.ref)
        put("print", "", (ws.page_setup.orientation, ws.print_area, ws.print_title_rows, ws.oddFooter.center.text))
        for t in ws.tables.values():
            put("table", t.displayName, (t.ref, [c.name for c in t.tableColumns]))
    return out


for line in sys.stdin:
    try:
        req = json.loads(line)
        answer = {"read": {"make": make, "edit": edit, "read": flat}[req["do"]](req)}
    except Exception as e:
        answer = {"error": "%s: %s" % (type(e).__name__, e)}
    print(json.dumps(answer), flush=True)
