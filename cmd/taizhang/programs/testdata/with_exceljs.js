// exceljs as a maker and editor of workbooks; the requests are those of
// with_openpyxl.py.
const ExcelJS = require('exceljs');

const all = { style: 'thin' };
const border = { top: all, left: all, bottom: all, right: all };
const middle = { vertical: 'middle', wrapText: true };
const look = {
  title: { font: { name: '方正小标宋简体', size: 18, bold: true }, alignment: { horizontal: 'center', vertical: 'middle' } },
  head: { font: { bold: true }, fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDDEBF7' } }, border, alignment: { horizontal: 'center', ...middle } },
  cell: { border, alignment: middle },
  day: { border, numFmt: 'yyyy-mm-dd', protection: { locked: false } },
  open: { border, alignment: middle, protection: { locked: false } },
  total: { border, font: { bold: true } },
};

function native(v) {
  if (v === null || typeof v !== 'object') return v;
  return v.formula ? { formula: v.formula, result: v.result } : new Date(v.date + 'T00:00:00Z');
}

function each(ws, area, f) {
  const [a, b] = area.split(':').map(x => ws.getCell(x));
  for (let r = a.row; r <= b.row; r++) for (let c = a.col; c <= b.col; c++) f(ws.getCell(r, c));
}

async function make({ book, file }) {
  const wb = new ExcelJS.Workbook();
  for (const s of book.sheets) {
    const ws = wb.addWorksheet(s.name);
    s.rows.forEach((row, r) => row.forEach((v, c) => { if (v !== null) ws.getCell(r + 1, c + 1).value = native(v); }));
    for (const [area, name] of s.styles || []) each(ws, area, c => { c.style = structuredClone(look[name]); });
    for (const m of s.merges || []) ws.mergeCells(m);
    for (const [col, w] of Object.entries(s.widths || {})) ws.getColumn(col).width = w;
    for (const [row, h] of Object.entries(s.heights || {})) ws.getRow(+row).height = h;
    for (const col of s.hidden || []) ws.getColumn(col).hidden = true;
    if (s.freeze) {
      const { row, col } = ws.getCell(s.freeze);
      ws.views = [{ state: 'frozen', xSplit: col - 1, ySplit: row - 1 }];
    }
    if (s.filter) ws.autoFilter = s.filter;
    for (const l of s.lists || []) each(ws, l.range, c => { c.dataValidation = { type: 'list', allowBlank: true, formulae: [l.words ? `"${l.words.join(',')}"` : l.from] }; });
    for (const d of s.dates || []) each(ws, d.range, c => { c.dataValidation = { type: 'date', operator: 'greaterThanOrEqual', allowBlank: true, formulae: [new Date(d.from + 'T00:00:00Z')] }; });
    for (const c of s.conditions || []) ws.addConditionalFormatting({ ref: c.range, rules: [{ type: 'expression', formulae: [c.formula], style: { fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FF' + c.fill } } } }] });
    for (const c of s.comments || []) ws.getCell(c.cell).note = c.text;
    if (s.table) {
      const rows = s.rows.slice(1).map(r => r.map(native));
      ws.addTable({ name: s.table.name, ref: s.table.range.split(':')[0], headerRow: true, style: { theme: 'TableStyleMedium2', showRowStripes: true }, columns: s.rows[0].map(name => ({ name })), rows });
    }
    if (s.protect) await ws.protect('', { formatColumns: true, autoFilter: true });
    if (s.print) {
      Object.assign(ws.pageSetup, { paperSize: 9, orientation: 'landscape', printArea: s.print.area, printTitlesRow: s.print.rows.join(':') });
      ws.headerFooter.oddFooter = '&C' + s.print.footer;
    }
  }
  await wb.xlsx.writeFile(file);
}

async function edit({ file, cells }) {
  const wb = new ExcelJS.Workbook();
  await wb.xlsx.readFile(file);
  for (const c of cells) wb.getWorksheet(c.sheet).getCell(c.cell).value = native(c.value);
  await wb.xlsx.writeFile(file);
}

(async () => {
  for await (const line of require('readline').createInterface({ input: process.stdin })) {
    let answer = {};
    try {
      const req = JSON.parse(line);
      await { make, edit }[req.do](req);
    } catch (e) {
      answer = { error: String(e) };
    }
    console.log(JSON.stringify(answer));
  }
})();
