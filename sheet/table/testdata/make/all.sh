#!/bin/sh
# Makes every test ledger anew. Needs python3 with openpyxl and XlsxWriter, node
# with npm, go and LibreOffice; the tests themselves need none of them.
set -eu
cd "$(dirname "$0")"
out=$PWD/../ledgers
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python=${PYTHON:-/usr/bin/python3}

"$python" ledgers_openpyxl.py "$out"
"$python" ledgers_xlsxwriter.py "$out"

(cd "$tmp" && npm init -y && npm install exceljs@4.4.0 xlsx@0.18.5) >"$tmp/npm.log" 2>&1 || { cat "$tmp/npm.log"; exit 1; }
export NODE_PATH="$tmp/node_modules"
node ledgers_exceljs.js "$out"
node ledgers_sheetjs.js "$out"

go run ledgers_excelize.go "$out"
chmod 644 "$out"/*.xlsx

"$python" xuncha-libreoffice.py "$tmp"
office() { soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to xlsx:"Calc MS Excel 2007 XML" --outdir "$out" "$@" >/dev/null; }
office "$tmp/xuncha-libreoffice.fods"
office --infilter="Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true" xinfang-libreoffice.csv
