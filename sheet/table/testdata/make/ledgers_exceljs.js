// Test ledgers made by exceljs: the 1904 date system, rich text, one sheet for
// each unit. Every name, unit and sentence here is invented.
const ExcelJS = require('exceljs');
const out = process.argv[2];
const day = (y, m, d) => new Date(Date.UTC(y, m - 1, d));

// anquan: three sheets of one layout, 1904 dates, no lead column, √ for done.
async function anquan() {
  const wb = new ExcelJS.Workbook();
  wb.properties.date1904 = true;
  const units = {
    化工园区: [
      [1, '储罐区防雷接地电阻超标', '重新布设接地极并复测', '园区管委会', '秦岭', day(2023, 3, 31), '√', day(2023, 3, 20), null],
      [2, '应急照明不亮', '更换蓄电池', '园区管委会', '秦岭', day(2023, 5, 15), null, null, '配件在途'],
      [3, '动火作业票缺签字', '补训并抽查', '应急管理局', '卢沟', day(2023, 6, 30), null, null, null],
    ],
    城区: [
      [1, '学校食堂燃气软管老化', '更换金属软管', '教育局', '孟晚', day(2023, 4, 10), '√', day(2023, 4, 8), null],
      [2, '商场疏散通道堆物', '清理并划线', '商务局', '范围', day(2023, 4, 30), '未完成', null, '商户反复'],
    ],
    乡镇: [
      [1, '村道临水段无护栏', '增设波形护栏', '交通局', '路遥', day(2023, 10, 31), '整改中', null, null],
    ],
  };
  for (const [name, rows] of Object.entries(units)) {
    const ws = wb.addWorksheet(name);
    ws.mergeCells('A1:I1');
    ws.getCell('A1').value = { richText: [{ text: '2023年安全生产隐患整改台账', font: { bold: true } }, { text: '（' + name + '）' }] };
    ws.getRow(2).values = ['序号', '督办事项', '整改措施', '责任单位', '责任人', '整改时限', '是否完成', '实际完成时间', '备注'];
    ws.getRow(2).font = { bold: true };
    rows.forEach((r, i) => {
      const row = ws.getRow(3 + i);
      row.values = r;
      for (const c of [6, 8]) row.getCell(c).numFmt = 'yyyy-mm-dd';
      row.getCell(7).dataValidation = { type: 'list', allowBlank: true, formulae: ['"√,整改中,未完成"'] };
    });
    ws.getCell('B3').value = { richText: [{ text: rows[0][1].slice(0, 3) }, { text: rows[0][1].slice(3), font: { color: { argb: 'FFFF0000' } } }] };
    ws.getCell('B3').note = '市级挂牌';
    ws.autoFilter = 'A2:I2';
  }
  await wb.xlsx.writeFile(`${out}/anquan-exceljs.xlsx`);
}

// huizong: a sheet of counts by formula, which is no task table, before the tasks.
async function huizong() {
  const wb = new ExcelJS.Workbook();
  const sum = wb.addWorksheet('汇总');
  const ws = wb.addWorksheet('明细', { views: [{ state: 'frozen', ySplit: 3 }] });
  sum.getRow(1).values = ['牵头部门', '任务数', '已完成'];
  ['民政局', '残联'].forEach((u, i) => {
    const n = i + 2;
    sum.getRow(n).values = [u, { formula: `COUNTIF(明细!E:E,A${n})`, result: [3, 2][i] }, { formula: `COUNTIFS(明细!E:E,A${n},明细!H:H,"完成")`, result: [1, 0][i] }];
  });
  ws.mergeCells('A1:J1');
  ws.getCell('A1').value = '二〇二四年民政领域重点工作推进表';
  ws.getRow(2).values = ['', '', '', '', '', '', '', '', '单位：件'];
  ws.getRow(3).values = ['项次', '类别', '工作任务', '具体要求', '牵头部门', '协同单位', '责任时限', '状态', '推进情况', '印证材料'];
  const rows = [
    [1, '养老', '社区食堂扩面', '新开六处，明码标价', '民政局', '商务局', '2024年3月至10月', '推进中', '开业四处', { text: '现场照片', hyperlink: 'https://example.invalid/a' }],
    [2, '养老', '失能老人评估', '评估员持证上岗', '民政局', '卫健局', '2024.6.30', '完成', '评估1860人', null],
    [3, '助残', '无障碍坡道改造', '先医院后车站', '残联', '住建局', '5月底前', '推进中', '完成9处', null],
    [4, '助残', '辅具适配', '上门测量', '残联', null, '每月25日前', '推进中', null, null],
    [5, '殡葬', '公墓价格公示', '入口处立牌', '民政局', '发改局', null, '未启动', null, null],
  ];
  rows.forEach((r, i) => { ws.getRow(4 + i).values = r; });
  await wb.xlsx.writeFile(`${out}/huizong-exceljs.xlsx`);
}

(async () => { await anquan(); await huizong(); })();
