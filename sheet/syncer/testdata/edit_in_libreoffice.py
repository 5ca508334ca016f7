# An office at work in LibreOffice: edits the workbook again and again until its
# standard input ends. Usage: edit_in_libreoffice.py PIPE FILE
#
# Every edit opens the workbook, types one new value into column F (进展情况) of
# each of a few rows, waits as a person does, saves and closes. What was saved
# is printed, one line "ROW VALUE" each, after the save, and then "saved".
import os, random, select, sys, time
import uno
from com.sun.star.beans import PropertyValue

pipe, file = sys.argv[1:3]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(300):
    try:
        context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        break
    except Exception:
        time.sleep(0.1)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


n = 0
while True:
    ready, _, _ = select.select([sys.stdin], [], [], random.uniform(0.05, 0.6))
    if ready and not sys.stdin.readline():
        break
    doc = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, (prop("Hidden", True),))
    if doc is None:
        continue
    if doc.isReadonly():
        doc.close(True)
        continue
    sheet = doc.Sheets.getByIndex(0)
    typed = []
    for row in random.sample(range(3, 11), 3):
        n += 1
        value = "科室%d" % n
        sheet.getCellRangeByName("F%d" % row).String = value
        typed.append((row, value))
    time.sleep(random.uniform(0.0, 0.4))
    try:
        doc.store()
        for row, value in typed:
            print(row, value, flush=True)
        print("saved", flush=True)
    except Exception as e:
        print("not saved:", e, file=sys.stderr, flush=True)
    doc.close(True)

os._exit(0)  # the bridge can crash while python takes its objects apart
