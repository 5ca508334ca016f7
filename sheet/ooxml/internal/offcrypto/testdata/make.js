// Makes agile.xlsx here: node make.js, with xlsx-populate from npm. standard.xlsx
// was saved by LibreOffice 7.4 from a sheet like it (storeToURL with the
// EncryptionData CryptoType=Standard, OOXPassword).
const X = require('xlsx-populate');
(async () => {
  const book = await X.fromBlankAsync(), sheet = book.sheet(0);
  ['序号', '重点任务', '牵头单位', '完成状态'].forEach((h, i) => sheet.cell(1, i + 1).value(h));
  [1, '公开办事指南', '党政办公室', '推进中'].forEach((v, i) => sheet.cell(2, i + 1).value(v));
  await book.toFileAsync(__dirname + '/agile.xlsx', { password: '密码Abc1' });
})();
