// Test ledgers made by SheetJS: strings stored as formula results (t="str"),
// no styles at all, hidden rows and columns. Every name, unit and sentence
// here is invented.
const XLSX = require('xlsx');
const out = process.argv[2];

// xiangmu: wide spacing inside headings, category rows on two levels, header
// repeated at a page break, subtotals.
function xiangmu() {
  const rows = [
    ['望江区2023年重点项目推进台账'],
    ['', '', '', '', '', '', '', '单位：万元'],
    ['序　号', '项 目 名 称', '主 要 任 务', '牵 头 单 位', '配 合 单 位', '总投资', '时 间 节 点', '推 进 情 况', '状 态', '联 系 人'],
    ['一、基础设施类（共3项）'],
    ['（一）交通'],
    [1, '滨河路改造', '拓宽车行道，补植行道树', '住建局', '交警大队', 8600, '2023年6月底前', '沥青铺筑完成', '已完成', '卫国'],
    [2, '三号桥新建', '完成桩基和承台', '交通局', '', 21500, '12月底', '桩基完成六成', '达进度', '路遥'],
    ['（二）水务'],
    [3, '第二水厂扩容', '日供水增加五万吨', '水利局', '发改局', 13200, '2023年10月31日前', '设备招标流标', '欠进度', '江流'],
    ['小计', '', '', '', '', 43300],
    ['序　号', '项 目 名 称', '主 要 任 务', '牵 头 单 位', '配 合 单 位', '总投资', '时 间 节 点', '推 进 情 况', '状 态', '联 系 人'],
    ['二、产业类（共2项）'],
    [4, '一、二期标准厂房', '主体竣工并交付', '招商局', '住建局', 15000, '2023.5.31', '', '未开展', '丁宁'],
    [5, '冷链物流园', '取得用地批复', '发改局', '自然资源局', 9800, '年内', '勘界完成', '推进中', '向前'],
    ['小计', '', '', '', '', 24800],
    ['合计', '', '', '', '', 68100],
    ['备注：欠进度项目每周一报送情况。'],
  ];
  const ws = XLSX.utils.aoa_to_sheet(rows);
  const cols = 9;
  ws['!merges'] = [0, 3, 4, 7, 11, 16].map(r => ({ s: { r, c: 0 }, e: { r, c: cols } }));
  ws['!rows'] = []; ws['!rows'][6] = { hidden: true };
  ws['!cols'] = []; ws['!cols'][5] = { hidden: true };
  ws['G9'].c = [{ a: '江流', t: '第三次招标' }];
  const wb = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(wb, ws, '重点项目');
  XLSX.writeFile(wb, `${out}/xiangmu-sheetjs.xlsx`, { compression: true });
}

// fengong: lead and support in one cell, two columns of one heading, line
// breaks in cells, a header without title rows, inline codes.
function fengong() {
  const rows = [
    ['任务编号', '工作任务：', '责任单位', '完成期限', '落实情况', '责任人', '责任人', '说明'],
    ['GG-1', '推行告知承诺', '党政办公室牵头，各街道办事处配合', '2022年9月底前', '公布第一批12项', '周未名', '郑可知', ''],
    ['GG-2', '清理证明事项', '司法局牵头，公安局、民政局配合', '2022年7月31日前', '取消8项\n保留21项', '卢生', '', ''],
    ['GG-3', '电子证照互认', '大数据局', '适时', '', '云开', '', '等省里标准'],
  ];
  const ws = XLSX.utils.aoa_to_sheet(rows);
  const wb = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(wb, ws, 'Sheet1');
  XLSX.writeFile(wb, `${out}/fengong-sheetjs.xlsx`, { bookSST: true, compression: true });
}

xiangmu();
fengong();
