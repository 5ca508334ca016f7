#!/bin/sh
# Makes the .docx files here from their sources with LibreOffice.
set -e
cd "$(dirname "$0")"
profile=$(mktemp -d)
soffice -env:UserInstallation="file://$profile" --headless --infilter='HTML (StarWriter)' --convert-to 'docx:MS Word 2007 XML' table.html
soffice -env:UserInstallation="file://$profile" --headless --convert-to 'docx:MS Word 2007 XML' numbered.fodt
rm -rf "$profile"
