"""Print what openpyxl reads in the workbooks named on the command line.

One JSON array a line: [file, kind, sheet, place, type, value]; kind is "cell",
"merge", "hiddenrow", "sheet" or "error". The comparison in openpyxl_test.go
reads it.
"""
import datetime, hashlib, json, os, sys, warnings
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

warnings.simplefilter("ignore")


def plain(v):
    if isinstance(v, datetime.datetime):
        return "datetime", v.isoformat(timespec="milliseconds")
    if isinstance(v, datetime.date):
        return "datetime", v.isoformat() + "T00:00:00.000"
    if isinstance(v, datetime.time):
        return "time", v.isoformat(timespec="milliseconds")
    if isinstance(v, datetime.timedelta):
        return "duration", repr(v.total_seconds())
    if isinstance(v, bool):
        return "bool", "1" if v else "0"
    if isinstance(v, (int, float)):
        return "number", repr(v)
    v = str(v)
    if len(v) > 4096:  # a bomb in the corpus repeats a megabyte thousands of times
        return "text", "sha256:" + hashlib.sha256(v.encode()).hexdigest()
    return "text", v


for path in sys.argv[1:]:
    name = os.path.basename(path)

    def out(*row):
        print(json.dumps([name, *row]))

    try:
        values = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path)
    except Exception as e:
        out("error", "", "", "", "%s: %s" % (type(e).__name__, e))
        continue
    for ws in values:
        if not isinstance(ws, Worksheet):
            continue
        out("sheet", ws.title, "", ws.sheet_state, "protected" if ws.protection.sheet else "")
        for m in ws.merged_cells.ranges:
            out("merge", ws.title, m.coord, "", "")
        for n, dim in ws.row_dimensions.items():
            if dim.hidden:
                out("hiddenrow", ws.title, str(n), "", "")
        for row in ws._cells.values():
            if row.value is None:
                continue
            typ, value = plain(row.value)
            if row.data_type == "e":
                typ = "error"
            out("cell", ws.title, row.coordinate, typ, value)
        for cell in formulas[ws.title]._cells.values():
            if cell.data_type == "f":
                out("formula", ws.title, cell.coordinate, "", "")
