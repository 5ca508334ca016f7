"""Edits a workbook as an office does: LibreOffice opens it, changes cells, saves in place.

usage: office.py FILE SHEET!CELL=TEXT ...

Prints "open" when the cells are changed and nothing is saved yet; saves and
closes when a line comes on standard input.
"""
import os, subprocess, sys, tempfile, time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not answer")


path, edits = os.path.abspath(sys.argv[1]), sys.argv[2:]
pipe = "taizhang-office-%d" % os.getpid()
with tempfile.TemporaryDirectory() as home:
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", "-env:UserInstallation=file://" + home, "--accept=pipe,name=%s;urp;" % pipe],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        hidden = PropertyValue()
        hidden.Name, hidden.Value = "Hidden", True
        doc = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
        for edit in edits:
            place, text = edit.split("=", 1)
            sheet, cell = place.rsplit("!", 1)
            doc.Sheets.getByName(sheet).getCellRangeByName(cell).setString(text)
        print("open", flush=True)
        sys.stdin.readline()
        doc.store()
        doc.close(True)
        try:
            desktop.terminate()
        except Exception:
            pass  # the pipe goes with the office
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()
