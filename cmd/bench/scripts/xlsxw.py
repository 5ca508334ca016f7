# export TABLES OUT
import json
import sys
from xlsxwriter import Workbook

book = Workbook(sys.argv[3], {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
for line in open(sys.argv[2], encoding="utf-8"):
    line = json.loads(line)
    if isinstance(line, str):
        sheet, n = book.add_worksheet(line), 0
        continue
    for col, value in enumerate(line):
        if value is not None:
            sheet.write(n, col, value)
    n += 1
book.close()
