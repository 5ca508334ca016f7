# read FILE | set FILE OUT CELL VALUE | export TABLES OUT
import json
import sys
from openpyxl import Workbook, load_workbook

if sys.argv[1] == "read":
    book = load_workbook(sys.argv[2], read_only=True)
    n = sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    print(n)
elif sys.argv[1] == "export":
    book = Workbook(write_only=True)
    for line in open(sys.argv[2], encoding="utf-8"):
        line = json.loads(line)
        if isinstance(line, str):
            sheet = book.create_sheet(line)
        else:
            sheet.append(line)
    book.save(sys.argv[3])
else:
    book = load_workbook(sys.argv[2])
    book.active[sys.argv[4]] = sys.argv[5]
    book.save(sys.argv[3])
