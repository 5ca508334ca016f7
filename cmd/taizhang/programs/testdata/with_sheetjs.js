// SheetJS (the community edition: no styles, drop-downs or conditional formats)
// as a maker and editor of workbooks; the requests are those of with_openpyxl.py.
const XLSX = require('xlsx');

const day = text => Math.round((Date.parse(text) - Date.UTC(1899, 11, 30)) / 86400e3);

function native(v) {
  if (v === null) return { t: 'z' };
  if (typeof v === 'number') return { t: 'n', v };
  if (typeof v === 'string') return { t: 's', v };
  if (v.date) return { t: 'n', v: day(v.date), z: 'yyyy-mm-dd' };
  return { t: typeof v.result === 'number' ? 'n' : 's', v: v.result, f: v.formula };
}

function make({ book, file }) {
  const wb = XLSX.utils.book_new();
  for (const s of book.sheets) {
    const ws = {};
    const names = [];
    let width = 0;
    s.rows.forEach((row, r) => row.forEach((v, c) => {
      width = Math.max(width, c);
      if (v !== null) ws[XLSX.utils.encode_cell({ r, c })] = native(v);
    }));
    ws['!ref'] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: s.rows.length - 1, c: width } });
    ws['!merges'] = (s.merges || []).map(XLSX.utils.decode_range);
    ws['!cols'] = [];
    for (const [col, wch] of Object.entries(s.widths || {})) ws['!cols'][XLSX.utils.decode_col(col)] = { wch, hidden: (s.hidden || []).includes(col) };
    ws['!rows'] = [];
    for (const [row, hpt] of Object.entries(s.heights || {})) ws['!rows'][row - 1] = { hpt };
    if (s.filter) ws['!autofilter'] = { ref: s.filter };
    if (s.protect) ws['!protect'] = { formatColumns: false, autoFilter: false };
    for (const c of s.comments || []) {
      ws[c.cell].c = [{ a: c.author, t: c.text }];
    }
    XLSX.utils.book_append_sheet(wb, ws, s.name);
  }
  XLSX.writeFile(wb, file, { compression: true });
}

function edit({ file, cells }) {
  const wb = XLSX.readFile(file, { cellStyles: true, cellNF: true });
  for (const c of cells) {
    const ws = wb.Sheets[c.sheet];
    const was = ws[c.cell] || {};
    const is = native(c.value);
    if (was.c) is.c = was.c;
    ws[c.cell] = is;
  }
  XLSX.writeFile(wb, file, { compression: true });
}

(async () => {
  for await (const line of require('readline').createInterface({ input: process.stdin })) {
    let answer = {};
    try {
      const req = JSON.parse(line);
      ({ make, edit })[req.do](req);
    } catch (e) {
      answer = { error: String(e) };
    }
    console.log(JSON.stringify(answer));
  }
})();
