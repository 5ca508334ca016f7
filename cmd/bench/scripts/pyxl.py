# read FILE | set FILE OUT CELL VALUE
import sys
from openpyxl import load_workbook

if sys.argv[1] == "read":
    book = load_workbook(sys.argv[2], read_only=True)
    n = sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    print(n)
else:
    book = load_workbook(sys.argv[2])
    book.active[sys.argv[4]] = sys.argv[5]
    book.save(sys.argv[3])
