# Reads workbooks with openpyxl: a file name a line, answered by a line of JSON with what
# each cell holds ("n" number or date, "t" text, "b" truth, "e" error, then the value).
import datetime, json, sys
import openpyxl
from openpyxl.utils.datetime import to_excel


def value(c):
    v = c.value
    if v is None:
        return None
    if c.data_type == "e":
        return "e" + v
    if isinstance(v, bool):
        return "b%d" % v
    if isinstance(v, (int, float)):
        return "n%r" % v
    if isinstance(v, (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)):
        return "n%r" % to_excel(v)
    return "t" + str(v)


def read(name, **how):
    book = openpyxl.load_workbook(name, data_only=True, **how)
    out = {}
    for ws in book.worksheets:
        for row in ws.iter_rows():
            for c in row:
                v = value(c)
                if v is not None:
                    out["%s!%s" % (ws.title, c.coordinate)] = v
    return out


for line in sys.stdin:
    try:
        answer = {"cells": read(line.rstrip("\n"), **({"read_only": True} if "--read-only" in sys.argv else {}))}
    except Exception as e:
        answer = {"error": "%s: %s" % (type(e).__name__, e)}
    print(json.dumps(answer), flush=True)
