"""XlsxWriter as a maker of workbooks; the requests are those of with_openpyxl.py."""
import datetime, json, re, sys

import xlsxwriter

LOOK = {
    "title": {"font_name": "方正小标宋简体", "font_size": 18, "bold": True, "align": "center", "valign": "vcenter"},
    "head": {"bold": True, "bg_color": "#DDEBF7", "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    "cell": {"border": 1, "valign": "vcenter", "text_wrap": True},
    "day": {"border": 1, "num_format": "yyyy-mm-dd", "locked": False},
    "open": {"border": 1, "valign": "vcenter", "text_wrap": True, "locked": False},
    "total": {"border": 1, "bold": True},
}


def place(cell):
    letters, digits = re.match(r"\$?([A-Z]+)\$?(\d+)$", cell).groups()
    col = 0
    for ch in letters:
        col = col * 26 + ord(ch) - 64
    return int(digits) - 1, col - 1


def cells(area):
    a, _, b = area.partition(":")
    (r1, c1), (r2, c2) = place(a), place(b or a)
    return [(r, c) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)]


def make(req):
    wb = xlsxwriter.Workbook(req["file"])
    looks = {k: wb.add_format(v) for k, v in LOOK.items()}
    for s in req["book"]["sheets"]:
        ws = wb.add_worksheet(s["name"])
        style = {}
        for area, name in s.get("styles", []):
            for at in cells(area):
                style[at] = looks[name]
        values = {(r, c): v for r, row in enumerate(s["rows"]) for c, v in enumerate(row)}
        for area in s.get("merges", []):
            at = cells(area)[0]
            ws.merge_range(area, "", style.get(at))
        merged = {at for area in s.get("merges", []) for at in cells(area)[1:]}
        for col, w in s.get("widths", {}).items():
            ws.set_column("%s:%s" % (col, col), w, None, {"hidden": col in s.get("hidden", [])})
        for row, h in s.get("heights", {}).items():
            ws.set_row(int(row) - 1, h)
        for at in sorted(set(values) | set(style)):
            v, f = values.get(at), style.get(at)
            if at in merged:
                continue
            if v is None:
                if f:
                    ws.write_blank(*at, None, f)
            elif isinstance(v, dict) and "formula" in v:
                ws.write_formula(*at, "=" + v["formula"], f, v["result"])
            elif isinstance(v, dict):
                ws.write_datetime(*at, datetime.datetime.fromisoformat(v["date"]), f)
            else:
                ws.write(*at, v, f)
        if "freeze" in s:
            ws.freeze_panes(*place(s["freeze"]))
        if "filter" in s:
            ws.autofilter(s["filter"])
        for l in s.get("lists", []):
            ws.data_validation(l["range"], {"validate": "list", "source": l.get("words") or "=" + l["from"]})
        for d in s.get("dates", []):
            ws.data_validation(d["range"], {"validate": "date", "criteria": ">=", "value": datetime.date.fromisoformat(d["from"])})
        for c in s.get("conditions", []):
            ws.conditional_format(c["range"], {"type": "formula", "criteria": "=" + c["formula"], "format": wb.add_format({"bg_color": "#" + c["fill"]})})
        for c in s.get("comments", []):
            ws.write_comment(c["cell"], c["text"], {"author": c["author"]})
        if "table" in s:
            ws.add_table(s["table"]["range"], {"name": s["table"]["name"], "columns": [{"header": h} for h in s["rows"][0]]})
        if s.get("protect"):
            ws.protect("", {"format_columns": True, "autofilter": True})
        if "print" in s:
            p = s["print"]
            ws.set_landscape()
            ws.set_paper(9)
            ws.print_area(p["area"])
            ws.repeat_rows(p["rows"][0] - 1, p["rows"][1] - 1)
            ws.set_footer("&C" + p["footer"])
    wb.close()


for line in sys.stdin:
    try:
        make(json.loads(line))
        answer = {}
    except Exception as e:
        answer = {"error": "%s: %s" % (type(e).__name__, e)}
    print(json.dumps(answer), flush=True)
