// read FILE | set FILE OUT CELL VALUE
const XLSX = require("xlsx");
const [op, file, out, cell, value] = process.argv.slice(2);
const book = XLSX.readFile(file);
const sheet = book.Sheets[book.SheetNames[0]];
if (op === "read") {
  console.log(XLSX.utils.sheet_to_json(sheet, { header: 1, raw: true }).length);
} else {
  XLSX.utils.sheet_add_aoa(sheet, [[value]], { origin: cell });
  XLSX.writeFile(book, out, { bookSST: true, compression: true });
}
