// read FILE | set FILE OUT CELL VALUE
const ExcelJS = require("exceljs");
const [op, file, out, cell, value] = process.argv.slice(2);
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  if (op === "read") {
    let n = 0;
    book.worksheets[0].eachRow((row) => { n += row.values.length; });
    console.log(n);
  } else {
    book.worksheets[0].getCell(cell).value = value;
    await book.xlsx.writeFile(out);
  }
})();
